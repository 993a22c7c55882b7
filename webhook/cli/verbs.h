// Every verb that there is, and what holds for the options of all of them.
#pragma once

#include <CLI/CLI.hpp>

#include <functional>
#include <string>

namespace launchgate {

// Registers the verbs of other rooms (`more`) and those of this one. `file`: the name of the file that runs. What a verb
// returns is stored in `code`.
void add_verbs(CLI::App& app, int& code, const std::string& file, const std::function<void(CLI::App&, int&)>& more);

}  // namespace launchgate
