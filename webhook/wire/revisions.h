// status.approvedRevisions[]: the rollout digests that ran admitted, to which a workload may always go back
// (DESIGN §3.1).
#pragma once

#include <string>
#include <vector>

#include "base/doc.h"
#include "verdict/examine.h"

namespace launchgate {

inline constexpr std::size_t kRevisionsEach = 10;      // for one workload
inline constexpr std::size_t kGoneWorkloads = 32;      // that no longer exist and are remembered
inline constexpr std::size_t kRevisionsAll = 2000;     // the CRD's bound
inline constexpr std::size_t kWorkloadsListed = 1000;  // likewise

struct Revision {
  std::string api_version, kind, name;
  std::string digest;                     // "r1:sha256:…"
  std::string first_admitted, last_seen;  // RFC 3339
  std::string dependencies;               // digest of what it depended on then ("d1:sha256:…"); empty: nothing
  bool baseline = false;                  // it ran before launchgate came, and was taken as it stood
  bool same_workload(std::string_view k, std::string_view n) const { return kind == k && name == n; }
};

// What there is after this examination: what `before` (a review's status, perhaps absent) holds, and what runs now and
// was admitted. What it depends on is that of its first sight, and anew when the review itself is written again and
// still lets it in: then somebody has looked. The first time that a review is seen, what runs counts as it stands. Nothing that runs is dropped; of the
// rest those go that were seen running longest ago.
std::vector<Revision> next_revisions(const Examination& examination, Node before, TimePoint now);

}  // namespace launchgate
