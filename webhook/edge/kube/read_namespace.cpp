#include "edge/kube/read_namespace.h"

#include "edge/kube/discovery.h"
#include "edge/kube/ours.h"
#include "model/kinds.h"
#include "model/references.h"
#include "wire/decode.h"

namespace launchgate::kube {
namespace {

class Reader {
 public:
  Reader(Client& client, const std::string& ns, Patience patience) : client_(client), ns_(ns), patience_(patience) {}

  std::optional<Failure> list(const Resource& resource) {
    ListOptions options;
    if (resource.namespaced) options.ns = ns_;
    const std::string api_version = resource.api_version();
    const auto take = [&](Node item) { add(slim(item, {api_version, resource.kind})); };
    const auto listed = client_.list(resource, options, take, patience_);
    return listed ? std::nullopt : failed(resource, listed.failure());
  }

  std::optional<Failure> labels() {
    const auto found = client_.get(kNamespaces, {}, ns_, patience_);
    if (!found) return failed(kNamespaces, found.failure());
    add(slim(found->root()));
    return std::nullopt;
  }

  NamespaceWorld out;

 private:
  void add(std::shared_ptr<const Doc> object) {
    auto part = decode(std::move(object), {});
    if (part) add_to(out.world, *part);
    else out.world.problems.push_back(part.error());
  }
  // A collection that is not there, or may not be read, is no reason to end.
  std::optional<Failure> failed(const Resource& resource, const Failure& failure) {
    if (failure.not_found()) return std::nullopt;
    const bool needed = resource.kind == "ReadinessReview";
    if (!failure.forbidden() || failure.status == 401 || needed) return failure;
    out.forbidden.push_back(resource.group.empty() ? resource.plural : resource.plural + "." + resource.group);
    return std::nullopt;
  }

  Client& client_;
  const std::string& ns_;
  const Patience patience_;
};

}  // namespace

Outcome<NamespaceWorld> read_namespace(Client& client, const std::string& ns, Patience patience) {
  Reader reader{client, ns, patience};
  for (const Resource& resource : kOurs)
    if (auto failure = reader.list(resource)) return *failure;
  if (auto failure = reader.labels()) return *failure;
  const auto served = discovery(client, patience);
  if (!served) return served.failure();
  const KindSet kinds = declared_kinds(reader.out.world.policies);
  for (const Kind* kind : kinds.all()) {
    if (!kind->namespaced || kind->kind == "Pod" || kind->kind == "ReplicaSet") continue;
    if (const auto found = served->find(kind->group, kind->plural, kind->versions.list()))
      if (auto failure = reader.list(*found)) return *failure;
  }
  for (const ReferenceKind& kind : reference_kinds()) {
    if (!kind.namespaced || kinds.find(kind.group, kind.kind)) continue;
    if (const auto found = served->find(kind.group, kind.plural, kind.versions))
      if (auto failure = reader.list(*found)) return *failure;
  }
  return std::move(reader.out);
}

}  // namespace launchgate::kube
