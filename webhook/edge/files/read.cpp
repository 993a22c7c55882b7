#include "edge/files/read.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace launchgate {
namespace {

// A descriptor that is closed at the end of its scope, unless it is standard input.
class Fd {
 public:
  explicit Fd(int fd) : fd_(fd) {}
  ~Fd() {
    if (fd_ > STDIN_FILENO) ::close(fd_);
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  int get() const { return fd_; }

 private:
  const int fd_;
};

Error cannot_read(const std::string& path, int why) {
  return {"cannot be read: " + std::generic_category().message(why), {}, path};
}

Error too_large(const std::string& path, std::size_t limit) {
  return {"is larger than " + in_mebibytes(limit) + ", which is the limit; split it", {}, path};
}

std::int64_t nanoseconds(const timespec& t) { return static_cast<std::int64_t>(t.tv_sec) * 1'000'000'000 + t.tv_nsec; }

// Everything up to the end, or an Error once it is more than `limit`. `expected` only saves reallocations.
Result<std::string> read_to_end(int fd, const std::string& path, std::size_t limit, std::size_t expected) {
  std::string bytes;
  std::size_t size = 0;
  while (true) {
    // One byte more than expected, so that the end shows in the same call.
    if (size == bytes.size()) bytes.resize(std::min(limit, std::max({size * 2, expected, std::size_t{4096}})) + 1);
    const ssize_t got = ::read(fd, bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return cannot_read(path, errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
    if (size > limit) return too_large(path, limit);
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

std::string in_mebibytes(std::size_t bytes) {
  return bytes % (1u << 20) == 0 ? std::to_string(bytes >> 20) + " MiB" : std::to_string(bytes) + " bytes";
}

FileId FileId::of(const struct stat& s) {
  return {s.st_dev, s.st_ino, static_cast<std::int64_t>(s.st_size), nanoseconds(s.st_mtim), nanoseconds(s.st_ctim)};
}

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  if (path == "-") return read_to_end(STDIN_FILENO, "(standard input)", limit, 0);
  const Fd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY)};
  struct stat status {};
  if (fd.get() < 0 || ::fstat(fd.get(), &status) != 0) return cannot_read(path, errno);
  if (S_ISDIR(status.st_mode)) return Error{"is a directory, a file was expected", {}, path};
  return read_to_end(fd.get(), path, limit, static_cast<std::size_t>(std::max<off_t>(status.st_size, 0)));
}

Result<FileBytes> read_regular(const std::string& path, std::size_t limit) {
  // O_NONBLOCK: opening a pipe that nobody writes to would wait for ever.
  const Fd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)};
  struct stat before {
  }, after{};
  if (fd.get() < 0 || ::fstat(fd.get(), &before) != 0) return cannot_read(path, errno);
  if (!S_ISREG(before.st_mode)) return Error{"is not a regular file", {}, path};
  if (static_cast<std::size_t>(before.st_size) > limit) return too_large(path, limit);
  auto bytes = read_to_end(fd.get(), path, limit, static_cast<std::size_t>(before.st_size));
  if (!bytes) return bytes.error();
  if (::fstat(fd.get(), &after) != 0) return cannot_read(path, errno);
  const FileId id = FileId::of(before), later = FileId::of(after);
  const bool torn =
      later.size != id.size || later.mtime_ns != id.mtime_ns || static_cast<std::int64_t>(bytes->size()) != id.size;
  return FileBytes{std::move(*bytes), id, torn};
}

}  // namespace launchgate
