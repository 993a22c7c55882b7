// read_json on any bytes: no crash, and what it accepts is JSON that survives being written and read again.
#include "base/json_read.h"

#include <memory>

#include "base/json_write.h"
#include "base/utf8.h"
#include "fuzz/fuzz.h"

using namespace launchgate;

namespace {

KeyTest skip_some(std::string_view) {
  return [](std::string_view key) { return key == "managedFields"; };
}

// Reads from a buffer of exactly the promised size whose padding is hostile: full of what could end the text.
bool reads_before(std::string_view text, char behind, const JsonOptions& options) {
  const auto size = text.size() + kJsonPadding;
  const std::unique_ptr<char[]> buffer(new char[size]);
  std::copy(text.begin(), text.end(), buffer.get());
  std::fill(buffer.get() + text.size(), buffer.get() + size, behind);
  Doc doc;
  return static_cast<bool>(read_json_padded({buffer.get(), text.size()}, doc, options));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  JsonOptions options;
  options.limits = fuzz::small_limits();
  options.lines = size % 2;
  const auto read = read_json(text, options);

  for (const char behind : {']', '}', ',', '[', '{', '"', ':', '1', ' '})
    fuzz::check(reads_before(text, behind, options) == static_cast<bool>(read),
                "the bytes behind the text do not matter");
  JsonOptions skipping = options;
  skipping.skip = skip_some;
  const auto partly = read_json(text, skipping);
  fuzz::check(!read || partly, "skipping refuses nothing that is read whole");

  if (!read) {
    fuzz::check(!read.error().message.empty(), "an error says what it is");
    return 0;
  }
  fuzz::check(utf8_valid_prefix(text) == text.size(), "what is read is UTF-8");
  std::string written, canonical, again;
  append_json(written, read->root());
  const auto back = read_json(written, options);
  fuzz::check(back && same(back->root(), read->root()), "what is written reads back the same");
  append_canonical_json(canonical, read->root());
  const auto reread = read_json(canonical, options);
  fuzz::check(static_cast<bool>(reread), "canonical JSON is JSON");
  append_canonical_json(again, reread->root());
  fuzz::check(again == canonical, "canonical JSON is its own canonical form");
  return 0;
}
