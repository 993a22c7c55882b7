#include "wire/decode.h"

#include <algorithm>
#include <array>

#include "model/kinds.h"
#include "model/references.h"
#include "verdict/approvals.h"
#include "wire/resources.h"
#include "wire/status.h"

namespace launchgate {
namespace {

constexpr std::array<std::string_view, 7> kept_metadata{
    "name", "namespace", "uid", "labels", "generation", "ownerReferences", "deletionTimestamp"};

template <class List>
bool holds(const List& list, std::string_view key) {
  return std::find(list.begin(), list.end(), key) != list.end();
}

// The members of `object` for whose key `keep` holds, as the value that comes next.
template <class Keep>
void copy_some(DocBuilder& build, Node object, Keep&& keep) {
  build.line(object.line());
  build.open(Type::Object);
  for (Node member : object) {
    if (!keep(member.key())) continue;
    build.key(member.key());
    build.copy(member);
  }
  (void)build.close();  // keys were distinct in the source
}

bool kept_in_metadata(std::string_view key) {
  return key != "managedFields" && key != "resourceVersion" && key != "selfLink";
}

// kubectl apply keeps the whole object once more in an annotation; an approval, what was approved (for people: it is read
// past the caches).
void copy_annotations(DocBuilder& build, Node annotations, bool cached) {
  copy_some(build, annotations, [cached](auto k) {
    return k != "kubectl.kubernetes.io/last-applied-configuration" && (!cached || k != kReviewedSpec);
  });
}

void copy_metadata(DocBuilder& build, Node metadata, bool cached) {
  build.line(metadata.line());
  build.open(Type::Object);
  for (Node member : metadata) {
    if (!kept_in_metadata(member.key())) continue;
    build.key(member.key());
    if (member.key() == "annotations" && member.is_object()) copy_annotations(build, member, cached);
    else build.copy(member);
  }
  (void)build.close();
}

bool kept_in_status(std::string_view key, bool ours) {
  return key == "observedGeneration" || (ours && (key == "approvedRevisions" || key == "conditions"));
}

bool any_kept(Node status, bool ours) {
  for (Node member : status)
    if (kept_in_status(member.key(), ours)) return true;
  return false;
}

// With the digest of all of it, by which is told whether what is left out is what it should be.
void copy_status(DocBuilder& build, Node status, bool ours, std::string_view digest) {
  build.line(status.line());
  build.open(Type::Object);
  for (Node member : status) {
    if (!kept_in_status(member.key(), ours)) continue;
    build.key(member.key());
    build.copy(member);
  }
  if (ours && !digest.empty()) {
    build.key("digest");
    build.string(digest);
  }
  (void)build.close();
}

// apiVersion and kind, as the type says or else the object.
void add_type(DocBuilder& build, Node object, const TypeMeta& type) {
  const auto add = [&](const char* key, std::string_view text) {
    build.key(key);
    if (text.empty()) build.copy(object[key]);
    else build.string(text);
  };
  add("apiVersion", type.api_version);
  add("kind", type.kind);
}

std::shared_ptr<const Doc> finish(std::shared_ptr<Doc> doc) {
  doc->compact();
  return doc;
}

// Every namespace carries its own name as a label (https://kubernetes.io/docs/reference/labels-annotations-taints).
NamespaceLabels namespace_labels(Node meta) {
  constexpr std::string_view own = "kubernetes.io/metadata.name";
  auto labels = std::make_shared<Doc>();
  DocBuilder build{*labels};
  build.open(Type::Object);
  for (Node label : meta["labels"]) {
    if (label.key() == own) continue;
    build.key(label.key());
    build.copy(label);
  }
  build.key(own);
  build.string(meta["name"].text());
  (void)build.close();
  return {std::string{meta["name"].text()}, std::move(labels)};
}

template <class T>
Result<Part> shared(Result<T> decoded, std::string source) {
  if (!decoded) return decoded.error();
  decoded->source = std::move(source);
  return Part{std::make_shared<const T>(std::move(*decoded))};
}

std::shared_ptr<const WorldObject> world_object(std::shared_ptr<const Doc> object, std::string source) {
  const Node root = object->root(), meta = root["metadata"];
  const auto text = [](Node n) { return std::string{n.text()}; };
  return std::make_shared<const WorldObject>(WorldObject{text(root["kind"]), text(meta["namespace"]),
                                                         text(meta["name"]), text(meta["uid"]), std::move(object),
                                                         std::move(source)});
}

struct Adder {
  World& world;
  void operator()(std::monostate) const {}
  void operator()(const std::shared_ptr<const Review>& review) const { world.reviews.push_back(review); }
  void operator()(const std::shared_ptr<const Profile>& profile) const { world.profiles.push_back(*profile); }
  void operator()(const std::shared_ptr<const Policy>& policy) const {
    world.policies.push_back(*policy);
    for (Error e : policy->problems) {
      e.file = policy->source.substr(0, policy->source.rfind(':'));  // "file:line"; empty for a cluster
      world.problems.push_back(std::move(e));
    }
  }
  void operator()(const std::shared_ptr<const Waiver>& waiver) const { world.waivers.push_back(waiver); }
  void operator()(const std::shared_ptr<const Approval>& approval) const { world.approvals.push_back(approval); }
  void operator()(const NamespaceLabels& ns) const { world.namespaces[ns.name] = ns.labels; }
  void operator()(const std::shared_ptr<const WorldObject>& object) const { world.objects.push_back(object); }
};

}  // namespace

bool is_kept_kind(std::string_view api_version, std::string_view kind) {
  return is_reference_kind(kind) || find_kind(group_of(api_version), kind);
}

std::shared_ptr<const Doc> slim(Node object, const TypeMeta& type) {
  const auto api_version = type.api_version.empty() ? object["apiVersion"].text() : type.api_version;
  const bool ours = group_of(api_version) == "launchgate.dev";
  auto doc = std::make_shared<Doc>();
  DocBuilder build{*doc};
  build.line(object.line());
  build.open(Type::Object);
  add_type(build, object, type);
  for (Node member : object) {
    const auto key = member.key();
    const bool status = key == "status" && member.is_object();
    if (key == "apiVersion" || key == "kind" || (status && !any_kept(member, ours))) continue;
    build.key(key);
    if (key == "metadata" && member.is_object()) copy_metadata(build, member, !type.kind.empty());
    else if (status)
      copy_status(build, member, ours, ours && object["metadata"]["uid"] ? status_digest(member) : std::string{});
    else build.copy(member);
  }
  (void)build.close();
  return finish(std::move(doc));
}

std::shared_ptr<const Doc> skeleton(Node object, const TypeMeta& type) {
  auto doc = std::make_shared<Doc>();
  DocBuilder build{*doc};
  build.open(Type::Object);
  add_type(build, object, type);
  build.key("metadata");
  copy_some(build, object["metadata"], [](auto k) { return holds(kept_metadata, k); });
  (void)build.close();
  return finish(std::move(doc));
}

Result<Part> decode(std::shared_ptr<const Doc> object, std::string source) {
  const Node root = object->root();
  const auto kind = root["kind"].text();
  if (kind == "Namespace") return Part{namespace_labels(root["metadata"])};
  if (group_of(root["apiVersion"].text()) != "launchgate.dev")
    return Part{world_object(std::move(object), std::move(source))};
  if (kind == "ReadinessReview") return shared(decode_review(std::move(object)), std::move(source));
  if (kind == "ReadinessWaiver") return shared(decode_waiver(std::move(object)), std::move(source));
  if (kind == "ReadinessApproval") return shared(decode_approval(std::move(object)), std::move(source));
  if (kind == "ReadinessPolicy") return shared(decode_policy(std::move(object)), std::move(source));
  if (kind != "ReadinessProfile") return Part{};
  const Node meta = root["metadata"];
  return Part{std::make_shared<const Profile>(
      Profile{std::string{meta["namespace"].text()}, std::string{meta["name"].text()}, std::move(object)})};
}

void add_to(World& world, const Part& part) { std::visit(Adder{world}, part); }

void put_in(World& world, const Part& part) {
  const auto make_room = [&](auto& all, const auto* fresh) {
    if (fresh)
      std::erase_if(all, [&](const auto& old) { return old->ns == (*fresh)->ns && old->name == (*fresh)->name; });
  };
  make_room(world.reviews, std::get_if<std::shared_ptr<const Review>>(&part));
  make_room(world.waivers, std::get_if<std::shared_ptr<const Waiver>>(&part));
  make_room(world.approvals, std::get_if<std::shared_ptr<const Approval>>(&part));
  if (const auto* fresh = std::get_if<std::shared_ptr<const Policy>>(&part))
    std::erase_if(world.policies, [&](const Policy& old) { return old.name == (*fresh)->name; });
  add_to(world, part);
}

}  // namespace launchgate
