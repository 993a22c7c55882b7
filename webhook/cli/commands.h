// One function a verb: registers itself on the app and, when chosen, stores its exit code.
#pragma once

#include <CLI/CLI.hpp>

namespace launchgate {

void add_admit(CLI::App& app, int& code);
void add_check(CLI::App& app, int& code);
void add_tier(CLI::App& app, int& code);
void add_gates(CLI::App& app, int& code);  // gates and explain
void add_status(CLI::App& app, int& code);
void add_audit(CLI::App& app, int& code);
void add_suspend(CLI::App& app, int& code);  // suspend and resume
void add_version(CLI::App& app, int& code);

}  // namespace launchgate
