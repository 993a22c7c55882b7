#include "edge/kube/resource.h"

#include "edge/kube/escape.h"

namespace launchgate::kube {

void append_escaped(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', hex[byte >> 4], hex[byte & 15]};
  }
}

std::string Resource::path(std::string_view ns, std::string_view name, std::string_view subresource) const {
  std::string out = group.empty() ? "/api/" : "/apis/";
  if (!group.empty()) append_escaped(out, group), out += '/';
  append_escaped(out, version);
  if (namespaced && !ns.empty()) {
    out += "/namespaces/";
    append_escaped(out, ns);
  }
  for (const std::string_view part : {std::string_view{plural}, name, subresource}) {
    if (part.empty()) continue;
    out += '/';
    append_escaped(out, part);
  }
  return out;
}

}  // namespace launchgate::kube
