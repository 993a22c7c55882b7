// The operator with its threads: two of them on one cluster, one that leads and one that takes over.
#include "operate/operator.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <condition_variable>

#include "support/api_server.h"

namespace launchgate {
namespace {

using namespace std::chrono_literals;
using testing::Cluster;
using testing::Json;

// Snapshots by hand, through the feed that serve has.
class Feed {
 public:
  void set(std::shared_ptr<const Snapshot> world) {
    {
      const std::lock_guard lock(mutex_);
      world_ = std::move(world);
    }
    feed.wake();
  }
  std::shared_ptr<const Snapshot> current() const {
    const std::lock_guard lock(mutex_);
    return world_;
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Snapshot> world_;

 public:
  NotifiedFeed feed{[this] { return current(); }};
};

class Operating : public ::testing::Test {
 protected:
  Operating() : log{{.level = Level::error, .fd = ::open("/dev/null", O_WRONLY | O_CLOEXEC)}} {
    cluster.api.put_yaml("{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: bot, namespace: shop}, spec: {covers: [{kind: Deployment, name: bot}]}}");
  }
  OperatorOptions options(const std::string& identity) {
    OperatorOptions o;
    o.identity = identity;
    o.ns = "ops";
    o.lease_times = {800ms, 500ms, 20ms};
    o.settle = 5ms;
    return o;
  }
  template <class Condition>
  bool eventually(Condition condition) {
    for (int i = 0; i < 1000 && !condition(); ++i) std::this_thread::sleep_for(10ms);
    return condition();
  }
  bool written(int generation) {
    const Json review = cluster.api.at("ReadinessReview", "shop", "bot");
    return review.contains("status") && review["status"].value("observedGeneration", 0) == generation;
  }
  Cluster cluster;
  Log log;
};

TEST_F(Operating, ALeaderWritesAndASuccessorGoesOnWhereItStopped) {
  Feed feed_a, feed_b;
  Operator a{cluster.api, feed_a.feed, log, options("a")}, b{cluster.api, feed_b.feed, log, options("b")};
  feed_a.set(cluster.snapshot());
  feed_b.set(feed_a.current());
  a.start();
  ASSERT_TRUE(eventually([&] { return written(1); }));
  b.start();
  EXPECT_TRUE(eventually([&] { return a.counters().status_writes == 1; }));
  EXPECT_TRUE(a.leading());
  EXPECT_FALSE(b.leading());
  a.stop();
  EXPECT_FALSE(a.leading());
  ASSERT_TRUE(eventually([&] { return b.leading(); }));
  cluster.api.writes();
  feed_b.set(cluster.snapshot());
  ASSERT_TRUE(eventually([&] { return b.counters().last_full_pass.has_value(); }));
  for (const std::string& call : cluster.api.writes()) EXPECT_EQ(call.find("apply"), std::string::npos) << call;
  cluster.api.put_yaml("{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: bot, namespace: shop}, spec: {covers: [{kind: Deployment, name: bot}], suspend: true}}");
  feed_b.set(cluster.snapshot());
  EXPECT_TRUE(eventually([&] { return written(2); }));
  b.stop();
}

TEST_F(Operating, ALeaderThatIsCutOffStopsAndTheOtherTakesOver) {
  Feed feed_a, feed_b;
  // Each has its own way to the same API server.
  class Cut final : public Api {
   public:
    explicit Cut(Api& api) : api_(api) {}
    std::atomic<bool> cut{false};
    kube::Outcome<Doc> get(const Resource& r, std::string_view ns, std::string_view n) override { return cut ? no() : api_.get(r, ns, n); }
    kube::Outcome<Doc> create(const Resource& r, std::string_view ns, std::string_view o) override { return cut ? no() : api_.create(r, ns, o); }
    kube::Outcome<Doc> update(const Resource& r, std::string_view ns, std::string_view n, std::string_view o) override { return cut ? no() : api_.update(r, ns, n, o); }
    kube::Outcome<Doc> apply(const Resource& r, std::string_view ns, std::string_view n, std::string_view o, std::string_view s) override { return cut ? no() : api_.apply(r, ns, n, o, s); }
    kube::Outcome<bool> remove(const Resource& r, std::string_view ns, std::string_view n) override {
      if (cut) return no().failure();
      return api_.remove(r, ns, n);
    }
    kube::Outcome<Doc> merge_patch(const Resource& r, std::string_view ns, std::string_view n, std::string_view p) override { return cut ? no() : api_.merge_patch(r, ns, n, p); }

   private:
    static kube::Outcome<Doc> no() { return kube::Failure{0, "Unreachable", "cut off", {}}; }
    Api& api_;
  } way_a{cluster.api}, way_b{cluster.api};
  Operator a{way_a, feed_a.feed, log, options("a")}, b{way_b, feed_b.feed, log, options("b")};
  feed_a.set(cluster.snapshot());
  feed_b.set(feed_a.current());
  a.start();
  ASSERT_TRUE(eventually([&] { return a.leading() && written(1); }));
  b.start();
  way_a.cut = true;
  for (int i = 0; i < 400 && !b.leading(); ++i) {
    EXPECT_FALSE(a.leading() && b.leading());
    std::this_thread::sleep_for(5ms);
  }
  EXPECT_TRUE(b.leading());
  EXPECT_FALSE(a.leading());
  way_a.cut = false;
  std::this_thread::sleep_for(100ms);
  EXPECT_FALSE(a.leading()) << "it comes back as a candidate";
  EXPECT_TRUE(eventually([&] { return b.counters().transitions == 1; })) << "counters are published after a turn, not before";
}

TEST_F(Operating, WithoutASnapshotNothingIsJudged) {
  Feed feed;
  Operator a{cluster.api, feed.feed, log, options("a")};
  a.start();
  ASSERT_TRUE(eventually([&] { return a.leading(); }));
  std::this_thread::sleep_for(50ms);
  EXPECT_FALSE(written(1));
  feed.set(cluster.snapshot());
  EXPECT_TRUE(eventually([&] { return written(1); }));
}

TEST_F(Operating, StopsAtOnceHoweverLongItWouldSleep) {
  Feed feed;
  feed.set(cluster.snapshot());
  const auto begun = std::chrono::steady_clock::now();
  {
    Operator a{cluster.api, feed.feed, log, options("a")};
    a.start();
    ASSERT_TRUE(eventually([&] { return written(1); }));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
}

}  // namespace
}  // namespace launchgate
