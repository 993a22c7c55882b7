#include "verdict/evidence.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/secretlike.h"
#include "gates/facts.h"
#include "verdict/digest.h"
#include "verdict/signature.h"

namespace launchgate {
namespace {

std::string text_of(Node n) { return std::string{n.text()}; }

// Subjects as the file has them, kept beside the report.
class Own {
 public:
  std::string_view text(Node n) { return n.text().empty() ? std::string_view{} : texts_->emplace_back(n.text()); }
  void keep(EvalReport& r) {
    if (!texts_->empty()) r.own = std::move(texts_);
  }

 private:
  std::shared_ptr<std::deque<std::string>> texts_ = std::make_shared<std::deque<std::string>>();
};

// Counts and sums as files have them, and what is left of dividing them: to fifteen digits behind the point, so that
// nothing less than the threshold meets it, and 1 - 0.95 is 0.05. Absurd ones make no metric.
double number_of(Node n) { return std::strtod(text_of(n).c_str(), nullptr); }
void add_ratio(EvalReport& r, std::string name, double part, double whole) {
  const double ratio = part / whole;
  if (!(whole > 0) || !std::isfinite(whole) || !(std::abs(ratio) < 1e15)) return;
  char digits[40];
  std::snprintf(digits, sizeof digits, "%.15f", ratio);
  r.metrics.push_back({std::move(name), canonical_number(digits)});
}

void add_metric(EvalReport& r, std::string_view name, Node value) {
  if (value.is_number()) r.metrics.push_back({std::string{name}, text_of(value)});
}

// {"kind": "EvaluationReport", ranAt, subject{}, metrics{}, slices[], passedTests[], failedTests[]}
bool launchgate_v1(Node root, EvalReport& r, Own& own) {
  if (root["kind"].text() != "EvaluationReport") return false;
  r.format = "launchgate/v1";
  r.ran_at = parse_time(root["ranAt"].text());
  const Node subject = root["subject"];
  r.model = own.text(subject["model"]);
  r.prompt_digest = own.text(subject["promptDigest"]);
  r.image = own.text(subject["image"]);
  r.index_version = own.text(subject["indexVersion"]);
  for (Node m : root["metrics"]) add_metric(r, m.key(), m);
  add_metric(r, "attackSuccessRate", root["attackSuccessRate"]);
  for (Node s : root["slices"]) r.slices.push_back({text_of(s["kind"]), text_of(s["count"])});
  for (Node t : root["passedTests"]) r.passed_tests.push_back(text_of(t));
  for (Node t : root["failedTests"]) r.failed_tests.push_back(text_of(t));
  return true;
}

// promptfoo sums a named score over its tests: the mean is what a threshold means. Without the count there is none.
void named_means(Node metrics, EvalReport& r) {
  for (Node sum : metrics["namedScores"]) {
    const Node weight = metrics["namedScoreWeights"][sum.key()], count = metrics["namedScoresCount"][sum.key()];
    add_ratio(r, std::string{sum.key()}, number_of(sum), number_of(weight ? weight : count));
  }
}

// promptfoo -o results.json: results.stats{successes, failures, errors}; errors count as failures.
bool promptfoo(Node root, EvalReport& r, Own& own) {
  const Node results = root["results"], stats = results["stats"];
  if (!stats["successes"].is_number()) return false;
  r.format = "promptfoo";
  r.ran_at = parse_time(results["timestamp"].text());
  const double good = number_of(stats["successes"]), bad = number_of(stats["failures"]) + number_of(stats["errors"]);
  add_ratio(r, "passRate", good, good + bad);
  for (Node p : results["prompts"]) {
    if (r.model.empty()) r.model = own.text(p["provider"]);
    named_means(p["metrics"], r);
  }
  for (Node one : results["results"]) {
    const Node name = one["testCase"]["description"];
    if (name) (one["success"].is_true() ? r.passed_tests : r.failed_tests).push_back(text_of(name));
  }
  return true;
}

// in-toto Statement with predicate test-result/v0.1.
bool in_toto(Node root, EvalReport& r) {
  if (root["predicateType"].text().substr(0, 44) != "https://in-toto.io/attestation/test-result/v") return false;
  r.format = "in-toto-test-result";
  const Node predicate = root["predicate"];
  for (Node t : predicate["passedTests"]) r.passed_tests.push_back(text_of(t));
  for (Node t : predicate["failedTests"]) r.failed_tests.push_back(text_of(t));
  const auto passed = static_cast<double>(r.passed_tests.size());
  add_ratio(r, "passRate", passed, passed + static_cast<double>(r.failed_tests.size()));
  return true;
}

// Inspect AI log: only a finished, valid run is evidence.
bool inspect(Node root, EvalReport& r, Own& own) {
  if (!root["eval"]["task"] || !root["results"]) return false;
  r.format = "inspect";
  if (root["status"].text() != "success" || root["invalidated"].is_true()) return true;
  r.ran_at = parse_time(root["stats"]["completed_at"].text());
  r.model = own.text(root["eval"]["model"]);
  for (Node score : root["results"]["scores"])
    for (Node metric : score["metrics"]) {
      add_metric(r, metric.key(), metric["value"]);
      add_metric(r, text_of(score["name"]) + "/" + std::string{metric.key()}, metric["value"]);
    }
  return true;
}

// lm-eval-harness: results.<task>."<metric>,<filter>".
bool lm_eval(Node root, EvalReport& r, Own& own) {
  if (!root["n-samples"].is_object() || !root["results"].is_object()) return false;
  r.format = "lm-eval";
  r.model = own.text(root["model_name"]);
  for (Node task : root["results"])
    for (Node metric : task)
      add_metric(r, std::string{task.key()} + "/" + std::string{metric.key().substr(0, metric.key().find(','))},
                 metric);
  return true;
}

void parse_report(std::string_view bytes, EvalReport& r) {
  JsonOptions options;
  options.limits.max_bytes = 1u << 20;  // a ConfigMap's own limit
  options.limits.max_values = 200'000;
  const auto doc = read_json(bytes, options);
  if (!doc) return;
  const Node root = doc->root();
  Own own;
  r.parsed = launchgate_v1(root, r, own) || promptfoo(root, r, own) || in_toto(root, r) || inspect(root, r, own) ||
             lm_eval(root, r, own);
  own.keep(r);
}

// The value a reference names; the only value when it names no key.
Node data_of(const Ref& ref) {
  if (ref.kind != "ConfigMap" || !ref.object) return {};
  const Node data = ref.object->object->root()["data"];
  if (!ref.key.empty()) return data[ref.key];
  return data.size() == 1 ? data.at(0) : Node{};
}

EvalReport read_report(const Snapshot& world, const Review& review, Node declared) {
  EvalReport r;
  const Ref ref = follow(world, review.ns, declared["ref"].text());
  r.link = ref.link;
  if (const Node data = data_of(ref)) {
    const auto digest = declared["digest"].text();
    if (!digest.empty()) r.digest_matches = digest == "sha256:" + sha256_hex(data.text());
    parse_report(data.text(), r);
  }
  // What the file does not say may stand in the review.
  const Node subject = declared["subject"];
  const auto fill = [](std::string_view& value, Node n) {
    if (value.empty()) value = n.text();
  };
  if (!r.ran_at) r.ran_at = parse_time(declared["ranAt"].text());
  if (r.format.empty()) r.format = declared["format"].text();
  fill(r.model, subject["model"]);
  fill(r.prompt_digest, subject["promptDigest"]);
  fill(r.image, subject["image"]);
  fill(r.index_version, subject["indexVersion"]);
  return r;
}

Attached read_attached(const Snapshot& world, const Review& review, Node declared) {
  const Ref ref = follow(world, review.ns, declared["ref"].text());
  Attached out{ref.link, {}};
  const auto digest = declared["digest"].text();
  if (const Node data = data_of(ref); data && !digest.empty())
    out.digest_matches = digest == "sha256:" + sha256_hex(data.text());
  return out;
}

bool has_metric(const EvalReport& r, std::string_view name) {
  for (const EvalMetric& m : r.metrics)
    if (m.name == name) return true;
  return false;
}

// A red-team file counts attacks, or is a report whose tests are attacks: one that passes was withstood.
EvalReport read_adversarial(const Snapshot& world, const Review& review, Node declared) {
  EvalReport r = read_report(world, review, declared);
  if (has_metric(r, "attackSuccessRate")) return r;
  if (r.parsed) {
    for (const EvalMetric& m : std::vector<EvalMetric>{r.metrics})
      if (m.name == "passRate") add_ratio(r, "attackSuccessRate", 1 - std::strtod(m.value.c_str(), nullptr), 1);
    return r;
  }
  const Node data = data_of(follow(world, review.ns, declared["ref"].text()));
  const auto doc = read_json(data.text(), JsonOptions{});
  if (!data || !doc) return r;
  const double attacks = number_of(doc->root()["attacks"]);
  const Node succeeded = doc->root()["succeeded"];
  if (!(attacks > 0) || !succeeded.is_number()) return r;
  r.parsed = true;
  if (const auto ran_at = parse_time(doc->root()["ranAt"].text())) r.ran_at = ran_at;
  add_ratio(r, "attackSuccessRate", number_of(succeeded), attacks);
  return r;
}

// {"metric": "accuracy", "groups": {"en": 0.96, "de": 0.95}}, or a report with the metrics accuracy/en and accuracy/de.
std::vector<EvalMetric> read_groups(const Snapshot& world, const Review& review, Node declared) {
  std::vector<EvalMetric> out;
  const Node data = data_of(follow(world, review.ns, declared["ref"].text()));
  const auto doc = read_json(data.text(), JsonOptions{});
  if (!data || !doc) return out;
  EvalReport report;
  for (Node group : doc->root()["groups"])
    if (group.is_number()) out.push_back({std::string{group.key()}, text_of(group)});
  if (!out.empty()) return out;
  parse_report(data.text(), report);
  const auto prefix = text_of(declared["metric"]) + "/";
  for (const EvalMetric& m : report.metrics)
    if (m.name.rfind(prefix, 0) == 0) out.push_back({m.name.substr(prefix.size()), m.value});
  return out;
}

// An in-toto statement with a test result, in a DSSE envelope, and the trusted keys with which it verifies.
Attestation read_attestation(const Snapshot& world, const Review& review, Node declared) {
  const Ref ref = follow(world, review.ns, declared["ref"].text());
  Attestation out;
  out.link = ref.link;
  const auto envelope = read_envelope(data_of(ref).text());
  const auto doc = envelope ? read_json(envelope->payload, JsonOptions{}) : Result<Doc>{Error{}};
  if (!doc || doc->root()["predicateType"].text().substr(0, 44) != "https://in-toto.io/attestation/test-result/v")
    return out;
  out.parsed = true;
  out.result = text_of(doc->root()["predicate"]["result"]);
  for (Node subject : doc->root()["subject"]) out.subjects.push_back(text_of(subject["digest"]["sha256"]));
  for (const Policy& p : world.policies)
    for (const TrustedKey& key : p.eval_signers)
      if (key.name == declared["signerKeyId"].text() && verifies(*envelope, key.pem))
        out.verified_by.push_back(key.pem);
  return out;
}

}  // namespace

Evidence gather_evidence(const Snapshot& world, const Review& review) {
  Evidence e;
  const Node spec = review.spec();
  e.reports.reserve(spec["evaluation"]["reports"].size());
  for (Node report : spec["evaluation"]["reports"]) e.reports.push_back(read_report(world, review, report));
  const Node evaluation = spec["evaluation"];
  if (evaluation["adversarial"]) e.adversarial = read_adversarial(world, review, evaluation["adversarial"]);
  e.rubric = read_attached(world, review, evaluation["rubric"]);
  e.fairness = read_attached(world, review, evaluation["fairness"]);
  for (Node a : evaluation["attestations"]) e.attestations.push_back(read_attestation(world, review, a));
  e.fairness_groups = read_groups(world, review, evaluation["fairness"]);
  for (Node prompt : spec["observability"]["promptRefs"]) {
    const Ref ref = follow(world, review.ns, prompt["ref"].text());
    if (ref.kind != "ConfigMap" || !ref.object) continue;
    for (Node entry : ref.object->object->root()["data"]) {
      if (!ref.key.empty() && entry.key() != ref.key) continue;
      const auto kind = secret_kind(entry.text());
      if (!kind.empty())
        e.secrets_in_prompts.push_back({"configmap/" + ref.name + "#" + std::string{entry.key()}, std::string{kind}});
    }
  }
  return e;
}

}  // namespace launchgate
