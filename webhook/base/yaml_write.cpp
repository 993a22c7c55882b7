#include "base/yaml_write.h"

#include <algorithm>
#include <iterator>

#include "base/json_write.h"

namespace launchgate {
namespace {

bool is_block(Node node) { return node.type() >= Type::Array && node.size() > 0; }

std::string inline_text(Node node) {
  switch (node.type()) {
    case Type::Null: return "null";
    case Type::String: return yaml_scalar(node.text());
    case Type::Array: return "[]";
    case Type::Object: return "{}";
    default: return std::string{node.text()};
  }
}

void append_items(std::string& out, Node list, unsigned indent) {
  for (Node item : list) {
    out.append(indent, ' ').append("- ");
    if (!is_block(item)) {
      out += inline_text(item) + "\n";
      continue;
    }
    // The first member stands beside the dash, the others below it.
    const auto at = out.size();
    append_yaml(out, item, indent + 2);
    out.erase(at, indent + 2);
  }
}

}  // namespace

std::string yaml_scalar(std::string_view text) {
  const bool letter = !text.empty() && ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z'));
  const bool plain = letter && text.find_first_not_of(
                                   "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                   "-._/@") == std::string_view::npos;
  constexpr std::string_view words[] = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"};
  std::string lower{text};
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (plain && std::find(std::begin(words), std::end(words), lower) == std::end(words)) return std::string{text};
  std::string out;
  append_json_string(out, text);
  return out;
}

void append_yaml(std::string& out, Node node, unsigned indent) {
  if (node.is_array()) return append_items(out, node, indent);
  for (Node member : node) {
    out.append(indent, ' ').append(yaml_scalar(member.key())).append(":");
    if (!is_block(member)) {
      out += " " + inline_text(member) + "\n";
      continue;
    }
    out += "\n";
    append_yaml(out, member, member.is_array() ? indent : indent + 2);
  }
}

}  // namespace launchgate
