// Where the repository stands, for tests that read its files.
#pragma once

#include <string>

namespace launchgate {

std::string source_dir();

}  // namespace launchgate
