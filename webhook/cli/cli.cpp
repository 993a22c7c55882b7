#include "cli/cli.h"

#include <algorithm>
#include <cstdio>
#include <string_view>

#include "cli/complain.h"
#include "cli/complete.h"
#include "cli/output.h"
#include "cli/verbs.h"

namespace launchgate {
namespace {

constexpr const char* kAbout =
    "launchgate holds the rollout of an LLM workload against its ReadinessReview: owner, telemetry, budget, a way "
    "back,\n"
    "and by risk tier what else it takes. The same judgement runs in the cluster's webhook and in these commands.\n";
// The same file named kubectl-launchgate is the kubectl plugin, and is called by that name.
std::string footer(const std::string& program) {
  return "Exit codes: 0 allowed or passed, 1 denied, 2 bad input or usage.\n\n"
         "Start here:\n  " +
         program + " check app/                     what would the cluster say to these manifests?\n  " + program +
         " init -f app/deploy.yaml        a first review, with what can be read from the manifest\n  " + program +
         " tier app/review.yaml           which tier is it, and why?\n  " + program +
         " explain PRR-COST-01            what does a gate want, and how is it met?\n";
}

std::string file_name(const char* path) {
  const std::string_view name = path ? path : "launchgate";
  return std::string{name.substr(name.rfind('/') + 1)};
}

// "help" and "help VERB" are what many try first: turned into "--help" and "VERB --help".
bool help_asked(std::vector<std::string>& words) {
  if (words.empty() || words.front() != "help") return false;
  words.erase(words.begin());
  return true;
}

// A first word that is neither an option nor a verb.
std::string unknown_verb(CLI::App& app, const std::vector<std::string>& words) {
  if (words.empty() || words.front().empty() || words.front().front() == '-') return {};
  const auto named = app.get_subcommands([&](const CLI::App* verb) { return verb->check_name(words.front()); });
  return named.empty() ? words.front() : std::string{};
}

int parse_and_run(int argc, char** argv, const std::function<void(CLI::App&, int&)>& more) {
  const bool plugin = argc > 0 && file_name(argv[0]) == "kubectl-launchgate";
  const std::string file = plugin ? "kubectl-launchgate" : "launchgate";
  const std::string program = plugin ? "kubectl launchgate" : "launchgate";
  CLI::App app{kAbout, program};
  app.footer(footer(program));
  app.require_subcommand(1);
  app.set_version_flag("-V,--version", "launchgate " LAUNCHGATE_VERSION, "Print the version and exit");
  int code = 0;
  add_verbs(app, code, file, more);
  std::vector<std::string> words{argv + std::min(argc, 1), argv + argc};
  if (!words.empty() && words.front() == "__complete") {
    std::fputs(completion_text(complete(app, {words.begin() + 1, words.end()})).c_str(), stdout);
    return 0;
  }
  if (help_asked(words)) words.push_back("--help");
  else if (const auto verb = unknown_verb(app, words); !verb.empty())
    return complain("there is no verb \"" + verb + "\"; launchgate --help lists them");
  try {
    std::reverse(words.begin(), words.end());  // CLI11 takes them from the back
    app.parse(words);
  } catch (const CLI::ParseError& e) { return app.exit(e) == 0 ? 0 : 2; }
  return code;
}

}  // namespace

int run_cli(int argc, char** argv, const std::function<void(CLI::App&, int&)>& more) {
  guard_streams();
  return written(parse_and_run(argc, argv, more));
}

}  // namespace launchgate
