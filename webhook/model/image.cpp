#include "model/image.h"

#include <algorithm>

#include "base/secretlike.h"

namespace launchgate {
namespace {

constexpr std::string_view docker = "docker.io", library = "library/", ellipsis = "…";
constexpr std::string_view algorithm = "sha256:";

// A first segment with a dot or a port, or localhost, is a registry.
Repository read_repository(std::string_view name) {
  const auto slash = name.find('/');
  if (slash == std::string_view::npos) return {docker, true, name};
  const auto first = name.substr(0, slash);
  const auto dotted = [](char c) { return c == '.' || c == ':'; };
  if (std::none_of(first.begin(), first.end(), dotted) && first != "localhost") return {docker, false, name};
  return {first == "index.docker.io" ? docker : first, false, name.substr(slash + 1)};
}

}  // namespace

bool operator==(const Repository& a, const Repository& b) {
  if (a.registry != b.registry) return false;
  if (a.library == b.library) return a.path == b.path;
  const auto &bare = a.library ? a.path : b.path, &whole = a.library ? b.path : a.path;
  return whole.size() == library.size() + bare.size() && whole.starts_with(library) && whole.ends_with(bare);
}

std::string_view image_name(std::string_view image) {
  if (image.substr(0, algorithm.size()) == algorithm) return {};
  image = image.substr(0, image.find('@'));
  const auto colon = image.rfind(':');
  return colon != std::string_view::npos && image.find('/', colon) == std::string_view::npos ? image.substr(0, colon)
                                                                                             : image;
}

std::string_view image_digest(std::string_view image) {
  if (image.substr(0, algorithm.size()) == algorithm) return image;
  const auto at = image.find('@');
  return at == std::string_view::npos ? std::string_view{} : image.substr(at + 1);
}

bool same_repository(std::string_view a, std::string_view b) {
  a = image_name(a);
  b = image_name(b);
  if (a == b) return true;
  const auto last = [](std::string_view name) { return name.substr(name.rfind('/') + 1); };  // npos + 1 is 0
  if (a.empty() || b.empty() || last(a) != last(b)) return false;
  return read_repository(a) == read_repository(b);
}

Image parse_image(std::string_view image) {
  Image out;
  const auto name = image_name(image), digest = image_digest(image);
  out.digest = digest;
  if (digest.size() == image.size()) return out;
  if (const auto whole = image.substr(0, image.find('@')); whole.size() > name.size())
    out.tag = whole.substr(name.size() + 1);
  if (!name.empty()) out.repository = read_repository(name);
  return out;
}

bool same_image(const Image& a, const Image& b) {
  if (!a.digest.empty() && !b.digest.empty()) return a.digest == b.digest;
  const auto tag = [](const Image& i) { return i.tag.empty() && i.digest.empty() ? "latest" : i.tag; };
  return a.repository == b.repository && tag(a) == tag(b) && !tag(a).empty();
}

std::string short_digests(std::string_view text) {
  if (!secret_kind(text).empty()) return "(not shown)";
  std::string out;
  out.reserve(124);
  const auto plain = [&](std::string_view run) {  // false: it would be more than 120 bytes
    for (const char c : run) {
      if (out.size() >= 120 && (static_cast<unsigned char>(c) & 0xc0) != 0x80) return false;
      out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    }
    return true;
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto at = std::min(text.find(algorithm, i), text.size());
    if (!plain(text.substr(i, at - i))) return out + std::string{ellipsis};
    if (at == text.size()) break;
    if (out.size() >= 120) return out + std::string{ellipsis};
    const auto hex = text.substr(at + algorithm.size());
    const auto end = std::min(hex.find_first_not_of("0123456789abcdef"), hex.size());
    out.append(algorithm).append(hex.substr(0, std::min<std::size_t>(end, 12)));
    if (end > 12) out += ellipsis;
    i = at + algorithm.size() + end;
  }
  return out;
}

}  // namespace launchgate
