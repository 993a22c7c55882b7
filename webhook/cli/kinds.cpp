// launchgate kinds: which kinds it looks at, and what must agree with that: webhook rules, RBAC, documentation.
#include <cstdio>

#include "cli/commands.h"
#include "cli/input.h"
#include "wire/kinds_text.h"

namespace launchgate {
namespace {

struct Output {
  const char* name;
  std::string (*render)(const KindList&);
};
constexpr Output outputs[] = {{"text", kinds_text},
                              {"json", kinds_json},
                              {"markdown", kinds_markdown},
                              {"webhook-rules", kinds_webhook_rules},
                              {"match-conditions", kinds_match_conditions},
                              {"rbac", kinds_rbac}};

int print(const std::vector<std::string>& from, const std::string& output) {
  KindSet kinds;
  if (!from.empty()) {
    const auto input = read_input({}, from);
    if (!input) return 2;
    kinds = input->world->kinds;
  }
  for (const Output& o : outputs)
    if (output == o.name) {
      const auto text = o.render(kinds.all());
      std::fwrite(text.data(), 1, text.size(), stdout);
    }
  return 0;
}

}  // namespace

void add_kinds(CLI::App& app, int& code) {
  auto from = std::make_shared<std::vector<std::string>>();
  auto output = std::make_shared<std::string>("text");
  auto* cmd = app.add_subcommand("kinds", "List the kinds that are looked at, and where in them");
  cmd->add_option("--from", *from, "A directory with policies that add kinds (spec.workloadKinds); again for more")
      ->type_name("DIR");
  std::vector<std::string> names;
  for (const Output& o : outputs) names.emplace_back(o.name);
  cmd->add_option("-o,--output", *output,
                  "text, json, markdown, or what a chart needs: webhook-rules, match-conditions, rbac")
      ->check(CLI::IsMember(names));
  cmd->callback([from, output, &code] { code = print(*from, *output); });
}

}  // namespace launchgate
