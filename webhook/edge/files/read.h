// Bounded reading of files: what cannot be trusted to be small, or to be a file at all, is never read whole.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/result.h"

struct stat;

namespace launchgate {

// The bytes of `path`, or of standard input for "-". Pipes are read to their end, so `<(helm template …)` works.
// More than `limit` bytes, and directories, are an Error that names the file.
Result<std::string> read_file(const std::string& path, std::size_t limit);

// What tells one version of a file from the next without reading it.
struct FileId {
  dev_t dev = 0;
  ino_t ino = 0;
  std::int64_t size = 0, mtime_ns = 0, ctime_ns = 0;

  static FileId of(const struct stat& status);
  bool operator==(const FileId&) const = default;
};

struct FileBytes {
  std::string bytes;
  FileId id;
  bool torn = false;  // it changed while it was read: some of it is old and some is new
};

// A regular file, never waiting: a pipe or a device that has taken its place is an Error.
Result<FileBytes> read_regular(const std::string& path, std::size_t limit);

// "7 MiB", for messages about limits.
std::string in_mebibytes(std::size_t bytes);

}  // namespace launchgate
