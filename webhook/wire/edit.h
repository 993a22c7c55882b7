// One value of an object set to another: what `renew` writes, and what is judged before it is written.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/doc.h"

namespace launchgate {

// "spec.risks[0].until" in steps; nothing when it is not such a path.
using PathStep = std::variant<std::string, std::uint32_t>;
std::optional<std::vector<PathStep>> path_steps(std::string_view path);

// "spec.risks[0].until" is under "spec.risks", and under itself.
bool is_under(std::string_view path, std::string_view above);

// What stands at the path; nowhere when there is nothing.
Node at_path(Node root, const std::vector<PathStep>& steps);

// A copy with the text at the path; objects on the way are made, items of lists are not. It stays a number or a boolean
// where the value before was one and the text is one. Nothing: there is no such item.
std::optional<Doc> with_value(Node root, const std::vector<PathStep>& steps, std::string_view text);

// The whole object as a person keeps it in Git and applies it: without status and what the API server says of it.
Doc to_apply(Node object);

// {"spec": {section: …}} with the sections of `after` that differ: a merge patch (RFC 7386) from `before`.
Doc spec_patch(Node before, Node after);

}  // namespace launchgate
