// launchgate version.
#include <cstdio>

#include "cli/commands.h"

namespace launchgate {

void add_version(CLI::App& app, int& code) {
  app.add_subcommand("version", "Print the version")->callback([&code] {
    std::printf("launchgate %s\n", LAUNCHGATE_VERSION);
    code = 0;
  });
}

}  // namespace launchgate
