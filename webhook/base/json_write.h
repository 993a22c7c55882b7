// Doc -> JSON text: plain, and canonical (RFC 8785) for digests. Writing appends to a caller's string, so that a
// server's reply reuses one buffer.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/doc.h"
#include "base/key_rule.h"

namespace launchgate {

// "text" in quotes, escaped. Invalid UTF-8 is replaced (U+FFFD), so that the output is always valid JSON.
void append_json_string(std::string& out, std::string_view text);

// The value as it stands, in its own order, without white space.
void append_json(std::string& out, Node node);

// RFC 8785 (JSON Canonicalization Scheme): sorted keys, shortest numbers. Null members are left out, and so are
// those that `leave_out` names, and members whose object is empty once they are gone.
// `hidden`: further members to leave out, by their Node::index(), ascending.
void append_canonical_json(std::string& out, Node node, KeyRule leave_out = nullptr,
                           std::span<const std::uint32_t> hidden = {});

// A number's text as ECMAScript prints the double (RFC 8785 §3.2.2.3).
std::string canonical_number(std::string_view text);

// RFC 8785 §3.2.3 sorts keys by UTF-16 code units, which differs from byte order above U+FFFF.
bool utf16_less(std::string_view a, std::string_view b);

}  // namespace launchgate
