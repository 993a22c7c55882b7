#include "cli/output.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "cli/complain.h"

namespace launchgate {

void guard_streams() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(fd, F_GETFD) == -1) (void)!::open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int written(int code) {
  const bool before = std::ferror(stdout) != 0;  // then its reason is no longer known
  if (std::fflush(stdout) == 0 && !before) return code;
  return complain(std::string{"cannot write to standard output: "} +
                  (before ? "what was written is cut off" : std::strerror(errno)));
}

}  // namespace launchgate
