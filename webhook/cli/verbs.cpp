#include "cli/verbs.h"

#include "cli/commands.h"

namespace launchgate {
namespace {

// An option that may be given several times takes one value each time. CLI11 would let it take every word up to the
// next option, and "check --from reviews app/" would judge nothing.
void take_one_value_each(CLI::App& app) {
  for (CLI::Option* option : app.get_options())
    if (!option->get_positional()) option->allow_extra_args(false);
  for (CLI::App* verb : app.get_subcommands({})) take_one_value_each(*verb);
}

}  // namespace

void add_verbs(CLI::App& app, int& code, const std::string& file, const std::function<void(CLI::App&, int&)>& more) {
  more(app, code);
  add_admit(app, code);
  add_check(app, code);
  add_init(app, code);
  add_tier(app, code);
  add_gates(app, code);
  add_status(app, code);
  add_audit(app, code);
  add_report(app, code);
  add_suspend(app, code);
  add_approve(app, code);
  add_waive(app, code);
  add_renew(app, code);
  add_doctor(app, code);
  add_cleanup(app, code);
  add_completion(app, code, file);
  add_kinds(app, code);
  add_preview(app, code);
  add_version(app, code);
  add_reference(app, code);
  take_one_value_each(app);
}

}  // namespace launchgate
