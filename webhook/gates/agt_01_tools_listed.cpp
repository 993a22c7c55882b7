// PRR-AGT-01 tools-listed
// Fields: spec.useCase.{automation, tools[].{name, effect, reversibility}}
// Allowed: every tool with its name, one of the known effects and one of the known reversibilities, which do not
// contradict each other (a tool that moves money is not read-only); at least one tool where it acts.
// Strength: claimed.
#include <algorithm>
#include <initializer_list>

#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

using Words = std::initializer_list<std::string_view>;

bool is_one_of(std::string_view word, Words words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// What is wrong with tools[].<field>, which must be one of `words`; empty = nothing.
std::string fault(Node value, const char* field, Words words) {
  if (!stated(value)) return std::string{" is declared without "} + field;
  if (!is_one_of(value.text(), words)) return std::string{" has the unknown "} + field + " " + shown(value.text());
  return {};
}

void judge(Node tool, const std::string& path, Offenders& bad) {
  const auto who = called("tool", tool["name"]);
  if (!stated(tool["name"])) return bad.add("ToolIncomplete", who + " is declared", path + ".name");
  const Node effect = tool["effect"], reversibility = tool["reversibility"];
  if (auto what = fault(effect, "effect",
                        {"read", "write-internal", "external-message", "money", "access", "code-exec", "infra"});
      !what.empty())
    return bad.add("ToolIncomplete", who + what, path + ".effect");
  if (auto what =
          fault(reversibility, "reversibility", {"read-only", "reversible", "externally-reversible", "irreversible"});
      !what.empty())
    return bad.add("ToolIncomplete", who + what, path + ".reversibility");
  // Code in a sandbox may well leave nothing behind; the other effects always do.
  if (reversibility.text() == "read-only" && !is_one_of(effect.text(), {"read", "code-exec"}))
    bad.add("ToolContradictory", who + " has effect " + std::string{effect.text()} + " and says read-only",
            path + ".reversibility");
}

}  // namespace

Finding tools_listed(const Facts& f) {
  if (!is_agent(f.spec)) return not_applicable("it has no tools and does not act");
  if (!has_tools(f.spec))
    return fail("ToolsNotListed", "automation is " + shown(automation(f.spec)) + " and no tool is listed");
  Offenders bad;
  for (Node tool : f.spec["useCase"]["tools"]) judge(tool, "spec." + path_to(f.spec, tool), bad);
  return bad ? bad.finding() : pass();
}

}  // namespace launchgate
