#include "wire/source.h"

#include <algorithm>
#include <unordered_map>

#include "base/json_read.h"
#include "base/yaml_read.h"
#include "model/kinds.h"
#include "wire/decode.h"
#include "wire/schema.h"

namespace launchgate {
namespace {

// A policy further on may say that this is a workload. Kinds of Kubernetes itself are all known, and CRDs are large.
bool may_be_declared(std::string_view api_version) {
  constexpr std::string_view kubernetes = ".k8s.io";
  const auto group = group_of(api_version);
  const bool own = group.size() >= kubernetes.size() && group.substr(group.size() - kubernetes.size()) == kubernetes;
  return group.find('.') != std::string_view::npos && !own;
}

class FileReader {
 public:
  explicit FileReader(std::string_view file) : file_(file) {}

  Result<std::vector<SourceObject>> read(std::string_view bytes) {
    const auto first = bytes.find_first_not_of(" \t\r\n");
    const bool json = file_.size() > 5 && file_.substr(file_.size() - 5) == ".json";
    if (json || (first != std::string_view::npos && bytes[first] == '{')) {
      JsonOptions options;
      options.lines = true;
      auto doc = read_json(bytes, options);
      if (doc) return one(doc->root()) ? finish() : Result<std::vector<SourceObject>>{error_};
      if (json) return located(doc.error());  // else: YAML may begin with a brace too
    }
    auto docs = read_yaml(bytes);
    if (!docs) {
      Error e = docs.error();
      if (bytes.find("{{") != std::string_view::npos)  // what most folders of a chart hold
        e.message += "; if this is a Helm template, check what it renders: helm template CHART | launchgate check -";
      return located(std::move(e));
    }
    for (const Doc& doc : *docs)
      if (!one(doc.root())) return error_;
    return finish();
  }

 private:
  Result<std::vector<SourceObject>> finish() { return std::move(objects_); }
  Error located(Error e) const {
    e.file = file_;
    return e;
  }

  bool one(Node object) {
    if (!object.is_object()) return true;
    const auto api_version = object["apiVersion"].text(), kind = object["kind"].text();
    if (api_version.empty() || kind.empty()) return true;
    if (kind == "Secret" && api_version == "v1") return true;  // never read
    if (kind.size() >= 4 && kind.substr(kind.size() - 4) == "List" &&
        object["items"].is_array()) {  // "List" itself, too
      for (Node item : object["items"])
        if (!one(item)) return false;
      return true;
    }
    if (api_version.substr(0, 15) == "launchgate.dev/") return ours(object);
    if (kind == "Namespace" || is_kept_kind(api_version, kind) || may_be_declared(api_version)) keep(object);
    return true;
  }

  bool ours(Node object) {
    if (!is_launchgate_kind(object["apiVersion"].text(), object["kind"].text()))
      return true;  // a kind of a newer version
    auto report = validate(object);
    if (!report.errors.empty()) {
      error_ = located(report.errors.front());
      error_.message = std::string{object["kind"].text()} + " " + std::string{object["metadata"]["name"].text()} +
                       ": " + error_.field + " " + error_.message +
                       (report.errors.size() > 1 ? " (and " + std::to_string(report.errors.size() - 1) + " more)" : "");
      error_.field.clear();
      return false;
    }
    keep(object, std::move(report.unknown));
    return true;
  }

  void keep(Node object, std::vector<Error> unknown = {}) {
    for (Error& e : unknown) e.file = file_;
    objects_.push_back({std::string{file_}, object.line(), slim(object), std::move(unknown)});
  }

  std::string_view file_;
  std::vector<SourceObject> objects_;
  Error error_;
};

std::string place(const SourceObject& o) { return o.file + ":" + std::to_string(o.line); }

class Assembly {
 public:
  explicit Assembly(const std::vector<SourceObject>& objects) {
    find_doubles(objects);
    for (const SourceObject& o : objects) add(o);
  }
  World take() { return std::move(world_); }

 private:
  static std::string identity(Node o) {
    const Node m = o["metadata"];
    std::string id{group_of(o["apiVersion"].text())};
    for (auto part : {o["kind"].text(), m["namespace"].text(), m["name"].text()}) id.append("/").append(part);
    return id;
  }

  static constexpr const char* kIfPatch =
      ", or where one is a patch of kustomize, check what it renders: kubectl kustomize DIR | launchgate check -";

  void find_doubles(const std::vector<SourceObject>& objects) {
    std::unordered_map<std::string, std::vector<const SourceObject*>> seen;
    for (const SourceObject& o : objects)
      if (o.object->root()["metadata"]["name"]) seen[identity(o.object->root())].push_back(&o);
    for (const auto& [id, places] : seen) {
      if (places.size() < 2) continue;
      const Node root = places[0]->object->root();
      std::string others;
      for (std::size_t i = 1; i < places.size(); ++i) others += (i == 1 ? " at " : ", at ") + place(*places[i]);
      world_.problems.push_back({std::string{root["kind"].text()} + " " + std::string{root["metadata"]["name"].text()} +
                                     " stands here and" + others +
                                     (places.size() == 2 ? ": neither is used; keep one" : ": none is used; keep one") +
                                     (group_of(root["apiVersion"].text()) == "launchgate.dev" ? "" : kIfPatch),
                                 "", places[0]->file, places[0]->line});
      for (const auto* p : places) doubled_.push_back(p);
    }
    std::sort(doubled_.begin(), doubled_.end());
    std::sort(world_.problems.begin(), world_.problems.end(),
              [](const Error& a, const Error& b) { return std::tie(a.file, a.line) < std::tie(b.file, b.line); });
  }

  void problem(const SourceObject& o, Error e) {
    e.file = o.file;
    if (!e.line) e.line = o.line;
    world_.problems.push_back(std::move(e));
  }

  void add(const SourceObject& o) {
    if (std::binary_search(doubled_.begin(), doubled_.end(), &o)) return;
    auto part = decode(o.object, place(o));
    if (part) add_to(world_, *part);
    else problem(o, part.error());
  }

  World world_;
  std::vector<const SourceObject*> doubled_;
};

}  // namespace

Result<std::vector<SourceObject>> read_source(std::string_view file, std::string_view bytes) {
  return FileReader{file}.read(bytes);
}

World assemble(const std::vector<SourceObject>& objects) { return Assembly{objects}.take(); }

}  // namespace launchgate
