// Base64 (RFC 4648 §4), as Secrets, caBundle and kubeconfigs hold their bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace launchgate {

std::string base64(std::string_view bytes);

// Line breaks and spaces are passed over; nothing: it is not base64.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace launchgate
