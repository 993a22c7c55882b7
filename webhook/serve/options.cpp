#include "serve/options.h"

#include <charconv>

namespace launchgate {

Result<Endpoint> parse_endpoint(std::string_view text) {
  const auto colon = text.rfind(':');
  const std::string_view digits = colon == std::string_view::npos ? text : text.substr(colon + 1);
  std::string_view address = colon == std::string_view::npos ? std::string_view{} : text.substr(0, colon);
  if (address.size() >= 2 && address.front() == '[' && address.back() == ']')
    address = address.substr(1, address.size() - 2);
  Endpoint out{std::string{address}, 0};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out.port);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size())
    return Error{"\"" + std::string{text} +
                 "\" is no address to listen on: expected ADDRESS:PORT, such as 0.0.0.0:8443, [::]:8443 or :8443"};
  return out;
}

}  // namespace launchgate
