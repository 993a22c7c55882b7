// launchgate: picks a room and wires it.
#include <CLI/CLI.hpp>

#include "cli/cli.h"
#include "serve/command.h"
#include "serve/every_metric.h"
#include "wiring/operating.h"

int main(int argc, char** argv) {
  return launchgate::run_cli(argc, argv, [](CLI::App& app, int& code) {
    launchgate::add_serve(app, code, launchgate::attend_operator);
    launchgate::add_every_metric(app, code);
  });
}
