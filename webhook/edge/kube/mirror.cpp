#include "edge/kube/mirror.h"

#include <pthread.h>

#include <algorithm>

#include "edge/kube/discovery.h"
#include "edge/kube/ours.h"
#include "edge/kube/parts.h"
#include "model/kinds.h"
#include "model/references.h"

namespace launchgate::kube {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFillPatience{60'000};

}  // namespace

struct Mirror::Followed {
  Followed(Client& client, Resource resource, Keep keep, bool is_first, const ReflectorOptions& options,
           const Reviewed& reviewed, std::function<void()> changed)
      : first(is_first),
        collection(resource, keep, reviewed, std::move(changed)),
        reflector(client, std::move(resource), options, collection) {}
  const bool first;
  Collection collection;
  Reflector reflector;
};

Mirror::Mirror(Client& client, Client& lookups, MirrorOptions options, std::function<void()> changed)
    : client_(client), lookups_(lookups), options_(std::move(options)), changed_(std::move(changed)) {}

Mirror::~Mirror() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
  for (auto& one : followed_) one->reflector.stop();  // all at once; the destructors wait for each
  followed_.clear();
}

void Mirror::start() {
  for (const Resource& resource : kOurs) follow(resource, Keep::Whole, true);
  follow(kNamespaces, Keep::Whole, true);
  thread_ = std::thread([this] { run(); });
  pthread_setname_np(thread_.native_handle(), "mirror");
}

void Mirror::follow(Resource resource, Keep keep, bool first) {
  ReflectorOptions options = options_.reflector;
  options.metadata_only = keep == Keep::Skeleton || resource.kind == "Namespace";
  const bool is_ours = resource.kind == "ReadinessReview";
  auto one = std::make_unique<Followed>(client_, std::move(resource), keep, first, options, reviewed_,
                                        [this, is_ours] { something_changed(is_ours); });
  Followed& followed = *one;
  {
    const std::lock_guard lock(mutex_);
    followed_.push_back(std::move(one));
  }
  followed.reflector.start();
}

void Mirror::something_changed(bool is_ours) {
  if (is_ours) {
    {
      const std::lock_guard lock(mutex_);
      ours_changed_ = true;
    }
    wake_.notify_all();
  }
  changed_();
}

std::vector<Mirror::Followed*> Mirror::all() const {
  const std::lock_guard lock(mutex_);
  std::vector<Followed*> out;
  for (const auto& one : followed_) out.push_back(one.get());
  return out;
}

bool Mirror::first_synced() const {
  for (const Followed* one : all())
    if (const auto state = one->reflector.state(); one->first && !state.synced && !state.absent) return false;
  return true;
}

void Mirror::run() {
  constexpr milliseconds soon{20};
  while (!first_synced()) {
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, soon, [this] { return stopping_; })) return;
  }
  Deadline next = Clock::now();
  while (true) {
    fill_new_namespaces();
    if (Clock::now() >= next) {
      discover();
      const std::lock_guard lock(mutex_);
      next = Clock::now() + (discovered_ ? options_.discovery : milliseconds{1'000});
    }
    bool quiet;  // whether the last kinds have been listed: nobody else would say that waiting() is empty now
    {
      const auto open = waiting();
      quiet = open.empty();
    }
    std::unique_lock lock(mutex_);
    const auto until = quiet ? next : std::min(next, Clock::now() + soon);
    wake_.wait_until(lock, until, [this] { return stopping_ || ours_changed_; });
    if (stopping_) return;
    lock.unlock();
    if (!quiet && waiting().empty()) changed_();
  }
}

void Mirror::fill_new_namespaces() {
  {
    const std::lock_guard lock(mutex_);
    ours_changed_ = false;
  }
  std::unordered_set<std::string> now;
  for (const Followed* one : all())
    if (one->collection.resource().kind == "ReadinessReview") now = one->collection.namespaces();
  const std::vector<std::string> fresh = reviewed_.replace(std::move(now));
  bool second;
  {
    const std::lock_guard lock(mutex_);
    second = second_;
  }
  if (!second) return;  // nothing has been passed over yet
  for (const std::string& ns : fresh) fill(ns);
}

// A namespace has its first review: what was passed over there before is of interest now.
void Mirror::fill(const std::string& ns) {
  for (Followed* one : all()) {
    Collection& into = one->collection;
    if (into.keep() != Keep::Reference && into.keep() != Keep::Workload) continue;
    if (!into.resource().namespaced || one->reflector.state().absent) continue;
    ListOptions options{.ns = ns};
    (void)client_.list(
        into.resource(), options, [&](Node item) { into.offer(item, true); }, kFillPatience);
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
  }
}

void Mirror::discover() {
  const auto served = discovery(client_, milliseconds{10'000});
  {
    const std::lock_guard lock(mutex_);
    discovery_error_ = served ? std::string{} : served.failure().message;
    if (!served) return;
  }
  const auto known = all();
  const auto is_known = [&](std::string_view group, std::string_view plural) {
    return std::any_of(known.begin(), known.end(), [&](const Followed* one) {
      return one->collection.resource().group == group && one->collection.resource().plural == plural;
    });
  };
  const World policies = world();
  const KindSet kinds = declared_kinds(policies.policies);
  for (const Kind* kind : kinds.all()) {
    if (kind->kind == "Pod" || is_known(kind->group, kind->plural)) continue;
    if (const auto found = served->find(kind->group, kind->plural, kind->versions.list()))
      follow(*found, kind->kind == "ReplicaSet" ? Keep::Skeleton : Keep::Workload, false);
  }
  for (const ReferenceKind& kind : reference_kinds()) {
    if (find_kind(kind.group, kind.kind) || is_known(kind.group, kind.plural)) continue;
    if (const auto found = served->find(kind.group, kind.plural, kind.versions)) follow(*found, Keep::Reference, false);
  }
  const std::lock_guard lock(mutex_);
  discovered_ = second_ = true;
}

World Mirror::world() const {
  World out;
  for (const Followed* one : all()) one->collection.add_to(out);
  return out;
}

std::vector<std::string> Mirror::waiting() const {
  std::vector<std::string> out;
  for (const Followed* one : all()) {
    const auto state = one->reflector.state();
    const Resource& r = one->reflector.resource();
    const std::string name = r.group.empty() ? r.plural : r.plural + "." + r.group;
    if (one->first && state.absent)
      out.push_back(name + ": " + (r.group == kOurGroup ? "is the CRD installed, and may launchgate list it? " : "") +
                    state.error);
    else if (!state.synced && !state.absent)
      out.push_back(name + ": " + (state.error.empty() ? "not listed yet" : state.error));
  }
  const std::lock_guard lock(mutex_);
  if (out.empty() && !discovered_)
    out.push_back("discovery: " + (discovery_error_.empty() ? "not asked yet" : discovery_error_));
  return out;
}

std::vector<std::string> Mirror::stale(milliseconds most) const {
  std::vector<std::string> out;
  for (const Followed* one : all()) {
    const auto state = one->reflector.state();
    if (!state.synced || state.absent || Clock::now() - state.fresh < most) continue;
    const auto silent = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - state.fresh).count();
    out.push_back(one->reflector.resource().plural + ": nothing heard for " + std::to_string(silent) + " s" +
                  (state.error.empty() ? "" : ": " + state.error));
  }
  return out;
}

std::vector<Mirror::Following> Mirror::following() const {
  std::vector<Following> out;
  for (const Followed* one : all()) {
    const Resource& r = one->reflector.resource();
    out.push_back({r.kind, r.plural, r.group, one->reflector.state(), one->collection.size()});
  }
  return out;
}

bool Mirror::look_up(std::string_view ns, Node owner, Patience patience) {
  const Deadline until = Clock::now() + patience;
  const auto left = [&] { return std::chrono::duration_cast<milliseconds>(until - Clock::now()); };
  const auto group = group_of(owner["apiVersion"].text()), kind = owner["kind"].text();
  for (Followed* one : all()) {
    Collection& into = one->collection;
    const Resource& r = into.resource();
    if (left() <= milliseconds{0}) return false;
    if (r.group == kOurGroup && r.namespaced) {
      const ListOptions options{.ns = std::string{ns}};
      if (!lookups_.list(
              r, options, [&](Node item) { into.offer(item); }, left()))
        return false;
    } else if (owner && r.group == group && r.kind == kind && r.namespaced) {
      const auto found = lookups_.get(r, ns, owner["name"].text(), left());
      if (found) into.offer(found->root());
      else if (!found.failure().not_found()) return false;
    }
  }
  return true;
}

}  // namespace launchgate::kube
