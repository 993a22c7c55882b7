// The planner of the webhook's own certificates: pure, so that five years of rotation are tested in a second.
//
//   const Plan p = plan({held, names, now, published_since, jitter});
//   if (p.step != Step::keep) auto next = carry_out(p, situation);     // to be written into the Secret
//
// A CA signs leaves; its certificate stands in the caBundle of the webhook configuration, a leaf is served. A leaf of a
// CA that the API server does not know yet fails every call, so a CA is replaced in this order, each step safe to be
// the last one before a crash:
//
//   1. a new CA is put beside the old one        bundle {old, new}, leaf by old
//   2. the bundle is published, and stays so for `overlap` (several API servers, each with a cache)
//   3. a leaf is signed by the new CA            bundle {old, new}, leaf by new; the old CA's key is dropped
//   4. the old CA leaves the bundle only when it has expired: eight months in which a replica that could not read the
//      Secret is still trusted with the leaf that it has
//
// Lives. A leaf: 90 days, replaced after 60, so that thirty days of a broken API server or of a missing permission cost
// nothing and are seen in a metric long before. A CA: two years, replaced after sixteen months: rare enough to be no
// event, short enough that a lost key ends by itself, and eight months of overlap. Both begin an hour in the past,
// because clocks differ. `jitter` spreads replicas, so that mostly one of them writes and the others find it done.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace launchgate::tls {

// What the Secret holds, PEM: ca.crt, ca.key, tls.crt, tls.key.
struct Material {
  std::string bundle;   // CAs that are trusted, the newest last
  std::string signers;  // the private keys of those of them that may sign
  std::string certificate, key;
  bool operator==(const Material&) const = default;
};

struct Terms {
  Seconds authority{730 * 86400};
  Seconds leaf{90 * 86400};
  Seconds overlap{3600};
};

struct Situation {
  const Material& held;
  const std::vector<std::string>& names;  // the leaf must be for all of them; not empty
  TimePoint now;
  // Since when every webhook configuration has been seen to hold the whole of `held.bundle`; nothing: it does not, or
  // nobody knows.
  std::optional<TimePoint> published_since;
  double jitter = 0;  // 0 to 1, each replica its own
  Terms terms = {};
};

enum class Step {
  keep,   // all is well
  issue,  // a new leaf from `signer`
  add,    // a new CA beside the old; the leaf stays
  begin,  // a new CA and a leaf by it: there is nothing that could be kept
  tidy,   // what is expired, unreadable or of no use leaves the Secret
  wait,   // what is held begins in the future: a clock is wrong, and writing would make it worse
};

struct Plan {
  Step step = Step::keep;
  std::string reason = {};              // in words, for the log
  std::string signer = {};              // issue: the fingerprint of the CA
  std::vector<std::string> names = {};  // issue, begin: what the leaf is for
};

Plan plan(const Situation& situation);
Result<Material> carry_out(const Plan& plan, const Situation& situation);

}  // namespace launchgate::tls
