// examples/broken: one fault a file, and each behaves as its own first comment says. The comment is the test:
//   # Wrong: …
//   # launchgate check: exit 1. PRR-COST-01 budget-set.
// "exit 2, naming spec.x" is a file that is not taken; "exit 1" a rollout that the named gates deny, and no other
// unless the comment says that the tier asks for more; "exit 0 with warnings" one that they warn about.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include "support/world.h"

namespace launchgate {
namespace {

namespace fs = std::filesystem;

struct Promise {
  int exit = -1;
  bool warnings = false, more = false;
  std::vector<std::string> gates, names;   // gate ids; what the message names
};

Promise promise_of(const std::string& text) {
  std::string comment;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line) && line.rfind('#', 0) == 0;) comment += line.substr(1) + " ";
  Promise p;
  RE2::PartialMatch(comment, R"(launchgate check: exit (\d))", &p.exit);
  p.warnings = comment.find("exit 0 with warnings") != std::string::npos;
  p.more = RE2::PartialMatch(comment, "asks for");
  re2::StringPiece rest{comment};
  for (std::string id; RE2::FindAndConsume(&rest, R"((PRR-[A-Z]+-\d+))", &id);) p.gates.push_back(id);
  rest = comment;
  for (std::string path; RE2::FindAndConsume(&rest, R"(naming ([a-z]+\.[A-Za-z0-9.\[\]]*[A-Za-z0-9\]]))", &path);) p.names.push_back(path);
  return p;
}

class Broken : public ::testing::TestWithParam<fs::path> {};

TEST_P(Broken, BehavesAsItsFirstCommentSays) {
  const auto text = testing::slurp(GetParam());
  const Promise p = promise_of(text);
  ASSERT_GE(p.exit, 0) << "its first comment does not say \"launchgate check: exit N\"";
  auto read = read_source(GetParam().filename().string(), text);
  std::string said;
  if (!read) said = read.error().text();
  World w = read ? assemble(*read) : World{};
  for (const Error& e : w.problems) said += e.text() + "\n";
  EXPECT_EQ(said.empty(), p.exit != 2) << said;
  for (const auto& name : p.names) EXPECT_THAT(said, ::testing::HasSubstr(name));
  if (p.exit == 2) {
    EXPECT_THAT(said, ::testing::ContainsRegex("^" + GetParam().filename().string() + ":[0-9]+: ")) << "file and line";
    return;
  }
  if (!said.empty()) return;
  const auto world = build_snapshot(std::move(w));
  int judged = 0;
  bool denied = false, warned = false;
  for (const SourceObject& o : *read) {
    if (!find_kind(group_of(o.object->root()["apiVersion"].text()), o.object->root()["kind"].text())) continue;
    const Verdict v = judge(*world, as_create(o.object->root()), testing::time_at("2026-11-24T12:00:00Z"));
    ++judged;
    denied |= !v.allowed();
    warned |= v.decision == Decision::Warn;
    for (const auto& id : p.gates) {
      bool found = false;
      for (const GateResult& r : v.gates)
        found |= gate_table()[r.gate].id == id && r.finding.outcome != Outcome::Pass && r.finding.outcome != Outcome::NotApplicable;
      EXPECT_TRUE(found) << id << " finds nothing wrong";
    }
    for (const GateResult& r : v.gates) {
      const auto id = gate_table()[r.gate].id;
      if (r.unmet() && r.action == Action::Deny && !p.more) {
        EXPECT_THAT(p.gates, ::testing::Contains(id)) << r.finding.message << ": one fault a file, and the comment does not name this one";
      }
    }
    const auto printed = denial_text(v);
    for (const char* secret : {"sk-proj-", "AKIA"})
      if (const auto at = text.find(secret); at != std::string::npos) {
        EXPECT_EQ(printed.find(text.substr(at, 20)), std::string::npos) << "the value is not printed";
      }
  }
  EXPECT_GE(judged, 1) << "there is no workload in it";
  EXPECT_EQ(denied, p.exit == 1);
  EXPECT_TRUE(warned || !p.warnings);
}

std::vector<fs::path> files() {
  std::vector<fs::path> out;
  for (const auto& file : fs::directory_iterator{testing::in_source("examples/broken")})
    if (file.path().extension() == ".yaml") out.push_back(file.path());
  std::sort(out.begin(), out.end());
  return out;
}

INSTANTIATE_TEST_SUITE_P(Examples, Broken, ::testing::ValuesIn(files()), [](const auto& test) {
  auto name = test.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace launchgate
