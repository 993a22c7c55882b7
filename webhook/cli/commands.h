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
void add_report(CLI::App& app, int& code);
void add_suspend(CLI::App& app, int& code);  // suspend and resume
void add_approve(CLI::App& app, int& code);
void add_waive(CLI::App& app, int& code);
void add_renew(CLI::App& app, int& code);
void add_doctor(CLI::App& app, int& code);
void add_cleanup(CLI::App& app, int& code);
void add_init(CLI::App& app, int& code);
void add_completion(CLI::App& app, int& code, const std::string& program);  // `program`: the file that runs
void add_kinds(CLI::App& app, int& code);
void add_preview(CLI::App& app, int& code);  // preview, plan and policy explain
void add_version(CLI::App& app, int& code);
void add_reference(CLI::App& app, int& code);  // hidden: the command line as data

}  // namespace launchgate
