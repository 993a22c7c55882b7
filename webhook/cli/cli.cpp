#include "cli/cli.h"

#include "cli/commands.h"

namespace launchgate {
namespace {

constexpr const char* kAbout =
    "launchgate holds the rollout of an LLM workload against its ReadinessReview: owner, telemetry, budget, a way "
    "back,\n"
    "and by risk tier what else it takes. The same judgement runs in the cluster's webhook and in these commands.\n";
constexpr const char* kFooter =
    "Exit codes: 0 allowed or passed, 1 denied, 2 bad input or usage.\n\n"
    "Start here:\n"
    "  launchgate check app/                     what would the cluster say to these manifests?\n"
    "  launchgate tier app/review.yaml           which tier is it, and why?\n"
    "  launchgate explain PRR-COST-01            what does a gate want, and how is it met?\n";

}  // namespace

int run_cli(int argc, char** argv, const std::function<void(CLI::App&, int&)>& more) {
  CLI::App app{kAbout, "launchgate"};
  app.footer(kFooter);
  app.require_subcommand(1);
  int code = 0;
  more(app, code);
  add_admit(app, code);
  add_check(app, code);
  add_tier(app, code);
  add_gates(app, code);
  add_status(app, code);
  add_audit(app, code);
  add_suspend(app, code);
  add_version(app, code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) { return app.exit(e) == 0 ? 0 : 2; }
  return code;
}

}  // namespace launchgate
