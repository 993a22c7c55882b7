#include "model/workload.h"

#include <utility>

namespace launchgate {
namespace {

// A template holds its PodSpec in `spec`; kinds of operators may hold the PodSpec itself.
void read_pod(const Kind& kind, Node at, PodView& into) {
  const bool bare = !kind.built_in_api() && !at["spec"];
  into.metadata = bare ? Node{} : at["metadata"];
  into.spec = bare ? at : at["spec"];
  into.containers.clear();
  into.init_containers.clear();
  for (Node c : into.spec["containers"])
    if (c.is_object()) into.containers.push_back(c);
  for (Node c : into.spec["initContainers"])
    if (c.is_object()) (c["restartPolicy"].text() == "Always" ? into.containers : into.init_containers).push_back(c);
}

void collect(Node object, Paths paths, std::vector<Node>& into) {
  into.clear();
  for (auto path : paths) walk(object, path, [&](Node n) { into.push_back(n); });
}

}  // namespace

Workload Workload::view(Node object, std::string_view ns, std::string_view name, const KindSet* kinds) {
  Workload w;
  w.read(object, ns, name, kinds);
  return w;
}

void Workload::read(Node from, std::string_view in_ns, std::string_view known_as, const KindSet* kinds) {
  object = from;
  api_version = object["apiVersion"].text();
  kind_name = object["kind"].text();
  const auto group = group_of(api_version);
  kind = kinds ? kinds->find(group, kind_name) : find_kind(group, kind_name);
  const Node metadata = object["metadata"];
  ns = !in_ns.empty() ? in_ns : metadata["namespace"].text();
  name = !known_as.empty() ? known_as : metadata["name"].text();
  if (name.empty()) name = metadata["generateName"].text();
  labels = metadata["labels"];
  annotations = metadata["annotations"];
  static constexpr Kind none;
  const Kind& row = kind ? *kind : none;
  std::size_t n = 0;
  for (auto path : row.pod_templates)
    walk(object, path, [&](Node at) {
      if (n == pods.size()) pods.emplace_back();
      read_pod(row, at, pods[n++]);
    });
  pods.resize(n);
  collect(object, row.images, images);
  collect(object, row.models, models);
  collect(object, row.arguments, arguments);
  read_environments(row.environment);
}

void Workload::take_pods(std::vector<PodView> of_another) {
  pods = std::move(of_another);
  read_environments(kind ? kind->environment : Paths{});
}

void Workload::read_environments(Paths outside) {
  environments.clear();
  variables.clear();
  names_ = 0;
  any_sources_ = false;
  for (const PodView& pod : pods) {
    for (Node c : pod.init_containers) read_environment(c, c["env"], true);
    for (Node c : pod.containers) read_environment(c, c["env"], false);
  }
  for (auto path : outside) walk(object, path, [&](Node list) { read_environment({}, list, false); });
}

void Workload::read_environment(Node container, Node list, bool init) {
  const auto first = variables.size();
  for (Node entry : list) {
    EnvVariable& v = variables.emplace_back();
    v.entry = entry;
    if (!entry.is_object()) continue;
    for (Node field : entry) {
      const auto key = field.key();
      if (key == "name") v.name = field.text();
      else if (key == "value") v.value = field;
      else if (key == "valueFrom") v.from = field;
    }
    names_ |= bit_of(v.name);
  }
  environments.push_back({container, init, container["envFrom"], first, variables.size()});
  any_sources_ |= environments.back().sources.size() != 0;
}

void Workload::clear() { read({}, {}, {}, nullptr); }

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
