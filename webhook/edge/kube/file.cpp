#include "edge/kube/file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace launchgate::kube {
namespace {

constexpr std::size_t kMost = 1u << 20;

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

Result<std::string> read_small_file(const std::string& path) {
  const std::unique_ptr<std::FILE, Close> file{std::fopen(path.c_str(), "re")};
  if (!file) return Error{std::string{"cannot be opened: "} + std::strerror(errno), {}, path};
  std::string text(kMost + 1, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file.get()));
  if (std::ferror(file.get())) return Error{"cannot be read: is it a directory?", {}, path};
  if (text.size() > kMost) return Error{"is larger than 1 MiB", {}, path};
  return text;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return std::string{text.substr(first, text.find_last_not_of(blank) - first + 1)};
}

}  // namespace launchgate::kube
