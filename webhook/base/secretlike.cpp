#include "base/secretlike.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace launchgate {
namespace {

using Text = std::string_view;
constexpr Text kNotShown = "(not shown)";

// What a tail may consist of.
enum Alphabet : std::uint8_t { Alnum = 1, Upper = 2, Token = 4 };  // [A-Za-z0-9], [A-Z0-9], [A-Za-z0-9_-]

struct Form {
  Text prefix;
  std::size_t tail;  // at least so many characters of the alphabet behind the prefix
  Alphabet alphabet;
  Text kind;
};

// By their first character, the longer prefix first. Sources: the providers' own pages and the rules of gitleaks.
constexpr Form forms[] = {
    {"AIza", 35, Token, "Google API key"},        {"AKIA", 16, Upper, "AWS access key"},
    {"ASIA", 16, Upper, "AWS access key"},        {"dapi", 32, Alnum, "Databricks token"},
    {"ghp_", 36, Alnum, "GitHub token"},          {"gho_", 36, Alnum, "GitHub token"},
    {"ghu_", 36, Alnum, "GitHub token"},          {"ghs_", 36, Alnum, "GitHub token"},
    {"ghr_", 36, Alnum, "GitHub token"},          {"github_pat_", 36, Token, "GitHub token"},
    {"glpat-", 20, Token, "GitLab token"},        {"gsk_", 40, Alnum, "Groq API key"},
    {"hf_", 30, Alnum, "Hugging Face token"},     {"lsv2_pt_", 32, Token, "LangSmith API key"},
    {"lsv2_sk_", 32, Token, "LangSmith API key"}, {"nvapi-", 40, Token, "NVIDIA API key"},
    {"pplx-", 40, Alnum, "Perplexity API key"},   {"r8_", 37, Alnum, "Replicate token"},
    {"rk_live_", 20, Alnum, "Stripe key"},        {"sk_live_", 20, Alnum, "Stripe key"},
    {"sk-ant-", 20, Token, "Anthropic API key"},  {"sk-lf-", 32, Token, "Langfuse secret key"},
    {"sk-", 20, Token, "OpenAI-style API key"},   {"xai-", 40, Alnum, "xAI API key"},
    {"xapp-", 20, Token, "Slack token"},          {"xoxa-", 20, Token, "Slack token"},
    {"xoxb-", 20, Token, "Slack token"},          {"xoxp-", 20, Token, "Slack token"},
    {"xoxr-", 20, Token, "Slack token"},          {"xoxs-", 20, Token, "Slack token"},
};
static_assert(std::is_sorted(std::begin(forms), std::end(forms),
                             [](const Form& a, const Form& b) { return a.prefix[0] < b.prefix[0]; }));
constexpr std::uint8_t kFirst = 8;  // a form or a JSON Web Token may begin with it

// Where the forms begin that begin with a character: they stand together.
constexpr std::array<std::uint8_t, 256> make_index() {
  std::array<std::uint8_t, 256> at{};
  for (std::size_t i = std::size(forms); i-- != 0;)
    at[static_cast<unsigned char>(forms[i].prefix[0])] = static_cast<std::uint8_t>(i);
  return at;
}
constexpr auto first_form = make_index();

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> c{};
  for (int i = '0'; i <= '9'; ++i) c[i] = Alnum | Upper | Token;
  for (int i = 'A'; i <= 'Z'; ++i) c[i] = Alnum | Upper | Token;
  for (int i = 'a'; i <= 'z'; ++i) c[i] = Alnum | Token;
  c['-'] = c['_'] = Token;
  for (const Form& f : forms) c[static_cast<unsigned char>(f.prefix[0])] |= kFirst;
  c['e'] |= kFirst;
  return c;
}
constexpr auto classes = make_classes();

bool is(char c, std::uint8_t any) { return (classes[static_cast<unsigned char>(c)] & any) != 0; }
bool starts(Text s, Text with) { return s.substr(0, with.size()) == with; }

std::size_t run(Text s, std::uint8_t alphabet) {
  std::size_t n = 0;
  while (n < s.size() && is(s[n], alphabet)) ++n;
  return n;
}

// "sk-" also begins ordinary names: a key has 16 letters and digits in a row, a digit among them.
bool has_random_run(Text tail) {
  std::size_t length = 0;
  bool digit = false;
  for (char c : tail) {
    if (c == '-' || c == '_') length = 0, digit = false;
    else ++length, digit |= c <= '9';
    if (length >= 16 && digit) return true;
  }
  return false;
}

// Three parts of base64url, of which the first two are JSON objects: both begin with {" = "eyJ".
bool is_web_token(Text s) {
  for (int part = 0; part < 3; ++part) {
    if (part < 2 && !starts(s, "eyJ")) return false;
    const auto n = run(s, Token);
    if (n < 10) return false;
    s.remove_prefix(n);
    if (part < 2 && (s.empty() || s[0] != '.')) return false;
    if (part < 2) s.remove_prefix(1);
  }
  return true;
}

// Of the word at the front of `s`.
Text kind_of_word(Text s) {
  if (s[0] == 'e') return is_web_token(s) ? "JSON Web Token" : Text{};
  for (auto i = first_form[static_cast<unsigned char>(s[0])]; i < std::size(forms) && forms[i].prefix[0] == s[0]; ++i) {
    const Form& f = forms[i];
    if (f.prefix[1] != s[1] || !starts(s, f.prefix)) continue;
    const auto tail = s.substr(f.prefix.size(), run(s.substr(f.prefix.size()), f.alphabet));
    if (tail.size() < f.tail) return {};
    return f.prefix != "sk-" || has_random_run(tail) ? f.kind : Text{};
  }
  return {};
}

// "-----BEGIN PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----" and their kin.
bool holds_private_key(Text text) {
  constexpr Text begin = "-----BEGIN ", key = "PRIVATE KEY";
  for (auto at = text.find(begin); at != Text::npos; at = text.find(begin, at + begin.size()))
    if (text.substr(at + begin.size(), 40).find(key) != Text::npos) return true;
  return false;
}

constexpr std::size_t shortest = 20, shortest_private_key = 64;

// To the end of the word at the front of `s`, which is one: a JSON Web Token has dots in it.
std::size_t secret_size(Text s) {
  const bool dots = s[0] == 'e';
  std::size_t n = 0;
  while (n < s.size() && (is(s[n], Token) || (dots && s[n] == '.'))) ++n;
  return n;
}

// Each goes to the end of its last line, or of the text where it was cut.
std::string without_private_keys(Text text) {
  constexpr Text begin = "-----BEGIN ", end = "-----END ", dashes = "-----";
  std::string out;
  for (auto at = text.find(begin); at != Text::npos; at = text.find(begin)) {
    if (!holds_private_key(text.substr(at, begin.size() + 40))) at += begin.size(), out += text.substr(0, at);
    else {
      out.append(text.substr(0, at)) += kNotShown;
      if (const auto last = text.find(end, at); last != Text::npos) at = text.find(dashes, last + end.size());
      else at = Text::npos;
      at = at == Text::npos ? text.size() : at + dashes.size();
    }
    text.remove_prefix(at);
  }
  return out.append(text);
}

}  // namespace

std::string without_secrets(std::string_view given) {
  const std::string whole = given.size() >= shortest_private_key ? without_private_keys(given) : std::string{given};
  const Text text = whole;
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto from = i;
    if (i + shortest <= text.size() && is(text[i], kFirst) && !kind_of_word(text.substr(i)).empty()) {
      out += kNotShown;
      i += secret_size(text.substr(i));
      continue;
    }
    while (i < text.size() && is(text[i], Token)) ++i;
    while (i < text.size() && !is(text[i], Token)) ++i;
    out += text.substr(from, i - from);
  }
  return out;
}

std::string_view secret_kind(std::string_view text) {
  // A secret begins a word, so a word is looked at once: linear whatever the text.
  for (std::size_t i = 0; i + shortest <= text.size();) {
    if (is(text[i], kFirst))
      if (const auto kind = kind_of_word(text.substr(i)); !kind.empty()) return kind;
    while (i < text.size() && is(text[i], Token)) ++i;
    while (i < text.size() && !is(text[i], Token)) ++i;
  }
  return text.size() >= shortest_private_key && holds_private_key(text) ? "private key" : Text{};
}

}  // namespace launchgate
