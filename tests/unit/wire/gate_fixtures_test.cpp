// Every gate against its fixtures, through the whole pipeline: files -> objects -> snapshot -> judgement.
// tests/fixtures/gates/<id>/{pass,fail}/*.yaml, each a tweak of tests/fixtures/gates/base.yaml.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/json_write.h"
#include "base/yaml_read.h"
#include "gates/table.h"
#include "verdict/judge.h"
#include "wire/decode.h"
#include "wire/source.h"
#include "wire/text.h"
#include "support/source_dir.h"

namespace launchgate {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const fs::path kRoot = fs::path{source_dir()} / "tests/fixtures/gates";

std::string slurp(const fs::path& path) {
  std::ifstream in{path};
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<Json> yaml(const fs::path& path) {
  auto docs = read_yaml(slurp(path));
  if (!docs) throw std::runtime_error(path.string() + ": " + docs.error().text());
  std::vector<Json> out;
  for (const Doc& doc : *docs) {
    std::string text;
    append_json(text, doc.root());
    out.push_back(Json::parse(text));
  }
  return out;
}

// The base objects with the fixture's patches laid over them.
// `gate`: blocks at every tier, so that a fixture need not climb to where the baseline turns it on.
std::vector<Json> objects_of(const Json& fixture, std::string_view gate = {}) {
  std::vector<Json> out;
  for (Json object : yaml(kRoot / "base.yaml")) {
    const auto kind = object["kind"].get<std::string>();
    if (kind == "ReadinessReview") {
      if (fixture.contains("review") && fixture["review"] == "absent") continue;
      if (fixture.contains("review")) object.merge_patch(fixture["review"]);
    }
    if (kind == "Deployment" && fixture.contains("workload")) object.merge_patch(fixture["workload"]);
    out.push_back(std::move(object));
  }
  for (const Json& object : fixture.value("objects", Json::array())) out.push_back(object);
  Json policy = {{"apiVersion", "launchgate.dev/v1alpha1"}, {"kind", "ReadinessPolicy"}, {"metadata", {{"name", "fixture"}}}};
  policy["spec"] = fixture.value("policy", Json::object());
  if (!gate.empty() && !policy["spec"]["gates"][std::string{gate}].contains("mode")) policy["spec"]["gates"][std::string{gate}]["mode"] = "block";
  if (fixture.contains("tier")) policy["spec"]["tierFloors"] = Json::array({{{"minTier", fixture["tier"]}, {"reason", "the fixture"}}});
  out.push_back(policy);
  return out;
}

std::vector<SourceObject> read_all(const std::vector<Json>& all, const std::string& file) {
  std::vector<SourceObject> out;
  for (const Json& object : all) {
    auto read = read_source(file, object.dump());
    if (!read) throw std::runtime_error(file + ": " + read.error().text());
    out.insert(out.end(), read->begin(), read->end());
  }
  return out;
}

// Approvals bind to the digest of the review, which every tweak changes: a fixture lists them without reviewDigest
// (approvals: [{role, approver, …}]), and gets those of the base where it lists none.
std::vector<Json> approvals_of(const Json& fixture, const std::vector<Json>& objects) {
  const Json base = {{{"role", "product"}, {"approver", "ana@example.com"}},
                     {{"role", "platform"}, {"approver", "raj@example.com"}},
                     {{"role", "risk"}, {"approver", "kim@example.com"}}};
  const auto world = build_snapshot(assemble(read_all(objects, "fixture.yaml")));
  std::vector<Json> out;
  if (world->reviews.empty()) return out;
  for (Json spec : fixture.value("approvals", base)) {
    Json meta = {{"name", "approval-" + std::to_string(out.size())}, {"namespace", world->reviews[0]->ns}};
    if (spec.contains("created")) meta["creationTimestamp"] = spec["created"];
    if (spec.contains("groups")) meta["annotations"]["launchgate.dev/approver-groups"] = spec["groups"];
    if (spec.contains("fields")) meta["annotations"]["launchgate.dev/reviewed-fields"] = spec["fields"];
    spec.erase("created");
    spec.erase("groups");
    spec.erase("fields");
    spec["review"] = world->reviews[0]->name;
    if (!spec.contains("decision")) spec["decision"] = "approve";
    if (!spec.contains("reviewDigest")) spec["reviewDigest"] = world->reviews[0]->digest;
    out.push_back({{"apiVersion", "launchgate.dev/v1alpha1"}, {"kind", "ReadinessApproval"}, {"metadata", meta}, {"spec", spec}});
  }
  return out;
}

std::vector<Json> with_approvals(const Json& fixture, std::vector<Json> objects) {
  if (fixture.value("stored", false)) return objects;   // a review that cannot be read as a file has no digest here
  const auto approvals = approvals_of(fixture, objects);
  objects.insert(objects.end(), approvals.begin(), approvals.end());
  return objects;
}

bool is_workload(Node object) {
  const Kind* kind = find_kind(group_of(object["apiVersion"].text()), object["kind"].text());
  return kind && kind->posture == KindPosture::Gate;  // a route that a review refers to is none
}

void expect_text(const Json& fixture, const char* field, std::string_view actual, const fs::path& path) {
  if (!fixture.contains(field)) return;
  EXPECT_EQ(fixture[field].get<std::string>(), actual) << field << " of " << path;
}

void run_fixture(const Gate& gate, const Json& fixture, const fs::path& path) {
  std::vector<SourceObject> objects;
  for (const Json& object : with_approvals(fixture, objects_of(fixture, gate.id))) {
    if (fixture.value("stored", false)) {   // as a cluster's cache hands it over, not validated again: perhaps older than a rule of the CRD
      const auto docs = read_yaml(object.dump());
      ASSERT_TRUE(docs) << path;
      objects.push_back({path.filename().string(), 1, slim(docs->front().root()), {}});
      continue;
    }
    auto read = read_source(path.filename().string(), object.dump());
    ASSERT_TRUE(read) << path << ": " << read.error().text();
    for (auto& o : *read) {
      EXPECT_TRUE(o.unknown_fields.empty()) << path << ": " << o.unknown_fields.front().text();
      objects.push_back(o);
    }
  }
  auto world = assemble(objects);
  ASSERT_TRUE(world.problems.empty()) << path << ": " << world.problems.front().text();
  const auto snapshot = build_snapshot(std::move(world));
  const auto now = parse_time(fixture.value("now", "2026-11-24T12:00:00Z"));
  ASSERT_TRUE(now) << path;
  // The base workload, or the one that the fixture adds in its place (it names it by `judge: <name>`).
  const auto wanted = fixture.value("judge", std::string{});
  for (const SourceObject& o : objects) {
    const Node root = o.object->root();
    if (!is_workload(root) || (!wanted.empty() && root["metadata"]["name"].text() != wanted)) continue;
    const Verdict verdict = judge(*snapshot, as_create(root), *now);
    ASSERT_TRUE(verdict.judged()) << path << ": " << verdict.note;
    for (const GateResult& r : verdict.gates) {
      if (gate_table()[r.gate].id != gate.id) continue;
      EXPECT_EQ(fixture["expect"].get<std::string>(), to_string(r.finding.outcome)) << path << ": " << r.finding.message;
      expect_text(fixture, "reason", r.finding.reason, path);
      expect_text(fixture, "message", r.finding.message, path);
      expect_text(fixture, "path", path_of(r), path);
      expect_text(fixture, "fix", fix_of(r), path);
      expect_text(fixture, "strength", to_string(r.finding.strength), path);
      return;
    }
    FAIL() << path << ": the gate is off at tier " << to_string(verdict.tiering.tier);
  }
  FAIL() << path << ": no workload was judged";
}

std::vector<fs::path> fixtures_of(const Gate& gate, const char* kind) {
  std::vector<fs::path> out;
  const auto folder = kRoot / std::string{gate.id} / kind;
  if (!fs::exists(folder)) return out;
  for (const auto& file : fs::directory_iterator{folder})
    if (file.path().extension() == ".yaml") out.push_back(file.path());
  std::sort(out.begin(), out.end());
  return out;
}

class GateFixtures : public ::testing::TestWithParam<std::size_t> {};

TEST_P(GateFixtures, PassAndFailAsTheySay) {
  const Gate& gate = gate_table()[GetParam()];
  for (const char* kind : {"pass", "fail"}) {
    const auto fixtures = fixtures_of(gate, kind);
    EXPECT_FALSE(fixtures.empty()) << gate.id << " has no fixture in tests/fixtures/gates/" << gate.id << "/" << kind << ": add one";
    for (const auto& path : fixtures) {
      const Json fixture = yaml(path).at(0);
      run_fixture(gate, fixture, path);
      const auto expect = fixture["expect"].get<std::string>();
      EXPECT_EQ(std::string{kind} == "fail", expect == "Fail") << path << " is in the wrong folder";
    }
  }
}

// An object that is not there, say, is a word in YAML: it must not get past a policy that an address would not get past.
TEST_P(GateFixtures, AWarningIsNoBetterEvidenceThanAPass) {
  const Gate& gate = gate_table()[GetParam()];
  for (const auto& path : fixtures_of(gate, "pass")) {
    Json fixture = yaml(path).at(0);
    if (fixture["expect"] != "Warn" || gate.id == "PRR-EXP-04") continue;   // that one is turned by waivers, not by its gate
    ASSERT_TRUE(fixture.contains("strength")) << path << " does not say how good the evidence is under its warning";
    const auto strength = *parse_strength(fixture["strength"].get<std::string>());
    fixture["policy"]["gates"][std::string{gate.id}]["minStrength"] = to_string(strength);
    run_fixture(gate, fixture, path);
    const auto more = to_string(static_cast<Strength>(static_cast<int>(strength) + 1));
    fixture["policy"]["gates"][std::string{gate.id}]["minStrength"] = more;
    fixture["expect"] = "Fail";
    fixture["reason"] = "EvidenceTooWeak";
    if (fixture.contains("message"))
      fixture["message"] = fixture["message"].get<std::string>() + ": " + std::string{to_string(strength)} + ", needs " + std::string{more};
    fixture.erase("strength");
    run_fixture(gate, fixture, path);
  }
}

INSTANTIATE_TEST_SUITE_P(Table, GateFixtures, ::testing::Range<std::size_t>(0, gate_table().size()), [](const auto& gate) {
  auto name = std::string{gate_table()[gate.param].id};
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(GateTable, IsSound) { EXPECT_EQ(validate_gate_table(), std::nullopt); }

TEST(GateTable, HasNoOrphanFixtures) {
  for (const auto& folder : fs::directory_iterator{kRoot}) {
    if (!folder.is_directory()) continue;
    const auto id = folder.path().filename().string();
    EXPECT_TRUE(find_gate(id)) << "tests/fixtures/gates/" << id << " belongs to no row of gates/table.cpp: remove it or add the row";
  }
}

// The base review passes the whole catalogue at every tier, so that a fixture's tweak is what makes the difference.
TEST(GateTable, BasePassesEverythingAtEveryTier) {
  for (Tier tier : kTiers) {
    const Json fixture = {{"tier", std::string{to_string(tier)}}};
    std::vector<SourceObject> objects;
    for (const Json& object : with_approvals(fixture, objects_of(fixture))) {
      auto read = read_source("base.yaml", object.dump());
      ASSERT_TRUE(read) << read.error().text();
      objects.insert(objects.end(), read->begin(), read->end());
    }
    const auto snapshot = build_snapshot(assemble(objects));
    for (const SourceObject& o : objects) {
      if (!is_workload(o.object->root())) continue;
      const Verdict verdict = judge(*snapshot, as_create(o.object->root()), *parse_time("2026-11-24T12:00:00Z"));
      EXPECT_EQ(to_string(verdict.decision), "allow") << to_string(tier);
      for (const GateResult& r : verdict.gates)
        EXPECT_TRUE(r.finding.outcome == Outcome::Pass || r.finding.outcome == Outcome::NotApplicable)
            << to_string(tier) << " " << gate_table()[r.gate].id << ": " << r.finding.message;
    }
  }
}

}  // namespace
}  // namespace launchgate
