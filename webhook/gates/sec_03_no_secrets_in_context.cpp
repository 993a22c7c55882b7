// PRR-SEC-03 no-secrets-in-context
// Fields: spec.observability.promptRefs[].ref; of the workload environment variables whose name holds PROMPT or
// SYSTEM_MESSAGE
// Allowed: prompts in which nothing looks like a credential (base/secretlike.h). The value is never printed.
// Strength: observed when every prompt could be read, else claimed.
#include <algorithm>

#include "base/secretlike.h"
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

bool holds_word(std::string_view name, std::string_view word) {
  const auto same_letter = [](char a, char b) { return (a >= 'a' && a <= 'z' ? static_cast<char>(a - 32) : a) == b; };
  return std::search(name.begin(), name.end(), word.begin(), word.end(), same_letter) != name.end();
}

std::string found(std::string_view kind, const std::string& where) {
  return "a secret-like value (" + std::string{kind} + ") is in " + where;
}

}  // namespace

Finding no_secrets_in_context(const Facts& f) {
  Offenders bad, absent;
  bool any = false, all_read = true;
  if (f.review)
    for (const SecretLike& s : f.review->evidence.secrets_in_prompts)
      bad.add("SecretInPrompt", found(s.kind, shown(s.where)), {});
  each_env_literal(f, [&](const EnvLiteral& env) {
    if (!holds_word(env.name, "PROMPT") && !holds_word(env.name, "SYSTEM_MESSAGE")) return;
    any = true;
    if (const auto kind = secret_kind(env.value); !kind.empty())
      bad.add(
          "SecretInPrompt", [&] { return found(kind, env.in()); },
          [&] { return path_to(f.workload.object, env.entry); });
  });
  for (Node prompt : f.spec["observability"]["promptRefs"]) {
    any = true;
    const Ref ref = follow(f.world, f.review->ns, prompt["ref"].text());
    all_read &= ref.link == Link::Found && ref.kind == "ConfigMap";
    if (ref.link == Link::Missing)
      absent.add(
          "PromptNotFound",
          called("prompt", prompt["name"]) + " refers to " + shown(prompt["ref"].text()) + ", which is not there",
          "spec." + path_to(f.spec, prompt) + ".ref");
  }
  if (bad) return bad.finding();
  if (absent) return absent.warning();
  if (!any) return not_applicable("no prompt stands in a reference or an environment variable");
  return pass(all_read ? Strength::Observed : Strength::Claimed);
}

}  // namespace launchgate
