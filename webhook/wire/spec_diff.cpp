#include "wire/spec_diff.h"

#include <algorithm>
#include <set>

#include "base/json_write.h"
#include "base/printable.h"
#include "gates/facts.h"
#include "wire/conditions.h"

namespace launchgate {
namespace {

constexpr std::size_t kMostText = 160;

// By what people call an item; empty: nothing of the kind.
std::string_view identity(Node item) {
  if (!item.is_object()) return item.is_string() ? item.text() : std::string_view{};
  for (const char* key : {"name", "id", "slice", "metric"})
    if (item[key].is_string()) return item[key].text();
  return {};
}

bool has_identities(Node list) {
  std::set<std::string_view> seen;
  for (Node item : list)
    if (const auto name = identity(item); name.empty() || !seen.insert(name).second) return false;
  return true;
}

Node find_item(Node list, std::string_view name) {
  for (Node item : list)
    if (identity(item) == name) return item;
  return {};
}

std::string shown_value(Node node) {
  if (!node) return {};
  std::string text;
  if (node.is_string()) text = shown(node.text());
  else append_json(text, node);
  make_printable(text);
  const std::string_view kept = clipped(text, kMostText);
  return std::string{kept} + (kept.size() < text.size() ? "…" : "");
}

class Comparison {
 public:
  void compare(const std::string& path, Node a, Node b) {
    if (same(a, b)) return;
    if (a.is_object() && b.is_object()) return members(path, a, b);
    if (a.is_array() && b.is_array())
      return has_identities(a) && has_identities(b) ? items(path, a, b) : places(path, a, b);
    out.push_back({path, shown_value(a), shown_value(b)});
  }
  std::vector<FieldChange> out;

 private:
  void members(const std::string& path, Node a, Node b) {
    const auto at = [&](std::string_view key) {
      return path.empty() ? std::string{key} : path + "." + std::string{key};
    };
    for (Node member : b) compare(at(member.key()), a[member.key()], member);
    for (Node member : a)
      if (!b[member.key()]) compare(at(member.key()), member, {});
  }
  void items(const std::string& path, Node a, Node b) {
    const auto at = [&](std::string_view name) { return path + "[" + shown(name) + "]"; };
    for (Node item : b) compare(at(identity(item)), find_item(a, identity(item)), item);
    for (Node item : a)
      if (!find_item(b, identity(item))) compare(at(identity(item)), item, {});
  }
  void places(const std::string& path, Node a, Node b) {
    for (std::uint32_t i = 0; i < std::max(a.size(), b.size()); ++i)
      compare(path + "[" + std::to_string(i) + "]", a.at(i), b.at(i));
  }
};

}  // namespace

std::vector<FieldChange> spec_diff(Node before, Node after) {
  Comparison comparison;
  comparison.compare("", before, after);
  return std::move(comparison.out);
}

std::string diff_text(const std::vector<FieldChange>& changes) {
  std::string out;
  for (const FieldChange& c : changes) {
    if (c.before.empty()) add_line(out, "  + " + c.path + ": " + c.after);
    else if (c.after.empty()) add_line(out, "  - " + c.path + ": " + c.before);
    else add_line(out, "  ~ " + c.path + ": " + c.before + " -> " + c.after);
  }
  return out;
}

}  // namespace launchgate
