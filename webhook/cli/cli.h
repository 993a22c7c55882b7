// The command line. Exit codes (DESIGN §6): 0 allowed or passed, 1 denied, 2 bad input or usage.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace launchgate {

// Parses and runs. `more` adds the verbs of other rooms (serve): it registers them on the app and stores what they
// return through the int. Only main.cpp wires the two.
int run_cli(int argc, char** argv, const std::function<void(CLI::App&, int&)>& more);

}  // namespace launchgate
