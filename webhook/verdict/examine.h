// Examining a review: every workload that it covers, as the audit finds it, and what it says by itself where there is
// none. What the status of the review is written from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "verdict/judge.h"

namespace launchgate {

// A workload that runs. Those that are being deleted, or whose owner is gated in their place, are left out.
struct Running {
  const WorldObject* object = nullptr;
  Verdict verdict;           // of the audit: as if its template were new
  std::string digest;        // of its rollout
  std::string dependencies;  // digest of what decides which model answers (verdict/dependencies); empty: nothing
  std::vector<std::string> depends_on;  // its names
  bool observed = false;                // its controller has taken up what it says: observedGeneration has caught up
  bool approved = false;                // the digest is one of the review's approved revisions
  bool admitted = false;                // approved, or the judgement lets it in as it stands
};

struct Examination {
  const Review* review = nullptr;
  std::vector<Running> running;   // by kind and name
  std::optional<Verdict> alone;   // where no workload was judged by this review: none exists, or two reviews cover it
  std::optional<TimePoint> ends;  // when the review does: declared, or its age by the policies' limit

  // Calls visit(verdict) for each that there is.
  template <class Visit>
  void each(Visit&& visit) const {
    for (const Running& r : running) visit(r.verdict);
    if (alone) visit(*alone);
  }
  // The one with the highest tier of those that were judged by this review; null: an exempt namespace.
  const Verdict* tiered() const;
};

// `review` is one of `world.reviews`, and `world` outlives the result.
Examination examine(const Snapshot& world, const Review& review, TimePoint now,
                    const AdmittedRevisions* memory = nullptr);

// The objects in the namespace (empty: in any) that an audit looks at: of gated kinds, and kept whole.
std::vector<const WorldObject*> audited_objects(const Snapshot& world, std::string_view ns);

// Every root in the namespace (empty: in any) that is an LLM workload, or may be, as the audit finds it: what others stand
// for, what is none, and what a policy leaves alone is passed over. What is worst comes first, then by name.
std::vector<Verdict> audit_all(const Snapshot& world, std::string_view ns, TimePoint now);

// The controller has taken up the object's generation. Kinds that do not report it count as soon as they exist.
bool is_observed(const Kind& kind, Node object);

}  // namespace launchgate
