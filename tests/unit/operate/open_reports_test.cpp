// Reports of OpenReports, kept by the operator on a cluster in memory.
#include "operate/open_reports.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "operate/changes.h"
#include "support/api_server.h"
#include "verdict/judge.h"
#include "wire/open_report.h"

namespace launchgate {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Cluster;
using testing::Json;

const TimePoint kNow = testing::time_at("2026-11-24T12:00:00Z");

class Reporting : public ::testing::Test {
 protected:
  Reporting() : log{{.level = Level::error, .fd = ::open("/dev/null", O_WRONLY | O_CLOEXEC)}} {
    for (Json& object : testing::yaml_all(testing::slurp(testing::in_source("tests/fixtures/gates/base.yaml")))) cluster.api.put(object);
    cluster.api.writes();
  }
  // The Keeper's part: every workload of the snapshot is recorded, then what is due is written.
  std::vector<std::string> turn(OpenReports& reports, std::chrono::seconds after = 1s) {
    now += after;
    const auto world = cluster.snapshot();
    if (const WorldObject* o = world->find("Deployment", "team", "assistant")) reports.record(*o, audit(*world, o->object->root(), kNow), now);
    reports.flush(now, 10, [&](const Target& target, const auto& use) {
      EXPECT_EQ(target.name, "Deployment/assistant");
      if (const WorldObject* o = world->find("Deployment", target.ns, "assistant")) use(*o, audit(*world, o->object->root(), kNow));
    });
    return cluster.api.writes();
  }
  void patch(const char* kind, std::string_view yaml) {
    Json object = cluster.api.at(kind, "team", "assistant");
    object.merge_patch(testing::yaml(yaml));
    cluster.api.put(object);
  }
  std::string name() { return "launchgate-" + cluster.api.at("Deployment", "team", "assistant")["metadata"]["uid"].get<std::string>(); }
  std::string apply() { return "apply Report team/" + name(); }

  Cluster cluster;
  Log log;
  OpenReports::Steady now{1000h};
};

TEST_F(Reporting, AReportIsWrittenOnceAndWhenItSaysSomethingElse) {
  OpenReports reports{cluster.api, log, true};
  EXPECT_THAT(turn(reports), ElementsAre(apply()));
  EXPECT_THAT(turn(reports), IsEmpty());
  EXPECT_EQ(reports.next(now), OpenReports::Steady::max());
  patch("ReadinessReview", "{spec: {cost: {budget: null}}}");
  EXPECT_THAT(turn(reports), ElementsAre(apply()));
  EXPECT_EQ(cluster.api.at("Report", "team", name())["summary"]["fail"], 1);
}

TEST_F(Reporting, ANewLeaderLeavesAloneWhatSaysTheSame) {
  OpenReports reports{cluster.api, log, true}, next{cluster.api, log, true};
  turn(reports);
  EXPECT_THAT(turn(next), IsEmpty());
}

TEST_F(Reporting, OneThatSomebodyDeletedComesBackWithTheNextPass) {
  OpenReports reports{cluster.api, log, true};
  turn(reports);
  cluster.api.erase("Report", "team", name());
  EXPECT_THAT(turn(reports), IsEmpty());
  reports.look_again();
  EXPECT_THAT(turn(reports, 2min), ElementsAre(apply()));
}

TEST_F(Reporting, NothingIsAskedWhereItIsOff) {
  OpenReports reports{cluster.api, log, false};
  cluster.api.refuse = [](const std::string& call) -> std::optional<kube::Failure> {
    ADD_FAILURE() << call;
    return {};
  };
  EXPECT_THAT(turn(reports), IsEmpty());
}

// The kind may come later: it is asked for again, but not for each workload and not all the time.
TEST_F(Reporting, AClusterWithoutTheKindIsAskedAgainAfterTenMinutes) {
  OpenReports reports{cluster.api, log, true};
  cluster.api.absent_kinds.insert("Report");
  int calls = 0;
  cluster.api.refuse = [&](const std::string&) -> std::optional<kube::Failure> { return ++calls, std::nullopt; };
  EXPECT_THAT(turn(reports), IsEmpty());
  EXPECT_EQ(calls, 2) << "a GET and an apply";
  for (int i = 0; i < 5; ++i) turn(reports, 60s);
  EXPECT_EQ(calls, 2);
  EXPECT_GE(reports.next(now), now + 4min);
  cluster.api.absent_kinds.clear();
  EXPECT_THAT(turn(reports, 6min), ElementsAre(apply()));
}

TEST_F(Reporting, AWorkloadThatIsNoLongerJudgedLosesItsReport) {
  OpenReports reports{cluster.api, log, true};
  turn(reports);
  cluster.api.put_yaml("{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: p}, spec: {exempt: {namespaces: [team]}}}");
  EXPECT_THAT(turn(reports), ElementsAre("remove Report team/" + name()));
  EXPECT_THAT(turn(reports), IsEmpty());
}

TEST_F(Reporting, AFailureIsTriedAgain) {
  OpenReports reports{cluster.api, log, true};
  bool down = true;
  cluster.api.refuse = [&](const std::string&) -> std::optional<kube::Failure> { return down ? std::optional{kube::Failure{503, "ServiceUnavailable", "busy", {}}} : std::nullopt; };
  EXPECT_THAT(turn(reports), IsEmpty());
  down = false;
  EXPECT_THAT(turn(reports, 2min), ElementsAre(apply()));
}

}  // namespace
}  // namespace launchgate
