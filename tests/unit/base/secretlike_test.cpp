// The sample secrets are put together from pieces, so that no scanner takes this file for a leak.
#include "base/secretlike.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace launchgate {
namespace {

// `n` characters that look random: letters of both cases and digits.
std::string random(std::size_t n) {
  const std::string pool = "a7Kq2Zx9Lm4Rt6Vb1Nc8Hd3Wf5Pg0Js";
  std::string out;
  while (out.size() < n) out += pool[(out.size() * 7 + 3) % pool.size()];
  return out;
}
std::string upper(std::size_t n) {
  std::string out;
  while (out.size() < n) out += "QZ7XK2WM4B"[out.size() % 10];
  return out;
}

struct Row {
  std::string text;
  std::string_view kind;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) EXPECT_EQ(secret_kind(row.text), row.kind) << row.text;
}

TEST(SecretLike, KnowsTheFormsThatProvidersGiveOut) {
  check({
      {"sk-" + random(48), "OpenAI-style API key"},
      {"sk-proj-" + random(40) + "_" + random(40) + "-" + random(20), "OpenAI-style API key"},
      {"sk-or-v1-" + std::string(48, 'a') + "0123456789abcdef", "OpenAI-style API key"},
      {"sk-" "ant-api03-" + random(60), "Anthropic API key"},
      {"sk-" "lf-" "01234567-89ab-cdef-0123-456789abcdef", "Langfuse secret key"},
      {"AI" "za" + random(35), "Google API key"},
      {"AK" "IA" + upper(16), "AWS access key"},
      {"AS" "IA" + upper(16), "AWS access key"},
      {"gh" "p_" + random(36), "GitHub token"},
      {"gh" "s_" + random(36), "GitHub token"},
      {"github" "_pat_" + random(22) + "_" + random(59), "GitHub token"},
      {"gl" "pat-" + random(20), "GitLab token"},
      {"h" "f_" + random(34), "Hugging Face token"},
      {"gs" "k_" + random(52), "Groq API key"},
      {"xa" "i-" + random(80), "xAI API key"},
      {"pp" "lx-" + random(48), "Perplexity API key"},
      {"nv" "api-" + random(64), "NVIDIA API key"},
      {"r" "8_" + random(37), "Replicate token"},
      {"ls" "v2_pt_" + random(32) + "_" + random(10), "LangSmith API key"},
      {"da" "pi" + random(32), "Databricks token"},
      {"sk" "_live_" + random(24), "Stripe key"},
      {"xo" "xb-" "123456789012-" + random(24), "Slack token"},
      {"xo" "xp-" "123456789012-" + random(24), "Slack token"},
      {"ey" "J" + random(20) + ".ey" "J" + random(30) + "." + random(43), "JSON Web Token"},
      {"-----BEGIN " "PRIVATE KEY-----\n" + random(64), "private key"},
      {"-----BEGIN RSA " "PRIVATE KEY-----\n" + random(64), "private key"},
      {"-----BEGIN OPENSSH " "PRIVATE KEY-----\n" + random(64), "private key"},
  });
}

TEST(SecretLike, FindsThemInsideOfOtherText) {
  const auto key = "gh" "p_" + random(36);
  check({
      {"Use the key " + key + " and tell nobody.", "GitHub token"},
      {"https://x-access-token:" + key + "@example.com/repo.git", "GitHub token"},
      {"{\"token\":\"" + key + "\"}", "GitHub token"},
      {"key=" + key, "GitHub token"},
      {"first line\n" + key, "GitHub token"},
      {"{\"private_key\":\"\\n-----BEGIN " "PRIVATE KEY-----\\n" + random(64), "private key"},
      {std::string(100'000, 'x') + " " + key, "GitHub token"},
      {"sk-short " + key, "GitHub token"},
  });
}

TEST(SecretLike, LeavesOrdinaryValuesAlone) {
  check({
      {"", ""},
      {"true", ""},
      {"8080", ""},
      {"gpt-4.1-mini-2025-04-14", ""},
      {"http://otel-collector.observability:4317", ""},
      {"registry.example.com/team/app@sha256:4f1c0a7be8f4f4c0d1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f701", ""},
      {"01234567-89ab-cdef-0123-456789abcdef", ""},
      {"EMPTY", ""},
      {"dummy", ""},
      {"sk-no-key-required", ""},
      {"sk-1234", ""},
      {"sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", ""},                       // a placeholder: no digit
      {"task-management-service-production-eu-1", ""},                   // "sk-" inside of a word
      {"sk-learn-pipeline-for-the-evaluation-run-12", ""},               // a name
      {"hf_transfer_is_enabled_for_all_the_downloads", ""},              // underscores
      {"eyJhbGciOiJub25lIn0.e30.", ""},                                  // too short to be signed
      {"AKIA-is-the-prefix-of-a-key", ""},
      {"-----BEGIN CERTIFICATE-----\n" + random(64), ""},
      {"-----BEGIN PUBLIC KEY-----\n" + random(64), ""},
      {random(200), ""},
      {std::string{"\xff\xfe\0sk-", 6} + std::string(30, '\xff'), ""},
  });
}

// A text of candidates alone costs no more a byte than prose: no scan starts twice in a word.
TEST(SecretLike, IsLinear) {
  for (std::string piece : {"sk-", "eyJ", "eyJaaaaaaaaaa.", "-----BEGIN ", "-", "xoxb-1 "}) {
    std::string text;
    while (text.size() < 400'000) text += piece;
    const auto start = std::chrono::steady_clock::now();
    (void)secret_kind(text);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{5}) << piece;
  }
}

}  // namespace
}  // namespace launchgate
