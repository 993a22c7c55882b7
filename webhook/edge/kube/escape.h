// Percent-encoding for what comes into a path or a query (RFC 3986 §2.3: everything but the unreserved is escaped).
#pragma once

#include <string>
#include <string_view>

namespace launchgate::kube {

void append_escaped(std::string& out, std::string_view text);

}  // namespace launchgate::kube
