// Keeper's writing: the live object is read first, so that what is written continues what stands there (approved
// revisions, dates of transitions) and a cache that lags behind does no harm.
#include <array>
#include <charconv>

#include "edge/kube/ours.h"
#include "operate/keeper.h"
#include "wire/status.h"

namespace launchgate {
namespace {

constexpr std::size_t kReportsATurn = 5;

std::int64_t generation(Node object) {
  std::int64_t value = 0;
  const auto text = object["metadata"]["generation"].text();
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// Conditions whose turn for the worse is worth an Event.
struct Bad {
  std::string_view type, status;
  const char* reason;
};
constexpr std::array<Bad, 8> kBad{{{"Ready", "False", "NotReady"},
                                   {"Expired", "True", "ReviewExpired"},
                                   {"EvidenceFresh", "False", "EvidenceStale"},
                                   {"ApprovalsValid", "False", "ApprovalsInvalid"},
                                   {"TierAgreed", "False", "TierUnderstated"},
                                   {"Drifted", "True", "Drifted"},
                                   {"InForce", "False", "WaiverNotInForce"},
                                   {"EndsSoon", "True", "WaiverEndsSoon"}}};

const char* kind_of(const Target& target) {
  return target.kind == Target::Kind::Policy   ? "ReadinessPolicy"
         : target.kind == Target::Kind::Waiver ? "ReadinessWaiver"
                                               : "ReadinessReview";
}

Node condition(Node status, std::string_view type) {
  for (Node c : status["conditions"])
    if (c["type"].text() == type) return c;
  return {};
}

}  // namespace

std::optional<Doc> Keeper::render(const Target& target, Node before) const {
  const TimePoint today = std::chrono::floor<Seconds>(date_);
  if (target.kind == Target::Kind::Policy) {
    const Policy* policy = find_policy(target.name);
    if (!policy) return std::nullopt;
    return policy_status(*world_, *policy, before, today);
  }
  if (target.kind == Target::Kind::Waiver) {
    const Waiver* waiver = find_waiver({target.ns, target.name});
    if (!waiver) return std::nullopt;
    return waiver_status(*world_, *waiver, before, today);
  }
  const Review* review = world_->find_review(target.ns, target.name);
  if (!review) return std::nullopt;
  return review_status(*world_, examine(*world_, *review, today, options_.memory), before, today);
}

Written Keeper::write(const Target& target) {
  if (!leading_()) return Written::Failed;  // resign() follows, or it leads again
  if (target.kind == Target::Kind::Policy) {
    const Policy* policy = find_policy(target.name);
    return policy ? write_status(kube::kPolicies, target, policy->object) : Written::Gone;
  }
  if (target.kind == Target::Kind::Waiver) {
    const Waiver* waiver = find_waiver({target.ns, target.name});
    return waiver ? write_status(kube::kWaivers, target, waiver->object) : Written::Gone;
  }
  const Review* review = world_->find_review(target.ns, target.name);
  return review ? write_status(kube::kReviews, target, review->object) : Written::Gone;
}

Written Keeper::write_status(const Resource& resource, const Target& target, const std::shared_ptr<const Doc>& object) {
  const auto live = api_.get(resource, target.ns, target.name);
  if (!live) {
    if (live.failure().not_found()) return Written::Gone;
    failed(target, live.failure());
    return Written::Failed;
  }
  const Node there = live->root(), held = object->root();
  // Another object of the same name, or a newer text than was judged: the watch brings it, and then it is judged.
  if (there["metadata"]["uid"].text() != held["metadata"]["uid"].text() || generation(there) > generation(held))
    return Written::Gone;
  const auto status = render(target, there["status"]);
  if (!status) return Written::Gone;
  if (status_digest(status->root()) == status_digest(there["status"])) return Written::Same;
  if (!leading_()) return Written::Failed;
  const auto done = api_.apply(resource, target.ns, target.name,
                               status_object(resource.kind, there["metadata"], status->root()), "status");
  if (!done) {
    if (done.failure().not_found()) return Written::Gone;
    if (done.failure().conflict()) return Written::Conflict;
    failed(target, done.failure());
    return Written::Failed;
  }
  tell(target, there, there["status"], status->root());
  return Written::Done;
}

// The workload of a target, "Deployment/web", as it stands now.
void Keeper::write_reports() {
  reports_.flush(now_, kReportsATurn, [this](const Target& target, const auto& use) {
    const auto slash = target.name.find('/');
    const WorldObject* object = world_->find(target.name.substr(0, slash), target.ns, target.name.substr(slash + 1));
    if (object && leading_()) use(*object, audit(*world_, object->object->root(), std::chrono::floor<Seconds>(date_)));
  });
}

void Keeper::failed(const Target& target, const kube::Failure& failure) {
  log_.warn("status not written",
            {{"kind", kind_of(target)}, {"namespace", target.ns}, {"name", target.name}, {"error", failure.message}});
}

// Each turn for the worse is written once, and so told once.
void Keeper::tell(const Target& target, Node object, Node before, Node status) {
  if (target.kind == Target::Kind::Policy) return;
  const bool first = !before["observedGeneration"];
  for (const Bad& bad : kBad) {
    const Node now = condition(status, bad.type), then = condition(before, bad.type);
    if (now["status"].text() != bad.status || then["status"].text() == bad.status) continue;
    // Of a new review it is enough to say that it is not ready, and why.
    if (first && target.kind == Target::Kind::Review && bad.type != "Ready" && bad.type != "Drifted") continue;
    events_.tell(
        {"launchgate.dev/v1alpha1", kind_of(target), target.ns, target.name,
         std::string{object["metadata"]["uid"].text()}, bad.reason, "Judged", std::string{now["message"].text()}},
        now_, date_);
  }
}

}  // namespace launchgate
