// The operator as an attendant of `serve`: rooms do not know each other, so this stands above both.
#pragma once

#include <memory>
#include <vector>

#include "serve/attendant.h"

namespace launchgate {

// The operator; nothing with --no-operator.
std::vector<std::unique_ptr<Attendant>> attend_operator(const Surroundings& around);

}  // namespace launchgate
