#include "source_dir.h"

namespace launchgate {

std::string source_dir() { return LAUNCHGATE_SOURCE_DIR; }

}  // namespace launchgate
