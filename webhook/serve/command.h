// The verb `serve` on the command line.
#pragma once

#include "serve/attendant.h"

namespace CLI {
class App;
}

namespace launchgate {

// Registers it; when it was chosen, it has run and its exit code is in `code`.
void add_serve(CLI::App& app, int& code, Attend attend = {});

}  // namespace launchgate
