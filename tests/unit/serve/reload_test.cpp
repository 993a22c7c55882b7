#include "serve/reload.h"

#include "edge/tls/authority.h"
#include "room_support.h"

namespace launchgate::testing {
namespace {

constexpr const char* kBroken = "apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessPolicy\nmetadata: {name: p}\nspec: {mode: 3}\n";

class Reloads : public RoomTest {
 protected:
  Reloads() { options_.vanished_grace = std::chrono::milliseconds(0); }

  void start() {
    certificate_ = std::make_unique<Certificate>(*Certificate::obtain(options_));
    const WatchTimes times{.quiet = std::chrono::milliseconds{10}, .longest = std::chrono::milliseconds{200}, .poll = std::chrono::milliseconds{20}};
    reloader_ = std::make_unique<Reloader>(room(), *certificate_, times);
    const auto error = reloader_->first();
    ASSERT_FALSE(error) << error->text();
    reloader_->start();
  }
  // False after 20 s.
  static bool eventually(const std::function<bool()>& true_now) {
    for (int i = 0; i < 2000; ++i) {
      if (true_now()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }
  std::size_t policies() { return room().world.current()->policies.size(); }
  std::string ready() { return ask("GET", "/readyz").body; }
  void stop() { reloader_.reset(); }

  std::unique_ptr<Certificate> certificate_;
  std::unique_ptr<Reloader> reloader_;
};

TEST_F(Reloads, ADirectoryThatIsNotThereIsAnErrorAtTheStart) {
  options_.from = {dir_.path("none")};
  auto certificate = Certificate::obtain(options_);
  Reloader reloader{room(), *certificate};
  EXPECT_EQ(reloader.first()->text(), dir_.path("none") + ": cannot be read: No such file or directory");
  EXPECT_EQ(ask("GET", "/readyz").status, 503u);
}

TEST_F(Reloads, FollowsTheDirectory) {
  start();
  EXPECT_EQ(policies(), 0u);
  dir_.write("policy.yaml", kAuditPolicy);
  EXPECT_TRUE(eventually([&] { return policies() == 1; }));
  EXPECT_EQ(answer(validate(admission("u")))["allowed"], true);
  dir_.remove("policy.yaml");
  EXPECT_TRUE(eventually([&] { return policies() == 0; }));
  EXPECT_GE(metric("launchgate_reload_total{result=\"ok\"}"), 3);
  EXPECT_EQ(metric("launchgate_store_objects{kind=\"ReadinessPolicy\"}"), 0);
  EXPECT_GT(metric("launchgate_store_loaded_timestamp_seconds"), 1.7e9);
  stop();
}

TEST_F(Reloads, ABrokenFileKeepsItsLastGoodVersionAndIsNamedOnce) {
  dir_.write("policy.yaml", kAuditPolicy);
  start();
  dir_.write("policy.yaml", kBroken);
  EXPECT_TRUE(eventually([&] { return ready().find("policy.yaml:") != std::string::npos; }));
  EXPECT_EQ(ask("GET", "/readyz").status, 200u);
  EXPECT_EQ(policies(), 1u);
  EXPECT_EQ(metric("launchgate_store_problems"), 1);
  dir_.write("other.yaml", "a: b\n");                  // another look, the same problem
  reloader_->poke();
  EXPECT_TRUE(eventually([&] { return metric("launchgate_reload_total{result=\"problems\"}") >= 2; }));
  dir_.write("policy.yaml", kAuditPolicy);
  EXPECT_TRUE(eventually([&] { return metric("launchgate_store_problems") == 0; }));
  stop();
  const std::string text = log();
  const std::size_t first = text.find("\"msg\":\"problem\"");
  ASSERT_NE(first, std::string::npos) << text;
  EXPECT_EQ(text.find("\"msg\":\"problem\"", first + 1), std::string::npos) << text;
  EXPECT_NE(text.find("\"msg\":\"problem solved\""), std::string::npos) << text;
}

TEST_F(Reloads, AVanishedDirectoryKeepsItsObjectsAndIsNotReady) {
  dir_.write("in/policy.yaml", kAuditPolicy);
  options_.from = {dir_.path("in")};
  start();
  EXPECT_EQ(ask("GET", "/readyz").status, 200u);
  dir_.move("in", "away");
  EXPECT_TRUE(eventually([&] { return ready().find("\"vanished: ") != std::string::npos; }));
  EXPECT_EQ(ask("GET", "/readyz").status, 503u);
  EXPECT_EQ(policies(), 1u);
  EXPECT_EQ(answer(validate(admission("u")))["allowed"], true);
  dir_.move("away", "in");
  EXPECT_TRUE(eventually([&] { return ask("GET", "/readyz").status == 200; }));
  stop();
}

TEST_F(Reloads, AFieldThatNobodyKnowsIsToldAndTolerated) {
  dir_.write("policy.yaml", std::string{kAuditPolicy} + "fromTheFuture: true\n");
  start();
  EXPECT_EQ(policies(), 1u);
  EXPECT_EQ(ready(), "{\"ready\":true,\"reasons\":[],\"problems\":[],\"problemCount\":0}\n");
  stop();
  EXPECT_NE(log().find("\"msg\":\"unknown field\""), std::string::npos);
}

TEST_F(Reloads, FollowsTheCertificatesFiles) {
  const auto old = *tls::make_self_signed({.days = 10}), next = *tls::make_self_signed({.days = 20});
  const TempDir tls;
  options_.tls_cert = tls.path("tls.crt");
  options_.tls_key = tls.path("tls.key");
  tls.write("tls.key", old.key);
  tls.write("tls.crt", old.certificate);
  start();
  const double before = metric("launchgate_cert_not_after_seconds");
  tls.write("tls.crt", next.certificate);
  EXPECT_TRUE(eventually([&] { return metric("launchgate_cert_reload_total{result=\"refused\"}") == 1; }));
  EXPECT_EQ(metric("launchgate_cert_not_after_seconds"), before);
  tls.write("tls.key", next.key);
  EXPECT_TRUE(eventually([&] { return metric("launchgate_cert_not_after_seconds") > before; }));
  EXPECT_EQ(certificate_->tls()->certificate(), next.certificate);
  stop();
}

TEST_F(Reloads, ACertificateThatIsNotValidNowIsServedAndWarnedOf) {
  const TempDir tls;
  const TimePoint now = std::chrono::floor<Seconds>(std::chrono::system_clock::now());
  const Seconds day{86'400};
  const auto put = [&](const tls::Pair& pair) {
    tls.write("tls.key", pair.key);
    tls.write("tls.crt", pair.certificate);
  };
  options_.tls_cert = tls.path("tls.crt");
  options_.tls_key = tls.path("tls.key");
  const auto old = *tls::make_authority("old", now - 20 * day, 10 * day), coming = *tls::make_authority("new", now + 10 * day, 20 * day);
  put(*tls::make_self_signed());
  start();
  put(old);
  EXPECT_TRUE(eventually([&] { return certificate_->tls()->certificate() == old.certificate; }));
  put(coming);
  EXPECT_TRUE(eventually([&] { return certificate_->tls()->certificate() == coming.certificate; }));
  stop();
  const std::string text = log();
  EXPECT_NE(text.find(R"("level":"warn","msg":"the certificate that is served has expired: API servers refuse it","not_before":")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("not_after":")" + format_time(now - 10 * day) + R"(","fingerprint":")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"(,"fix":"put a certificate that is valid now, and its key, into the files of --tls-cert and --tls-key"})"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("level":"warn","msg":"the certificate that is served is not valid yet: API servers refuse it","not_before":")"), std::string::npos) << text;
}

}  // namespace
}  // namespace launchgate::testing
