// JSON text -> Doc, strictly (RFC 8259): duplicate keys, invalid UTF-8, bad numbers, trailing text and nesting
// beyond the bound are errors. Thread safe: each thread keeps its own parser.
#pragma once

#include <string>
#include <string_view>

#include "base/doc.h"
#include "base/key_rule.h"
#include "base/limits.h"
#include "base/result.h"

namespace launchgate {

// simdjson reads this many bytes past the end; whoever owns the text must have them allocated.
inline constexpr std::size_t kJsonPadding = 64;

struct JsonOptions {
  ReadLimits limits = {};
  KeyRule skip = nullptr;  // values that the caller does not want: skipped unparsed, and not in the Doc
  bool lines = false;      // record the line of every value; costs a pass over the text
  bool borrow = false;     // the Doc refers to the text where it can instead of copying it: the text has to outlive it
};

// Reads `text`, behind which at least kJsonPadding bytes are readable, into `doc` (its buffers are reused).
// Errors carry the line and the path of the field.
Result<bool> read_json_padded(std::string_view text, Doc& doc, const JsonOptions& options = {});

// The same from text without padding (copies it).
Result<Doc> read_json(std::string_view text, const JsonOptions& options = {});

// True if `text` is a number in JSON's grammar.
bool is_json_number(std::string_view text);

}  // namespace launchgate
