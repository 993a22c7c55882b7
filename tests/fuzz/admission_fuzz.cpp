// answer() on any bytes, against a small world: no crash, and whatever comes out is an AdmissionReview with the
// request's uid (200) or says what is wrong (400).
#include "base/json_read.h"
#include "fuzz/fuzz.h"
#include "wire/answer.h"
#include "wire/source.h"

using namespace launchgate;

namespace {

constexpr const char* kWorld = R"(
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: r, namespace: shop}, spec: {
  covers: [{kind: Deployment, labelSelector: {matchLabels: {app.kubernetes.io/name: faq-bot}}}, {kind: Job, name: j}],
  useCase: {intents: ["Answer from public pages"], audience: public, dataClassification: public, automation: suggest},
  ownership: {team: t, incidents: {team: t, contact: c}}, cost: {budget: {amount: 1, currency: EUR, period: day}}}}
---
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: p}, spec: {mode: enforce, packs: [startup], onError: deny,
  detection: {suspected: warn, allowOptOut: true}}}
)";

const Snapshot& world() {
  static const auto snapshot = build_snapshot(assemble(*read_source("world.yaml", kWorld)));
  return *snapshot;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string body{fuzz::text_of(data, size)};
  body.reserve(size + kJsonPadding);
  Exchange exchange;
  std::string out;
  const unsigned status = answer(body, world(), *parse_time("2026-11-24T12:00:00Z"), nullptr, exchange, out);
  fuzz::check(status == 200 || status == 400, "the status is 200 or 400");
  const auto reply = read_json(out);
  fuzz::check(static_cast<bool>(reply), "the answer is JSON");
  if (status == 400) {
    fuzz::check(!reply->root()["error"].text().empty(), "a refusal says what is wrong");
    return 0;
  }
  const Node response = reply->root()["response"];
  fuzz::check(response["uid"].text() == exchange.uid && !exchange.uid.empty(), "the uid is the request's");
  fuzz::check(response["allowed"].is_bool(), "it says whether it is allowed");
  fuzz::check(response["allowed"].is_true() || !response["status"]["message"].text().empty(), "a denial has a message");
  std::size_t bytes = 0;
  for (Node warning : response["warnings"]) {
    fuzz::check(warning.text().size() <= 256, "a warning is at most 256 bytes");
    bytes += warning.text().size();
  }
  fuzz::check(bytes <= 4096, "warnings are at most 4096 bytes together");
  return 0;
}
