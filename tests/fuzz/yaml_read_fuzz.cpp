// read_yaml on any bytes: no crash, no endless expansion, and every document it yields is sound JSON within the bounds.
#include "base/yaml_read.h"

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/utf8.h"
#include "fuzz/fuzz.h"

using namespace launchgate;

namespace {

struct Size {
  std::size_t values = 0, text = 0, depth = 0;
};

void measure(Node node, std::size_t depth, Size& size) {
  ++size.values;
  size.text += node.key().size() + (node.is_bool() ? 0 : node.text().size());
  if (node.type() >= Type::Array) size.depth = std::max(size.depth, depth + 1);
  fuzz::check(utf8_valid_prefix(node.text()) == node.text().size(), "a scalar is UTF-8");
  fuzz::check(utf8_valid_prefix(node.key()) == node.key().size(), "a key is UTF-8");
  fuzz::check(node.line() != 0, "every value has a line");
  for (Node child : node) measure(child, depth + 1, size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  const auto limits = fuzz::small_limits();
  const auto docs = read_yaml(text, limits);
  if (!docs) {
    fuzz::check(!docs.error().message.empty(), "an error says what it is");
    return 0;
  }
  for (const Doc& doc : *docs) {
    Size found;
    measure(doc.root(), 0, found);
    fuzz::check(found.values <= limits.max_values, "values within the bound, aliases expanded");
    fuzz::check(found.text <= limits.max_text, "text within the bound, aliases expanded");
    fuzz::check(found.depth <= limits.max_depth, "depth within the bound, aliases expanded");
    std::string written;
    append_json(written, doc.root());
    JsonOptions options;
    options.limits.max_bytes = 64u << 20;
    const auto back = read_json(written, options);
    fuzz::check(back && same(back->root(), doc.root()), "what is written as JSON reads back the same");
  }
  return 0;
}
