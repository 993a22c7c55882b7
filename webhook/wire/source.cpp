#include "wire/source.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/json_read.h"
#include "base/yaml_read.h"
#include "model/kinds.h"
#include "wire/resources.h"
#include "wire/schema.h"

namespace launchgate {
namespace {

// Objects that gates, references and owners look at. What is not here is not kept: it costs memory and says nothing.
constexpr std::array<std::string_view, 24> kept_kinds{"ConfigMap",
                                                      "PrometheusRule",
                                                      "FeatureFlag",
                                                      "HTTPRoute",
                                                      "GRPCRoute",
                                                      "Gateway",
                                                      "Ingress",
                                                      "Service",
                                                      "NetworkPolicy",
                                                      "CiliumNetworkPolicy",
                                                      "Rollout",
                                                      "Canary",
                                                      "BackendTrafficPolicy",
                                                      "TokenRateLimitPolicy",
                                                      "QuotaPolicy",
                                                      "ResourceQuota",
                                                      "InferenceService",
                                                      "GrafanaDashboard",
                                                      "AnalysisTemplate",
                                                      "ServiceMonitor",
                                                      "PodMonitor",
                                                      "Instrumentation",
                                                      "OpenTelemetryCollector",
                                                      "RuntimeClass"};

bool is_kept(std::string_view api_version, std::string_view kind) {
  return std::find(kept_kinds.begin(), kept_kinds.end(), kind) != kept_kinds.end() ||
         find_kind(group_of(api_version), kind);
}

// A copy without what launchgate never looks at.
void slim(Node object, DocBuilder& build) {
  build.line(object.line());
  build.open(Type::Object);
  for (Node member : object) {
    const auto key = member.key();
    if (key == "status" && !member["approvedRevisions"]) continue;
    build.key(key);
    if (key == "metadata" && member.is_object()) {
      build.open(Type::Object);
      for (Node m : member) {
        if (m.key() == "managedFields") continue;
        build.key(m.key());
        build.copy(m);
      }
      (void)build.close();
    } else if (key == "status") {
      build.open(Type::Object);
      build.key("approvedRevisions");
      build.copy(member["approvedRevisions"]);
      (void)build.close();
    } else {
      build.copy(member);
    }
  }
  (void)build.close();  // keys were distinct in the source
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
    if (!docs) return located(docs.error());
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
    if (kind == "Namespace" || is_kept(api_version, kind)) keep(object);
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
    auto doc = std::make_shared<Doc>();
    DocBuilder build{*doc};
    slim(object, build);
    doc->compact();
    for (Error& e : unknown) e.file = file_;
    objects_.push_back({std::string{file_}, object.line(), std::move(doc), std::move(unknown)});
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
                                     (places.size() == 2 ? ": neither is used; keep one" : ": none is used; keep one"),
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
    const Node root = o.object->root(), meta = root["metadata"];
    const auto kind = root["kind"].text();
    if (root["apiVersion"].text().substr(0, 15) == "launchgate.dev/") return ours(o, kind);
    if (kind == "Namespace") return add_namespace(meta);
    world_.objects.push_back({std::string{kind}, std::string{meta["namespace"].text()},
                              std::string{meta["name"].text()}, std::string{meta["uid"].text()}, o.object, place(o)});
  }

  // Every namespace carries its own name as a label (https://kubernetes.io/docs/reference/labels-annotations-taints).
  void add_namespace(Node meta) {
    Doc labels;
    DocBuilder build{labels};
    build.open(Type::Object);
    for (Node label : meta["labels"]) {
      if (label.key() == "kubernetes.io/metadata.name") continue;
      build.key(label.key());
      build.copy(label);
    }
    build.key("kubernetes.io/metadata.name");
    build.string(meta["name"].text());
    (void)build.close();
    world_.namespaces[std::string{meta["name"].text()}] = std::move(labels);
  }

  void ours(const SourceObject& o, std::string_view kind) {
    const Node meta = o.object->root()["metadata"];
    if (kind == "ReadinessReview") {
      auto review = decode_review(o.object);
      if (!review) return problem(o, review.error());
      review->source = place(o);
      world_.reviews.push_back(std::move(*review));
    } else if (kind == "ReadinessProfile") {
      world_.profiles.push_back({std::string{meta["namespace"].text()}, std::string{meta["name"].text()}, o.object});
    } else if (kind == "ReadinessPolicy") {
      auto policy = decode_policy(o.object);
      if (!policy) return problem(o, policy.error());
      policy->source = place(o);
      world_.policies.push_back(std::move(*policy));
    }
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
