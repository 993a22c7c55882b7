#include "edge/files/replace.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

namespace launchgate {
namespace {

class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  explicit operator bool() const { return fd_ >= 0; }
  int fd() const { return fd_; }
  // The errors that a disk reports late.
  bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

Error failed(const std::string& path, const char* what) {
  return {std::string{what} + ": " + std::strerror(errno), {}, path, 0};
}

// Where a chain of links ends; the path itself where nothing stands there yet.
std::string resolved(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real{::realpath(path.c_str(), nullptr), &std::free};
  return real ? std::string{real.get()} : path;
}

mode_t usual_mode() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

}  // namespace

std::optional<Error> replace_file(const std::string& path, std::string_view bytes) {
  struct stat there {};
  const bool exists = ::stat(path.c_str(), &there) == 0;
  if (exists && !S_ISREG(there.st_mode)) {
    if (S_ISDIR(there.st_mode)) return Error{"is a directory: name a file", {}, path, 0};
    File as_is{::open(path.c_str(), O_WRONLY | O_CLOEXEC)};
    if (!as_is || !write_all(as_is.fd(), bytes) || !as_is.close()) return failed(path, "cannot be written");
    return {};
  }
  const std::string target = resolved(path);
  std::string beside = target + ".XXXXXX";
  File file{::mkostemp(beside.data(), O_CLOEXEC)};
  if (!file) return failed(path, "cannot be written");
  const mode_t mode = exists ? there.st_mode & 07777 : usual_mode();
  const bool done = ::fchmod(file.fd(), mode) == 0 && write_all(file.fd(), bytes) && ::fsync(file.fd()) == 0 &&
                    file.close() && std::rename(beside.c_str(), target.c_str()) == 0;
  if (done) return {};
  const auto error = failed(path, "cannot be written");
  ::unlink(beside.c_str());
  return error;
}

}  // namespace launchgate
