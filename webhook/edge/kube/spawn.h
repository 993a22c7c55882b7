// spawn(): runs a program without a shell and returns what it printed.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace launchgate::kube {

// Standard input is empty, standard error is ours. An Error: it cannot be run, took longer than `patience` (it is
// killed then), printed more than 1 MiB or ended with another code than 0. `env` is added to our own environment.
Result<std::string> spawn(const std::string& command, const std::vector<std::string>& args,
                          const std::vector<std::pair<std::string, std::string>>& env, std::chrono::seconds patience);

}  // namespace launchgate::kube
