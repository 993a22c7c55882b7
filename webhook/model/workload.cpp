#include "model/workload.h"

namespace launchgate {

Workload Workload::view(Node object, std::string_view ns, std::string_view name) {
  Workload w;
  w.object = object;
  w.api_version = object["apiVersion"].text();
  w.kind_name = object["kind"].text();
  w.kind = find_kind(group_of(w.api_version), w.kind_name);
  const Node metadata = object["metadata"];
  w.ns = !ns.empty() ? ns : metadata["namespace"].text();
  w.name = !name.empty() ? name : metadata["name"].text();
  if (w.name.empty()) w.name = metadata["generateName"].text();
  w.labels = metadata["labels"];
  w.annotations = metadata["annotations"];
  if (!w.kind) return w;
  for (auto path : w.kind->pod_templates)
    walk(object, path, [&](Node t) {
      PodView pod{t["metadata"], t["spec"], {}, {}};
      for (Node c : pod.spec["containers"])
        if (c.is_object()) pod.containers.push_back(c);
      for (Node c : pod.spec["initContainers"])
        if (c.is_object()) pod.init_containers.push_back(c);
      w.pods.push_back(std::move(pod));
    });
  return w;
}

std::string Workload::reference() const {
  std::string out{kind_name};
  out += ' ';
  if (!ns.empty()) out.append(ns).append("/");
  out += name;
  return out;
}

Node controller_of(Node object) {
  for (Node owner : object["metadata"]["ownerReferences"])
    if (owner["controller"].is_true()) return owner;
  return {};
}

}  // namespace launchgate
