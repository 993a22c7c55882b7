#include "serve/certificate.h"

#include <sys/stat.h>

#include "edge/tls/authority.h"
#include "serve/observe.h"
#include "support/temp_dir.h"
#include "support/world.h"

namespace launchgate::testing {
namespace {

class Certificates : public ::testing::Test {
 protected:
  Certificates() {
    options_.tls_cert = dir_.path("tls.crt");
    options_.tls_key = dir_.path("tls.key");
  }
  tls::Pair make(int days) { return *tls::make_self_signed({.days = days}); }
  void write(const tls::Pair& pair) {
    dir_.write("tls.crt", pair.certificate);
    dir_.write("tls.key", pair.key);
  }
  TempDir dir_;
  ServeOptions options_;
};

TEST_F(Certificates, SelfSignedWithItsPublicPartForClients) {
  ServeOptions options;
  options.write_ca = dir_.path("ca.crt");
  const auto certificate = Certificate::obtain(options);
  ASSERT_TRUE(certificate);
  EXPECT_TRUE(certificate->self_signed());
  EXPECT_TRUE(certificate->files().empty());
  EXPECT_EQ(slurp(options.write_ca), certificate->tls()->certificate());
  EXPECT_EQ(slurp(options.write_ca).find("PRIVATE"), std::string::npos);
  EXPECT_EQ(certificate->facts().fingerprint.size(), 95u);
  EXPECT_GT(certificate->facts().not_after, std::chrono::system_clock::now() + std::chrono::hours(24 * 300));
}

TEST_F(Certificates, FilesAreReadAgainWhenTheyChange) {
  write(make(10));
  auto certificate = Certificate::obtain(options_);
  ASSERT_TRUE(certificate);
  const std::string before = certificate->facts().fingerprint;
  EXPECT_FALSE(certificate->look());
  write(make(20));
  const auto news = certificate->look();
  ASSERT_TRUE(news && *news);
  EXPECT_NE((*news)->fingerprint, before);
  EXPECT_FALSE(certificate->look());
}

TEST_F(Certificates, APairThatDoesNotMatchIsRefusedOnceAndTheOldOneStays) {
  const tls::Pair good = make(10), other = make(20);
  write(good);
  auto certificate = Certificate::obtain(options_);
  ASSERT_TRUE(certificate);
  dir_.write("tls.crt", other.certificate);
  const auto news = certificate->look();
  ASSERT_TRUE(news);
  ASSERT_FALSE(*news);
  EXPECT_EQ(news->error().text(), options_.tls_cert + ": does not match its key: the private key in " + options_.tls_key + " is another certificate's");
  EXPECT_FALSE(certificate->look());                   // no news
  EXPECT_EQ(certificate->tls()->certificate(), good.certificate);
  dir_.remove("tls.key");
  EXPECT_FALSE(*certificate->look());
  EXPECT_EQ(certificate->tls()->certificate(), good.certificate);
  dir_.write("tls.key", other.key);
  EXPECT_TRUE(*certificate->look());
  EXPECT_EQ(certificate->tls()->certificate(), other.certificate);
}

TEST_F(Certificates, APipeInTheirPlaceIsRefusedAndNobodyWaitsForIt) {
  const tls::Pair good = make(10);
  write(good);
  auto certificate = Certificate::obtain(options_);
  ASSERT_TRUE(certificate);
  for (const char* file : {"tls.crt", "tls.key"}) {
    dir_.remove(file);
    ASSERT_EQ(::mkfifo(dir_.path(file).c_str(), 0600), 0);
    const auto news = certificate->look();
    ASSERT_TRUE(news);
    EXPECT_EQ(news->error().text(), dir_.path(file) + ": is not a regular file");
    EXPECT_EQ(certificate->tls()->certificate(), good.certificate);
    dir_.remove(file);
    write(good);
    EXPECT_TRUE(*certificate->look());
  }
}

// RFC 5280, for what has no end; nanoseconds end in 2262.
TEST_F(Certificates, AnEndInTheYear9999IsNotInThePast) {
  const TimePoint now = std::chrono::floor<Seconds>(std::chrono::system_clock::now());
  write(*tls::make_authority("far", now, *parse_time("9999-12-31T23:59:59Z") - now));
  const auto certificate = Certificate::obtain(options_);
  ASSERT_TRUE(certificate);
  EXPECT_EQ(format_time(certificate->facts().not_after), "9999-12-31T23:59:59Z");
  Metrics metrics{metric_names("x")};
  metrics.certificate(certificate->facts().not_after);
  std::string text;
  metrics.expose({}, {}, text);
  const std::string line = "\nlaunchgate_cert_not_after_seconds ";
  EXPECT_EQ(std::stod(text.substr(text.find(line) + line.size())), 253'402'300'799.0) << text;
}

TEST_F(Certificates, WhatCannotBeServedIsSaidAtTheStart) {
  EXPECT_EQ(Certificate::obtain(options_).error().text(), options_.tls_cert + ": cannot be read");
  options_.tls_key.clear();
  EXPECT_NE(Certificate::obtain(options_).error().text().find("one of --tls-cert and --tls-key is missing"), std::string::npos);
  ServeOptions unwritable;
  unwritable.write_ca = dir_.path("no/such/ca.crt");
  EXPECT_EQ(Certificate::obtain(unwritable).error().text(), unwritable.write_ca + ": the certificate cannot be written there");
}

}  // namespace
}  // namespace launchgate::testing
