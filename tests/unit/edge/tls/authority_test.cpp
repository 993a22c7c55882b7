#include "edge/tls/authority.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/base64.h"
#include "edge/tls/certificate.h"

namespace launchgate::tls {
namespace {

constexpr Seconds kDay{86400};
const TimePoint kNow = *parse_time("2026-11-24T12:00:00Z");
const std::vector<std::string> kNames{"launchgate.gates.svc", "launchgate.gates.svc.cluster.local", "10.0.0.7", "fd00::7"};

Pair authority(Seconds life = 730 * kDay, TimePoint now = kNow) { return *make_authority("launchgate", now, life); }
Pair leaf(const Pair& ca, Seconds life = 90 * kDay, TimePoint now = kNow) { return *issue(ca, kNames, now, life); }
std::string why(const std::string& bundle, const std::string& chain, const std::string& name = kNames[0], TimePoint now = kNow) {
  const auto error = distrust(bundle, chain, name, now);
  return error ? error->message : "trusted";
}

TEST(Authority, SaysWhatItIs) {
  const auto ca = read_certificate(authority().certificate);
  ASSERT_TRUE(ca);
  EXPECT_TRUE(ca->authority);
  EXPECT_EQ(ca->subject, ca->issuer);
  EXPECT_EQ(ca->subject.substr(0, 17), "CN=launchgate CA ");
  EXPECT_EQ(format_time(ca->not_before), "2026-11-24T11:00:00Z");
  EXPECT_EQ(format_time(ca->not_after), "2028-11-23T12:00:00Z");
  EXPECT_TRUE(ca->names.empty());
  EXPECT_NE(ca->subject, read_certificate(authority().certificate)->subject) << "two CAs in one bundle are told apart";
}

TEST(Authority, ALeafIsForItsNamesAndNoAuthority) {
  const Pair ca = authority(), pair = leaf(ca);
  const auto cert = read_certificate(pair.certificate);
  ASSERT_TRUE(cert);
  EXPECT_FALSE(cert->authority);
  EXPECT_EQ(cert->issuer, read_certificate(ca.certificate)->subject);
  EXPECT_EQ(cert->names, (std::vector<std::string>{kNames[0], kNames[1], "10.0.0.7", "fd00:0:0:0:0:0:0:7"}));
  EXPECT_EQ(format_time(cert->not_after), "2027-02-22T12:00:00Z");
  EXPECT_TRUE(key_matches(pair.certificate, pair.key));
  EXPECT_FALSE(key_matches(pair.certificate, ca.key));
  EXPECT_FALSE(key_matches("", ca.key));
  EXPECT_FALSE(key_matches(pair.certificate, ""));
}

TEST(Authority, ALeafDoesNotOutliveItsAuthority) {
  const Pair ca = authority(10 * kDay);
  EXPECT_EQ(read_certificate(leaf(ca).certificate)->not_after, read_certificate(ca.certificate)->not_after);
}

TEST(Authority, CannotSignAnAuthority) {
  const Pair ca = authority(), pair = leaf(ca);
  const Pair forged = *issue(pair, kNames, kNow, kDay);   // signed with a leaf's key
  EXPECT_EQ(why(ca.certificate, forged.certificate + pair.certificate).find("trusted"), std::string::npos);
}

TEST(Authority, WhatIsNoNameIsRefused) {
  const Pair ca = authority();
  EXPECT_FALSE(issue(ca, {}, kNow, kDay));
  EXPECT_FALSE(issue(ca, {""}, kNow, kDay));
  EXPECT_FALSE(issue({ca.certificate, leaf(ca).key}, kNames, kNow, kDay));
  EXPECT_FALSE(issue({"", ""}, kNames, kNow, kDay));
  EXPECT_FALSE(make_authority(std::string(200, 'x'), kNow, kDay));
}

TEST(Distrust, AsTheApiServerWouldJudge) {
  const Pair ca = authority(), other = authority(), pair = leaf(ca);
  EXPECT_EQ(why(ca.certificate, pair.certificate), "trusted");
  EXPECT_EQ(why(other.certificate + ca.certificate, pair.certificate), "trusted");
  EXPECT_EQ(why(ca.certificate, pair.certificate, "10.0.0.7"), "trusted");
  EXPECT_EQ(why(ca.certificate, pair.certificate, "fd00::7"), "trusted");
  EXPECT_EQ(why(pair.certificate, pair.certificate), "trusted") << "what stands in the bundle itself is trusted";
  EXPECT_EQ(why(ca.certificate, pair.certificate, "other.gates.svc"), "it is not for the name other.gates.svc");
  EXPECT_EQ(why(ca.certificate, pair.certificate, "10.0.0.8"), "it is not for the name 10.0.0.8");
  EXPECT_EQ(why(other.certificate, pair.certificate), "its issuer (" + read_certificate(ca.certificate)->subject + ") is not in the bundle");
  EXPECT_EQ(why(ca.certificate, pair.certificate, kNames[0], kNow - Seconds{3601}), "it begins only at 2026-11-24T11:00:00Z");
  EXPECT_EQ(why(ca.certificate, pair.certificate, kNames[0], kNow + 91 * kDay), "a certificate of the chain expired (the leaf's end is 2027-02-22T12:00:00Z)");
  EXPECT_EQ(why("", pair.certificate), "the bundle holds no certificate");
  EXPECT_EQ(why("hello", pair.certificate), "the bundle holds no certificate");
  EXPECT_EQ(why(ca.certificate, "hello"), "there is no certificate that can be read");
}

TEST(Bundle, KeepsEachOnceAndSaysWhenThereIsMore) {
  const Pair a = authority(), b = authority();
  EXPECT_EQ(read_bundle(a.certificate + b.certificate).certificates.size(), 2u);
  EXPECT_FALSE(read_bundle(a.certificate + b.certificate).damaged);
  EXPECT_FALSE(read_bundle("").damaged);
  EXPECT_FALSE(read_bundle("\n").damaged);
  const Bundle twice = read_bundle(a.certificate + a.certificate);
  EXPECT_EQ(twice.certificates.size(), 1u);
  EXPECT_TRUE(twice.damaged);
  const Bundle cut = read_bundle(a.certificate + b.certificate.substr(0, 300));
  EXPECT_EQ(cut.certificates.size(), 1u);
  EXPECT_TRUE(read_bundle("hello").damaged);
  EXPECT_EQ(read_keys(a.key + b.key).size(), 2u);
  EXPECT_EQ(read_keys("hello").size(), 0u);
}

TEST(Base64, ThereAndBack) {
  for (const std::string text : {"", "f", "fo", "foo", "foob", "fooba", "foobar"}) EXPECT_EQ(from_base64(base64(text)), text);
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(from_base64("Zm9v\nYmFy\n"), "foobar");
  for (const char* bad : {"Zm9", "Zm9v=", "Z===", "Zm=v", "Zm9v!!!!"}) EXPECT_FALSE(from_base64(bad)) << bad;
}

}  // namespace
}  // namespace launchgate::tls
