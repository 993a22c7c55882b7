// launchgate completion: the script for a shell.
#include <cstdio>

#include "cli/commands.h"
#include "cli/complete.h"

namespace launchgate {

void add_completion(CLI::App& app, int& code, const std::string& program) {
  auto shell = std::make_shared<std::string>();
  auto* cmd = app.add_subcommand("completion", "Print the completion script for a shell");
  cmd->add_option("SHELL", *shell, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  cmd->footer("Examples:\n  source <(" + program + " completion bash)\n  " + program +
              " completion fish >~/.config/fish/completions/" + program + ".fish\n");
  cmd->callback([shell, program, &code] {
    std::fputs(completion_script(*shell, program).c_str(), stdout);
    code = 0;
  });
}

}  // namespace launchgate
