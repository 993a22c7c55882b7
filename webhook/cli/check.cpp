// launchgate check: judge manifests offline, as the cluster would.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "cli/commands.h"
#include "cli/input.h"
#include "verdict/judge.h"
#include "wire/report.h"

namespace launchgate {
namespace {

struct Options {
  std::vector<std::string> paths, from;
  std::string output = "text", now;
};

// https://no-color.org: colour only where a person looks at it.
bool colour() { return isatty(STDOUT_FILENO) && !std::getenv("NO_COLOR"); }

int check(const Options& o) {
  const auto now = date_of(o.now);
  const auto input = now ? read_input(o.paths, o.from) : nullptr;
  if (!input) return 2;
  std::vector<CheckResult> results;
  bool denied = false;
  for (const SourceObject& m : input->manifests) {
    const Node object = m.object->root();
    if (!find_kind(group_of(object["apiVersion"].text()), object["kind"].text())) continue;
    results.push_back({m.file, m.line, judge(*input->world, as_create(object), *now)});
    denied |= !results.back().verdict.allowed();
  }
  const auto text = o.output == "json" ? check_json(results) : check_text(results, colour());
  std::fwrite(text.data(), 1, text.size(), stdout);
  return denied ? 1 : 0;
}

}  // namespace

void add_check(CLI::App& app, int& code) {
  auto options = std::make_shared<Options>();
  auto* cmd = app.add_subcommand("check", "Judge manifests offline, each as a CREATE, as the cluster would");
  cmd->add_option("PATH", options->paths,
                  "Files, folders, or - for standard input; reviews, profiles and policies among them count too")
      ->required()
      ->type_name("");
  cmd->add_option("--from", options->from, "More directories of reviews, profiles and policies")->type_name("DIR");
  cmd->add_option("-o,--output", options->output, "text or json")->check(CLI::IsMember({"text", "json"}));
  cmd->add_option("--now", options->now, "Judge as of this date (RFC 3339) instead of now")->type_name("TIME");
  cmd->callback([options, &code] { code = check(*options); });
}

}  // namespace launchgate
