#include "base/base64.h"

#include <openssl/evp.h>

#include <algorithm>

namespace launchgate {

std::string base64(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string clean;
  for (const char c : text)
    if (c != '\n' && c != '\r' && c != ' ') clean += c;
  if (clean.size() % 4 != 0) return std::nullopt;
  const auto padding = static_cast<std::size_t>(std::count(clean.begin(), clean.end(), '='));
  if (padding > 2 || clean.find('=') < clean.size() - padding) return std::nullopt;
  std::string out(clean.size() / 4 * 3 + 1, '\0');
  const int size =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(clean.data()), static_cast<int>(clean.size()));
  if (size < 0) return std::nullopt;
  out.resize(static_cast<std::size_t>(size) - padding);  // EVP_DecodeBlock counts what the padding stands for
  return out;
}

}  // namespace launchgate
