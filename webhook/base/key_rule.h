// Which members of JSON objects are left out, by their keys.
#pragma once

#include <string_view>

namespace launchgate {

// True for the key of a member that is left out.
using KeyTest = bool (*)(std::string_view key);

// The test for the members of an object, by the key of that object in its own parent; null: all of them stay. Asked once
// for each object.
using KeyRule = KeyTest (*)(std::string_view parent);

}  // namespace launchgate
