#include "edge/tls/plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <random>

#include "edge/tls/authority.h"
#include "edge/tls/certificate.h"

namespace launchgate::tls {
namespace {

constexpr Seconds kMinute{60}, kDay{86400};
const TimePoint kStart = *parse_time("2026-11-24T12:00:00Z");
const std::vector<std::string> kNames{"launchgate.gates.svc"};

// A Secret that is looked at now and then.
struct Keeper {
  Material held;
  TimePoint now = kStart;
  std::vector<std::string> names = kNames;
  std::optional<TimePoint> published;
  double jitter = 0;

  Situation situation() const { return {held, names, now, published, jitter}; }
  // "begin: there is no CA that is still valid"; what it says is done.
  std::string look() {
    const Plan p = plan(situation());
    if (p.step == Step::keep) return "keep";
    static constexpr const char* kSteps[] = {"keep", "issue", "add", "begin", "tidy", "wait"};
    if (p.step != Step::wait) {
      auto next = carry_out(p, situation());
      EXPECT_TRUE(next) << next.error().text();
      if (next) held = *next;
    }
    return std::string{kSteps[static_cast<int>(p.step)]} + ": " + p.reason;
  }
  std::string after(Seconds span) { return now += span, look(); }
  Certificate leaf() const { return *read_certificate(held.certificate); }
  std::size_t authorities() const { return read_bundle(held.bundle).certificates.size(); }
  bool good() const { return !distrust(held.bundle, held.certificate, names[0], now) && key_matches(held.certificate, held.key); }
};

TEST(Plan, FromNothingToALeafInOneStep) {
  Keeper k;
  EXPECT_EQ(k.look(), "begin: there is no CA that is still valid");
  EXPECT_TRUE(k.good());
  EXPECT_EQ(k.look(), "keep");
  EXPECT_EQ(k.authorities(), 1u);
}

TEST(Plan, ALeafIsReplacedAfterTwoThirdsOfItsLife) {
  Keeper k;
  k.look();
  EXPECT_EQ(k.after(59 * kDay), "keep");
  const Certificate before = k.leaf();
  EXPECT_EQ(k.after(2 * kDay), "issue: two thirds of its life are over");
  EXPECT_EQ(k.leaf().issuer, before.issuer);
  EXPECT_TRUE(k.good());
  EXPECT_EQ(k.look(), "keep");
}

TEST(Plan, JitterSpreadsReplicasWithinFourDays) {
  Keeper early, late;
  early.look();
  late.held = early.held;
  late.jitter = 1;
  early.now = late.now = kStart + 62 * kDay;
  EXPECT_NE(early.look(), "keep");
  EXPECT_EQ(late.look(), "keep");
  EXPECT_NE(late.after(3 * kDay), "keep");
}

TEST(Plan, ANewAuthoritySignsOnlyOnceItsBundleHasBeenPublished) {
  Keeper k;
  k.look();
  k.published = kStart;
  k.now = kStart + 487 * kDay;
  k.look();   // the leaf, long due
  EXPECT_EQ(k.look(), "add: two thirds of the CA's life are over");
  EXPECT_EQ(k.authorities(), 2u);
  EXPECT_EQ(read_keys(k.held.signers).size(), 2u);
  k.published.reset();
  EXPECT_EQ(k.after(5 * kDay), "keep") << "not published";
  k.published = k.now;
  EXPECT_EQ(k.after(59 * kMinute), "keep") << "published, but not for long enough";
  EXPECT_EQ(k.after(2 * kMinute), "issue: the new CA is known to the API servers and signs from now on");
  EXPECT_EQ(k.authorities(), 2u) << "the old CA is trusted on";
  EXPECT_EQ(read_keys(k.held.signers).size(), 1u) << "and signs no more";
  EXPECT_EQ(k.look(), "keep");
}

TEST(Plan, ALeafThatIsDueBetweenIsSignedByTheOldAuthority) {
  Keeper k;
  k.look();
  const std::string old = k.leaf().issuer;
  k.now = kStart + 487 * kDay;
  k.look();
  k.look();   // add
  EXPECT_EQ(k.after(61 * kDay), "issue: two thirds of its life are over");
  EXPECT_EQ(k.leaf().issuer, old);
}

TEST(Plan, AnAuthorityThatIsNearItsEndYieldsEvenToAnUnpublishedOne) {
  Keeper k;
  k.look();
  const std::string old = k.leaf().issuer;
  k.now = kStart + 487 * kDay;
  k.look();
  k.look();   // add
  k.now = kStart + 715 * kDay;   // nobody could publish for seven months
  EXPECT_NE(k.look(), "keep");
  EXPECT_NE(k.leaf().issuer, old);
  EXPECT_TRUE(k.good());
}

TEST(Plan, AnExpiredAuthorityLeavesTheBundle) {
  Keeper k;
  k.look();
  k.published = kStart;
  for (int day = 0; day < 740; ++day) k.after(kDay);
  EXPECT_EQ(k.authorities(), 1u);
  EXPECT_EQ(k.look(), "keep");
}

TEST(Plan, ANewNameIsAddedAndNobodyFightsOverIt) {
  Keeper a;
  a.look();
  Keeper b = a;
  b.names = {"launchgate.gates.svc", "gate.example"};
  EXPECT_EQ(a.look(), "keep");
  EXPECT_EQ(b.look(), "issue: tls.crt lacks a name that is wanted");
  a.held = b.held;
  EXPECT_EQ(a.look(), "keep");
  a.names = {"launchgate.elsewhere.svc"};
  a.look();
  b.held = a.held;
  EXPECT_EQ(b.look(), "keep");
}

TEST(Plan, BrokenDataIsRepaired) {
  struct Row { const char* what; std::function<void(Material&)> breaks; std::string says; bool same_ca; };
  const Pair stranger = *make_authority("stranger", kStart, 100 * kDay);
  const Row rows[] = {
      {"certificate gone", [](Material& m) { m.certificate.clear(); }, "issue: there is no certificate", true},
      {"certificate cut", [](Material& m) { m.certificate.resize(200); }, "issue: tls.crt holds a certificate that cannot be read", true},
      {"certificate is text", [](Material& m) { m.certificate = "hello"; }, "issue: tls.crt holds no PEM certificate (BEGIN CERTIFICATE)", true},
      {"another key", [&](Material& m) { m.key = stranger.key; }, "issue: tls.key is not the key of tls.crt", true},
      {"key gone", [](Material& m) { m.key.clear(); }, "issue: tls.key is not the key of tls.crt", true},
      {"CA gone", [](Material& m) { m.bundle.clear(); }, "begin: there is no CA that is still valid", false},
      {"another CA", [&](Material& m) { m.bundle = stranger.certificate; }, "begin: ca.key holds no key of a CA", false},
      {"text behind the CA", [](Material& m) { m.bundle += m.bundle; }, "tidy: it holds what is expired, unreadable or of no use", true},
      {"CA key gone", [](Material& m) { m.signers.clear(); }, "add: ca.key holds no key of a CA", true},
      {"a stranger's CA key", [&](Material& m) { m.signers = stranger.key; }, "add: ca.key holds no key of a CA", true},
      {"all of it is text", [](Material& m) { m = {"a", "b", "c", "d"}; }, "begin: there is no CA that is still valid", false},
  };
  for (const Row& row : rows) {
    Keeper k;
    k.look();
    const std::string ca = read_certificate(k.held.bundle)->fingerprint;
    row.breaks(k.held);
    EXPECT_EQ(k.look(), row.says) << row.what;
    EXPECT_TRUE(k.good()) << row.what;
    EXPECT_EQ(k.look(), "keep") << row.what;
    const Bundle bundle = read_bundle(k.held.bundle);
    EXPECT_EQ(row.same_ca, std::any_of(bundle.certificates.begin(), bundle.certificates.end(), [&](const Certificate& c) { return c.fingerprint == ca; })) << row.what;
  }
}

TEST(Plan, AWrongClockWritesNothing) {
  Keeper k;
  k.look();
  const Material before = k.held;
  k.now = *parse_time("1970-01-01T00:00:30Z");
  EXPECT_EQ(k.look().substr(0, 5), "wait:");
  EXPECT_EQ(k.held, before);
}

TEST(Plan, AClusterThatSlept) {
  Keeper k;
  k.look();
  EXPECT_EQ(k.after(4 * 365 * kDay), "begin: there is no CA that is still valid");
  EXPECT_TRUE(k.good());
  EXPECT_EQ(k.authorities(), 1u);
}

// Five years, three replicas, and whatever may happen between two steps: a crash loses what a replica knew, a write or
// the publishing of the bundle fails. At every moment whoever serves a leaf that the Secret held within the last ten
// minutes is trusted under what is published.
class FiveYears : public ::testing::TestWithParam<unsigned> {};

struct Life {
  explicit Life(unsigned seed) : random(seed) {}
  std::mt19937 random;
  Material secret;
  std::string published;   // the caBundle in the webhook configuration
  std::deque<std::pair<TimePoint, std::string>> leaves;   // what the Secret held, and until when
  std::vector<std::optional<TimePoint>> since{3};
  TimePoint now = kStart;
  unsigned changes = 0;

  bool chance(double p) { return std::uniform_real_distribution<>{}(random) < p; }
  // One replica looks, and may die after each step.
  void look(std::size_t replica) {
    std::optional<TimePoint>& seen = since[replica];
    if (chance(0.02)) seen.reset();                                            // it was restarted
    if (secret.bundle.empty() || published.find(secret.bundle) == std::string::npos) seen.reset();
    else if (!seen) seen = now;
    const Situation s{secret, kNames, now, seen, static_cast<double>(replica) / 3};
    const Plan p = plan(s);
    ASSERT_NE(p.step, Step::wait);
    if (p.step != Step::keep) {
      auto next = carry_out(p, s);
      ASSERT_TRUE(next);
      if (chance(0.3)) return;                                                 // the write failed, or it died before
      if (!secret.certificate.empty()) leaves.emplace_back(now, secret.certificate);
      secret = *next;
      ++changes;
      if (chance(0.3)) return;                                                 // it died before it published
    }
    if (!chance(0.2)) published = secret.bundle;
  }
  void check() {
    while (!leaves.empty() && leaves.front().first + 10 * kMinute < now) leaves.pop_front();
    const auto trusted = [&](const std::string& leaf) { EXPECT_FALSE(distrust(published, leaf, kNames[0], now)) << format_time(now) << " " << distrust(published, leaf, kNames[0], now)->message; };
    trusted(secret.certificate);
    for (const auto& [until, leaf] : leaves) trusted(leaf);
  }
};

TEST_P(FiveYears, NobodyIsEverDistrusted) {
  Life life{GetParam()};
  while (life.secret.certificate.empty() || life.published != life.secret.bundle) life.look(0);   // the first start
  unsigned calm = 0;
  while (life.now < kStart + 5 * 365 * kDay && !HasFailure()) {
    const unsigned before = life.changes;
    life.look(std::uniform_int_distribution<std::size_t>{0, 2}(life.random));
    life.check();
    calm = life.changes == before ? calm + 1 : 0;
    // Minute by minute where something changes, else in long strides, often enough for three replicas.
    life.now += calm < 15 ? kMinute : calm < 25 ? 20 * kMinute : 2 * kDay;
  }
  EXPECT_GE(life.changes, 33u) << "a leaf every sixty days, a CA every sixteen months";
  EXPECT_LE(life.changes, 60u);
}

INSTANTIATE_TEST_SUITE_P(Seeds, FiveYears, ::testing::Range(0u, 3u));

}  // namespace
}  // namespace launchgate::tls
