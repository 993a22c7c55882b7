// PRR-USE-05 context-matches-manifest
// Fields: spec.useCase.{audience, automation, tools[], observedExceptions[]}; Services, Ingresses, HTTPRoutes and
// GRPCRoutes of the namespace; the kind, environment and serving arguments of the workload; the Roles and ClusterRoles
// bound to the service account whose token its pods take
// Allowed: nothing observed is more than what is declared. Facts fail (a public way in, a job that acts alone, rights to
// write beyond leases and events); hints warn (a role that is not at hand, credentials of a writing system, tool calling
// switched on). An exception with a reason and an end in the future silences its axis. Names of variables are printed,
// values never. An audience of partners may come in by a public address.
// Strength: observed where a Service that selects the pods was found, else claimed.
#include <algorithm>
#include <set>

#include "gates/facts.h"
#include "gates/finding.h"
#include "gates/observed.h"

namespace launchgate {
namespace {

using Text = std::string_view;

// Whose credentials say that the workload can write somewhere, and the tool effects that would declare it.
struct Credential {
  Text prefix;
  Text effects[2];
};
constexpr Credential credentials[] = {
    {"SMTP_", {"external-message", "write-internal"}},
    {"SLACK_", {"external-message", "write-internal"}},
    {"TWILIO_", {"external-message", "external-message"}},
    {"SENDGRID_", {"external-message", "external-message"}},
    {"MAILGUN_", {"external-message", "external-message"}},
    {"STRIPE_", {"money", "money"}},
    {"PAYPAL_", {"money", "money"}},
    {"ADYEN_", {"money", "money"}},
    {"GITHUB_TOKEN", {"write-internal", "infra"}},
    {"GH_TOKEN", {"write-internal", "infra"}},
    {"GITLAB_TOKEN", {"write-internal", "infra"}},
    {"BITBUCKET_TOKEN", {"write-internal", "infra"}},
};

// By the name of the variable, or by the key of the Secret that it comes from.
const Credential* credential_of(const EnvVariable& env) {
  const auto name = env.name, key = env.from["secretKeyRef"]["key"].text();
  const auto begins = [](Text text, Text with) {
    return !text.empty() && text.front() == with.front() && text.substr(0, with.size()) == with;
  };
  const auto found = std::find_if(std::begin(credentials), std::end(credentials),
                                  [&](const Credential& c) { return begins(name, c.prefix) || begins(key, c.prefix); });
  return found == std::end(credentials) ? nullptr : found;
}

bool excused(const Facts& f, Text axis) { return excused(f.spec, axis, f.now); }

bool has_effect(Node spec, Text effect) {
  for (Node tool : spec["useCase"]["tools"])
    if (tool["effect"].text() == effect) return true;
  return false;
}

// "declared audience=internal", or that it is assumed.
std::string declared(Node spec, Text axis, Text value) {
  const bool said = stated(spec["useCase"][axis]);
  const std::string name{axis};
  return said ? "declared " + name + "=" + shown(value) : name + " is not stated (" + shown(value) + " is assumed)";
}

void check_audience(const Facts& f, const Exposure& seen, Offenders& bad) {
  if (seen.open.empty() || excused(f, "audience")) return;
  bad.add("AudienceUnderstated",
          declared(f.spec, "audience", "internal") + " but the cluster shows public (" + listed(seen.open) + ")",
          "spec.useCase.audience",
          "raise spec.useCase.audience, close the way in, or explain it in spec.useCase.observedExceptions[]: "
          "{axis: audience, evidence, reason, until}");
}

// Nobody stands beside a job and approves.
void check_automation(const Facts& f, Offenders& bad) {
  const auto how = automation(f.spec), kind = f.workload.kind_name;
  if ((kind != "CronJob" && kind != "Job") || how == "autonomous" || excused(f, "automation")) return;
  std::vector<std::string> alone;
  for (Node tool : f.spec["useCase"]["tools"]) {
    const auto approval = tool["approval"].text();
    if (changes_state(tool["effect"].text()) && (approval.empty() || approval == "none"))
      alone.push_back(shown(tool["name"].text()));
  }
  if (alone.empty()) return;
  bad.add("AutomationUnderstated",
          declared(f.spec, "automation", how) + " but the cluster shows autonomous (" + std::string{kind} +
              " with tools that need no approval: " + listed(alone) + ")",
          "spec.useCase.automation",
          "set spec.useCase.automation: autonomous, ask for approval in spec.useCase.tools[], or explain it in "
          "spec.useCase.observedExceptions[]: {axis: automation, evidence, reason, until}");
}

void check_rights(const Facts& f, const WriteRights& rights, Offenders& bad, Offenders& odd) {
  const auto how = declared(f.spec, "automation", automation(f.spec));
  if (!rights.some.empty())
    bad.add("AutomationUnderstated", how + " but the cluster shows act-with-approval (" + rights.some + ")",
            "spec.useCase.automation",
            "take the right to write away, raise spec.useCase.automation, or explain it in "
            "spec.useCase.observedExceptions[]: {axis: automation, evidence, reason, until}");
  else
    odd.add("RightsUnknown", how + " and nobody can say whether it may write: " + rights.unknown,
            "spec.useCase.automation",
            "let the role be seen with --from, bind another, or explain it in spec.useCase.observedExceptions[]: "
            "{axis: automation, evidence, reason, until}");
}

void check_tools(const Facts& f, Offenders& odd) {
  if (excused(f, "tools")) return;
  if (f.detection.agent_capable && !is_agent(f.spec))
    odd.add("AgentCapable",
            declared(f.spec, "automation", automation(f.spec)) + " without tools, but the workload can call some (" +
                listed(texts(f.detection.agent_signals)) + ")",
            "spec.useCase.tools",
            "list what it can call in spec.useCase.tools[], switch tool calling off, or explain it in "
            "spec.useCase.observedExceptions[]: {axis: tools, evidence, reason, until}");
  std::vector<std::string> names;
  std::set<Text> known;
  each_env(f.workload, [&](const EnvVariable& env) {
    const Credential* c = credential_of(env);
    if (!c || has_effect(f.spec, c->effects[0]) || has_effect(f.spec, c->effects[1])) return;
    if (known.insert(env.name).second) names.push_back(shown(env.name));
  });
  if (!names.empty())
    odd.add("WriteCredentials", "no tool is declared for what the environment gives access to: " + listed(names),
            "spec.useCase.tools",
            "list the tools in spec.useCase.tools[], remove the variables, or explain them in "
            "spec.useCase.observedExceptions[]: {axis: tools, evidence, reason, until}");
}

}  // namespace

Finding context_matches_manifest(const Facts& f) {
  std::optional<Observed> own;
  const Observed& seen = f.observed ? *f.observed : own.emplace(observe(f));
  Offenders bad, odd;
  check_audience(f, seen.exposure, bad);
  check_automation(f, bad);
  if (seen.rights.any()) check_rights(f, seen.rights, bad, odd);
  check_tools(f, odd);
  if (bad) return bad.finding();
  const auto strength = seen.exposure.services.empty() ? Strength::Claimed : Strength::Observed;
  return odd ? odd.warning(strength) : pass(strength);
}

}  // namespace launchgate
