// PRR-SEC-04 provider-key-from-secret
// Fields: env[] and envFrom[] of containers and init containers, and the ConfigMaps that they take values from
// Allowed: a variable named like a provider's key (*_API_KEY, *_TOKEN, …) takes its value from a Secret, refers to
// another variable, or says that none is needed (EMPTY, dummy, …); no other variable holds what looks like a
// credential (base/secretlike.h). The value is never printed.
// Strength: observed.
#include <algorithm>
#include <utility>

#include "base/secretlike.h"
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

using Text = std::string_view;

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
bool same_word(Text a, Text upper_case) {
  return a.size() == upper_case.size() &&
         std::equal(a.begin(), a.end(), upper_case.begin(), [](char x, char y) { return upper(x) == y; });
}
// `name` is `word`, or ends with "_word".
bool ends_in(Text name, Text word) {
  if (name.size() < word.size() || (name.size() > word.size() && name[name.size() - word.size() - 1] != '_'))
    return false;
  return same_word(name.substr(name.size() - word.size()), word);
}

constexpr Text key_names[] = {
    "API_KEY",    "APIKEY",     "ACCESS_TOKEN",  "API_TOKEN",     "SECRET_KEY",          "SECRET_ACCESS_KEY",
    "MASTER_KEY", "OPENAI_KEY", "ACCESS_SECRET", "CLIENT_SECRET", "BEARER_TOKEN_BEDROCK"};
// What clients of servers without authentication are given because the SDK insists.
constexpr Text placeholders[] = {"EMPTY",
                                 "DUMMY",
                                 "NONE",
                                 "NULL",
                                 "FAKE",
                                 "FAKE-KEY",
                                 "NO-KEY",
                                 "NO-KEY-REQUIRED",
                                 "SK-NO-KEY-REQUIRED",
                                 "NOT-NEEDED",
                                 "NOT_NEEDED",
                                 "NOT-REQUIRED",
                                 "NOT-USED",
                                 "UNUSED",
                                 "N/A",
                                 "NA",
                                 "OLLAMA",
                                 "LM-STUDIO",
                                 "PLACEHOLDER"};

// $(OTHER) of Kubernetes; ${OTHER} and {{ … }} of a template that was not rendered yet. What stands beside it may be a
// word ("Bearer $(TOKEN)"), but nothing as long as a key.
bool is_reference(Text value) {
  constexpr std::pair<Text, Text> brackets[] = {{"$(", ")"}, {"${", "}"}, {"{{", "}}"}};
  constexpr std::size_t key = 16;
  const auto is_long = [](Text beside) {
    std::size_t run = 0;
    for (char c : beside)
      if (run = c == ' ' ? 0 : run + 1; run >= key) return true;
    return false;
  };
  bool refers = false;
  while (!value.empty()) {
    auto begin = Text::npos, end = Text::npos;
    for (const auto& [open, close] : brackets) {
      const auto at = value.find(open);
      const auto closed = at < begin ? value.find(close, at) : Text::npos;
      if (closed == Text::npos) continue;
      begin = at;
      end = closed + close.size();
    }
    if (is_long(value.substr(0, begin))) return false;
    if (begin == Text::npos) break;
    refers = true;
    value.remove_prefix(end);
  }
  return refers;
}

// A "token" also is a number of words, a mark in a model's vocabulary (</s>, [PAD]) or a file.
bool is_another_token(Text value) {
  return value[0] == '<' || value[0] == '[' || value[0] == '/' || value.find_first_not_of("0123456789.") == Text::npos;
}

bool is_literal_key(Text name, Text value) {
  const bool key =
      std::any_of(std::begin(key_names), std::end(key_names), [&](Text word) { return ends_in(name, word); });
  if (!key && (!ends_in(name, "TOKEN") || is_another_token(value))) return false;
  return !is_reference(value) &&
         std::none_of(std::begin(placeholders), std::end(placeholders), [&](Text p) { return same_word(value, p); });
}

}  // namespace

Finding provider_key_from_secret(const Facts& f) {
  if (f.workload.pods.empty() && f.workload.environments.empty())
    return not_applicable("it has no pod template and no environment");
  Offenders bad;
  each_env_literal(f, [&](const EnvLiteral& env) {
    if (env.value.find_first_not_of(" \t\r\n") == Text::npos) return;
    const bool named = is_literal_key(env.name, env.value);
    const auto kind = named ? Text{} : secret_kind(env.value);
    if (!named && kind.empty()) return;
    bad.add(
        "LiteralKey",
        [&] {
          return env.in() + " holds a literal value" +
                 (named ? "" : " that looks like a credential (" + std::string{kind} + ")");
        },
        [&] { return path_to(f.workload.object, env.entry); });
  });
  return bad ? bad.finding() : pass(Strength::Observed);
}

}  // namespace launchgate
