#include "certs/tender.h"

#include <fcntl.h>
#include <unistd.h>

#include <random>
#include <thread>

#include "certs/secret.h"
#include "edge/tls/authority.h"
#include "base/base64.h"
#include "edge/tls/certificate.h"
#include "support/api_twin.h"

namespace launchgate::testing {
namespace {

using Json = ApiTwin::Json;
constexpr Seconds kMinute{60}, kHour{3600}, kDay{86400};
const TimePoint kStart = *parse_time("2026-11-24T12:00:00Z");
const std::string kServer = "launchgate.gates.svc";

Json webhook(const std::string& name, const std::string& bundle = {}) {
  Json out{{"name", name}, {"clientConfig", {{"service", {{"name", "launchgate"}, {"namespace", "gates"}, {"path", "/validate"}}}}}, {"sideEffects", "None"}};
  if (!bundle.empty()) out["clientConfig"]["caBundle"] = base64(bundle);
  return out;
}

// A replica: what it serves with, and what it says of itself.
struct Replica {
  Replica(ApiTwin& api, Log& log, Metrics& metrics, const TenderOptions& options)
      : tender(api, options, tls, [this](std::string why) { reason = std::move(why); }, log, metrics) {}
  std::string reason = "?";
  std::shared_ptr<http::TlsContext> tls = [] {
    const auto pair = tls::make_self_signed();
    return *http::TlsContext::from_pem(pair->certificate, pair->key);
  }();
  Tender tender;
};

class TenderTest : public ::testing::Test {
 protected:
  TenderTest() { install(); }

  void install(const std::string& bundle = {}) {
    api.put(kWebhookConfigurations, "", {{"metadata", {{"name", "launchgate"}, {"labels", {{"a", "b"}}}}}, {"webhooks", {webhook("validate.launchgate.dev", bundle), webhook("strict.launchgate.dev", bundle)}}});
  }
  std::unique_ptr<Replica> replica() { return std::make_unique<Replica>(api, log, metrics, options); }
  Json secret() const { return api.peek(kSecrets, "gates", "launchgate-tls"); }
  tls::Material material() const {
    const Doc d = doc(secret().dump());
    return material_of(d.root());
  }
  std::string bundle(std::size_t position = 0) const {
    const Json c = api.peek(kWebhookConfigurations, "", "launchgate")["webhooks"][position]["clientConfig"];
    return *from_base64(c.value("caBundle", ""));
  }
  // As the API server sees it.
  std::string why(const Replica& r) const {
    for (std::size_t i : {0u, 1u})
      if (const auto error = tls::distrust(bundle(i), r.tls->certificate(), kServer, now)) return error->message;
    return "trusted";
  }
  bool look(Replica& r, Seconds later = Seconds{1}) { return now += later, r.tender.look(now); }

  // Before the log that writes to it, so that it is closed after it.
  struct Null {
    const int fd = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    ~Null() { ::close(fd); }
  } null_;
  ApiTwin api;
  Log log{{.level = Level::info, .fd = null_.fd}};
  Metrics metrics{MetricNames{}};
  TenderOptions options{.ns = "gates", .secret = "launchgate-tls", .configurations = {"launchgate"}, .names = {kServer, kServer + ".cluster.local"}};
  TimePoint now = kStart;
};

TEST_F(TenderTest, FromNothingToReadyInOneLook) {
  const auto r = replica();
  EXPECT_EQ(r->reason, "the caBundle of the webhook configuration has not been looked at yet");
  look(*r);
  EXPECT_EQ(r->reason, "");
  EXPECT_EQ(why(*r), "trusted");
  EXPECT_EQ(r->tls->certificate(), material().certificate);
  EXPECT_EQ(bundle(), material().bundle);
  EXPECT_EQ(secret()["metadata"]["labels"]["app.kubernetes.io/managed-by"], "launchgate");
  const unsigned writes = api.writes();
  for (int i = 0; i < 20; ++i) look(*r, kHour);
  EXPECT_EQ(api.writes(), writes) << "nothing is written without need";
}

TEST_F(TenderTest, OnlyTheCaBundleIsApplied) {
  const auto r = replica();
  Json before = api.peek(kWebhookConfigurations, "", "launchgate");
  look(*r);
  Json after = api.peek(kWebhookConfigurations, "", "launchgate");
  for (Json* one : {&before, &after}) {
    (*one)["metadata"].erase("resourceVersion");
    for (Json& hook : (*one)["webhooks"]) hook["clientConfig"].erase("caBundle");
  }
  EXPECT_EQ(before, after);
}

TEST_F(TenderTest, SecretsAreReadByNameOnly) {
  const auto r = replica();
  look(*r);
  for (const std::string& call : api.calls())
    EXPECT_TRUE(call.find(" secrets ") == std::string::npos || call.ends_with("secrets gates/launchgate-tls")) << call;
}

TEST_F(TenderTest, WhatOthersPutIntoTheSecretStays) {
  api.put(kSecrets, "gates", {{"metadata", {{"name", "launchgate-tls"}, {"labels", {{"helm", "yes"}}}}}, {"type", "Opaque"}, {"data", {{"extra", "Zm9v"}, {"tls.crt", "aGVsbG8="}}}});
  const auto r = replica();
  look(*r);
  EXPECT_EQ(r->reason, "");
  EXPECT_EQ(secret()["metadata"]["labels"]["helm"], "yes");
  EXPECT_EQ(secret()["data"]["extra"], "Zm9v");
  EXPECT_EQ(secret()["type"], "Opaque");
}

TEST_F(TenderTest, AConfigurationThatIsMissingIsSaidAndTakenUpWhenItComes) {
  api.drop(kWebhookConfigurations, "", "launchgate");
  const auto r = replica();
  look(*r);
  EXPECT_TRUE(r->reason.starts_with("ValidatingWebhookConfiguration launchgate is not there, so nothing calls")) << r->reason;
  EXPECT_EQ(secret(), Json{}) << "what cleanup deleted stays deleted";
  install();
  look(*r);
  EXPECT_EQ(r->reason, "");
  EXPECT_EQ(why(*r), "trusted");
}

TEST_F(TenderTest, ACaBundleThatSomebodyWipedIsPublishedAgain) {
  const auto r = replica();
  look(*r);
  install();
  look(*r);
  EXPECT_EQ(why(*r), "trusted");
  install("hello");
  look(*r);
  EXPECT_EQ(why(*r), "trusted");
  EXPECT_EQ(bundle(), material().bundle);
}

TEST_F(TenderTest, AForeignCaStaysForAnHour) {
  const std::string foreign = tls::make_authority("cert-manager", kStart, 900 * kDay)->certificate;
  install(foreign);
  const auto r = replica();
  look(*r);
  EXPECT_EQ(why(*r), "trusted");
  EXPECT_EQ(tls::read_bundle(bundle()).certificates.size(), 2u);
  look(*r, 59 * kMinute);
  EXPECT_EQ(tls::read_bundle(bundle()).certificates.size(), 2u);
  look(*r, 2 * kMinute);
  EXPECT_EQ(bundle(), material().bundle);
  EXPECT_EQ(bundle(1), material().bundle);
}

TEST_F(TenderTest, ADeletedSecretIsMadeAgainAndNobodyIsDistrustedMeanwhile) {
  const auto a = replica(), b = replica();
  look(*a);
  look(*b);
  look(*a, kHour);
  look(*b);
  const std::string before = a->tls->certificate();
  api.drop(kSecrets, "gates", "launchgate-tls");
  api.before = [&](const std::string& call) { EXPECT_TRUE(why(*a) == "trusted" && why(*b) == "trusted") << call; };
  for (int i = 0; i < 20; ++i) look(*a), look(*b);
  EXPECT_NE(a->tls->certificate(), before);
  EXPECT_EQ(a->tls->certificate(), material().certificate);
  EXPECT_EQ(b->tls->certificate(), material().certificate);
  EXPECT_EQ(a->reason + b->reason, "");
  for (int i = 0; i < 5; ++i) look(*a, kHour), look(*b);
  EXPECT_EQ(bundle(), material().bundle) << "the lost CA has left";
}

// Two replicas start with nothing; the other's whole look falls before any one call of the first.
TEST_F(TenderTest, TwoThatStartTogetherAgreeWhereverTheyMeet) {
  for (int meet = 0; meet < 8; ++meet) {
    api.drop(kSecrets, "gates", "launchgate-tls");
    install();
    const auto a = replica(), b = replica();
    int call = 0;
    api.before = [&](const std::string&) {
      if (call++ == meet) b->tender.look(now);
    };
    look(*a);
    api.before = [](const std::string&) {};
    for (int i = 0; i < 10; ++i) look(*a), look(*b);
    EXPECT_EQ(a->reason + b->reason, "") << meet;
    EXPECT_EQ(why(*a), "trusted") << meet;
    EXPECT_EQ(why(*b), "trusted") << meet;
    EXPECT_EQ(a->tls->certificate(), b->tls->certificate()) << meet;
    const unsigned writes = api.writes();
    for (int i = 0; i < 5; ++i) look(*a, kMinute), look(*b);
    EXPECT_EQ(api.writes(), writes) << meet << ": they fight";
  }
}

TEST_F(TenderTest, TwoThreadsAgree) {
  options.interval = options.soon = std::chrono::milliseconds{5};
  options.settle = Seconds{0};
  const auto a = replica(), b = replica();
  a->tender.start();
  b->tender.start();
  for (int i = 0; i < 400 && (material().certificate.empty() || a->tls->certificate() != material().certificate || b->tls->certificate() != material().certificate); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  a->tender.stop();
  b->tender.stop();
  now = std::chrono::floor<Seconds>(std::chrono::system_clock::now());
  for (int i = 0; i < 5; ++i) look(*a), look(*b);   // what was cut off by the end
  EXPECT_EQ(a->reason + b->reason, "");
  EXPECT_EQ(a->tls->certificate(), b->tls->certificate());
}

TEST_F(TenderTest, SomebodyElseChangesTheConfigurationInBetween) {
  const auto r = replica();
  bool once = true;
  api.before = [&](const std::string& call) {
    if (once && call.starts_with("apply")) once = false, install();
  };
  EXPECT_FALSE(look(*r));
  EXPECT_NE(r->reason, "");
  look(*r);
  EXPECT_EQ(r->reason, "");
}

TEST_F(TenderTest, AnApiServerThatIsAwayChangesNothing) {
  const auto r = replica();
  look(*r);
  api.fails = [](const std::string& call) { return kube::Failure{0, "Unreachable", call + ": nobody answers"}; };
  EXPECT_FALSE(look(*r, kDay));
  EXPECT_EQ(r->reason, "");
  api.fails = [](const std::string&) { return std::nullopt; };
  EXPECT_EQ(why(*r), "trusted");
}

TEST_F(TenderTest, AnApiServerThatWasNeverThere) {
  api.fails = [](const std::string& call) { return kube::Failure{0, "Unreachable", call + ": nobody answers"}; };
  const auto r = replica();
  EXPECT_FALSE(look(*r));
  EXPECT_EQ(r->reason, "get validatingwebhookconfigurations launchgate: nobody answers");
}

TEST_F(TenderTest, WhatIsForbiddenIsSaid) {
  struct Row { const char *call, *wanted; };
  for (const Row& row : {Row{"create secrets", "no permission"}, Row{"apply validating", "no permission"}, Row{"get validating", "no permission"}, Row{"get secrets", "no permission"}}) {
    install();
    api.drop(kSecrets, "gates", "launchgate-tls");
    const auto r = replica();
    api.fails = [&](const std::string& call) -> std::optional<kube::Failure> {
      if (!call.starts_with(row.call)) return std::nullopt;
      return kube::Failure{403, "Forbidden", call + ": 403 Forbidden: no permission"};
    };
    EXPECT_FALSE(look(*r)) << row.call;
    EXPECT_NE(r->reason.find(row.wanted), std::string::npos) << row.call << ": " << r->reason;
  }
}

TEST_F(TenderTest, CertificatesFromFilesAreOnlyHeldAgainstTheCaBundle) {
  options.secret.clear();
  const auto r = replica();
  EXPECT_FALSE(look(*r));
  EXPECT_NE(r->reason.find("its caBundle is empty"), std::string::npos);
  const tls::Pair ca = *tls::make_authority("cert-manager", kStart, kDay), leaf = *tls::issue(ca, {kServer}, kStart, kDay);
  ASSERT_FALSE(r->tls->replace(leaf.certificate, leaf.key));
  install(ca.certificate);
  EXPECT_TRUE(look(*r));
  EXPECT_EQ(r->reason, "");
  EXPECT_EQ(api.writes(), 0u);
  EXPECT_FALSE(look(*r, 2 * kDay));
  EXPECT_NE(r->reason.find("expired"), std::string::npos);
}

// A month is two years here: every look may be the last of a process, every call may fail, and the other replica may
// look in between. Whoever was ready stays trusted at every call.
TEST_F(TenderTest, ReadyReplicasStayTrustedThroughRotationsCrashesAndFailures) {
  options.terms = {30 * kDay, 3 * kDay, kHour};
  for (unsigned seed = 0; seed < 1; ++seed) {
    std::mt19937 random{seed};
    const auto chance = [&](double p) { return std::uniform_real_distribution<>{}(random) < p; };
    std::vector<std::unique_ptr<Replica>> all;
    for (int i = 0; i < 2; ++i) all.push_back(replica());
    for (auto& r : all) look(*r), look(*r);
    bool inside = false;
    std::size_t turn = 0;
    api.before = [&](const std::string& call) {
      for (auto& r : all)
        EXPECT_TRUE(!r || !r->reason.empty() || why(*r) == "trusted") << format_time(now) << " " << call << ": " << why(*r) << ", leaf until " << format_time(tls::read_certificate(r->tls->certificate())->not_after);
      if (!inside && turn == 0 && chance(0.1)) {
        inside = true;
        all[1]->tender.look(now);
        inside = false;
      }
    };
    api.fails = [&](const std::string& call) -> std::optional<kube::Failure> {
      if (!chance(0.05)) return std::nullopt;
      return kube::Failure{0, "Timeout", call + ": out of time"};
    };
    const TimePoint end = now + 32 * kDay;
    while (now < end && !HasFailure()) {
      const unsigned writes = api.writes();
      for (turn = 0; turn < all.size(); ++turn) look(*all[turn], Seconds{20});
      if (chance(0.02)) all[0] = replica();
      if (api.writes() == writes) now += chance(0.2) ? 30 * kMinute : 3 * kHour;
    }
    api.before = [](const std::string&) {};
    api.fails = [](const std::string&) { return std::nullopt; };
    for (int i = 0; i < 10; ++i)
      for (auto& r : all) look(*r);
    for (auto& r : all) EXPECT_EQ(r->reason, "");
  }
}

}  // namespace
}  // namespace launchgate::testing
