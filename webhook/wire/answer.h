// answer(): the whole webhook as a function, with a socket around it elsewhere. bytes -> AdmissionReview -> Verdict
// -> AdmissionReview -> bytes (https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers).
#pragma once

#include <string>
#include <string_view>

#include "model/change.h"
#include "verdict/judge.h"

namespace launchgate {

// What one request came to. Reuse one object a thread: its buffers are kept between requests.
struct Exchange {
  Doc doc;  // of the request; the views below point into it
  std::string_view uid;
  Change change;
  Verdict verdict;         // valid when status is 200 and `error` is empty
  std::string error;       // a broken machine or a malformed object: what is wrong
  bool malformed = false;  // the body is not an AdmissionReview that can be answered
};

// Answers `body` (with kJsonPadding readable bytes behind it) into `out` and returns the HTTP status:
// 200 with the request's uid, always, for an AdmissionReview v1 with a uid; 400 otherwise, with {"error": "…"}.
// Thread safe; `body` and `world` must outlive the use of `exchange`.
unsigned answer(std::string_view body, const Snapshot& world, TimePoint now, const AdmittedRevisions* memory,
                Exchange& exchange, std::string& out);

// Where an object of a kind of Kubernetes itself lacks its pod template, so that nothing can be said of it: a path. Empty: it
// is there, or the kind is an operator's, of which the schema of its CRD says what it must hold.
std::string_view missing_template(const Kind& kind, Node object);

// Answers a request that could not be judged (a passed deadline, an exception): what onError says (DESIGN §3), because
// of `what`, which goes to `exchange.error`. 200, or 400 where the body is not an AdmissionReview that can be answered.
unsigned answer_failure(std::string_view body, const Snapshot& world, std::string_view what, Exchange& exchange,
                        std::string& out);

}  // namespace launchgate
