#include "model/workload.h"

namespace launchgate {
namespace {

// A template holds its PodSpec in `spec`; kinds of operators may hold the PodSpec itself.
PodView pod_view(const Kind& kind, Node at) {
  const bool bare = !kind.built_in_api() && !at["spec"];
  PodView pod{bare ? Node{} : at["metadata"], bare ? at : at["spec"], {}, {}};
  for (Node c : pod.spec["containers"])
    if (c.is_object()) pod.containers.push_back(c);
  for (Node c : pod.spec["initContainers"])
    if (c.is_object()) pod.init_containers.push_back(c);
  return pod;
}

void collect(Node object, Paths paths, std::vector<Node>& into) {
  for (auto path : paths) walk(object, path, [&](Node n) { into.push_back(n); });
}

}  // namespace

Workload Workload::view(Node object, std::string_view ns, std::string_view name, const KindSet* kinds) {
  Workload w;
  w.object = object;
  w.api_version = object["apiVersion"].text();
  w.kind_name = object["kind"].text();
  const auto group = group_of(w.api_version);
  w.kind = kinds ? kinds->find(group, w.kind_name) : find_kind(group, w.kind_name);
  const Node metadata = object["metadata"];
  w.ns = !ns.empty() ? ns : metadata["namespace"].text();
  w.name = !name.empty() ? name : metadata["name"].text();
  if (w.name.empty()) w.name = metadata["generateName"].text();
  w.labels = metadata["labels"];
  w.annotations = metadata["annotations"];
  if (!w.kind) return w;
  for (auto path : w.kind->pod_templates) walk(object, path, [&](Node at) { w.pods.push_back(pod_view(*w.kind, at)); });
  collect(object, w.kind->images, w.images);
  collect(object, w.kind->models, w.models);
  collect(object, w.kind->arguments, w.arguments);
  collect(object, w.kind->environment, w.environments);
  return w;
}

std::string Workload::reference() const {
  std::string out{kind_name};
  out += ' ';
  if (!ns.empty()) out.append(ns).append("/");
  out += name;
  return out;
}

std::string image_text(Node image) {
  if (!image.is_object()) return std::string{image.text()};
  std::string out{image["registry"].text()};
  for (const char* part : {"repository", "name", "image"}) {
    const auto text = image[part].text();
    if (text.empty()) continue;
    if (!out.empty()) out += '/';
    out += text;
    break;
  }
  if (out.empty()) return out;
  if (const auto digest = image["digest"].text(); !digest.empty()) return out.append("@").append(digest);
  if (const auto tag = image["tag"].text(); !tag.empty()) out.append(":").append(tag);
  return out;
}

Node controller_of(Node object) {
  for (Node owner : object["metadata"]["ownerReferences"])
    if (owner["controller"].is_true()) return owner;
  return {};
}

}  // namespace launchgate
