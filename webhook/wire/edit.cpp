#include "wire/edit.h"

#include <charconv>
#include <span>

#include "base/json_read.h"
#include "wire/object_writer.h"

namespace launchgate {
namespace {

using Steps = std::span<const PathStep>;

Type type_of(std::string_view text, Node before) {
  const bool was_text = before.is_string() || !before;
  if (was_text) return Type::String;
  const auto read = read_json(text, JsonOptions{});
  return read && read->root().type() >= Type::False && read->root().type() <= Type::Number ? read->root().type()
                                                                                           : Type::String;
}

class Copy {
 public:
  Copy(DocBuilder& build, std::string_view text) : build_(build), text_(text) {}
  bool failed = false;

  void value(Node node, Steps steps) {
    if (steps.empty()) return last(node);
    if (const auto* key = std::get_if<std::string>(&steps.front())) return member(node, *key, steps.subspan(1));
    item(node, std::get<std::uint32_t>(steps.front()), steps.subspan(1));
  }

 private:
  void last(Node node) {
    const Type type = type_of(text_, node);
    build_.scalar(type, type == Type::String || type == Type::Number ? text_ : std::string_view{});
  }
  void member(Node object, std::string_view key, Steps rest) {
    build_.open(Type::Object);
    for (Node m : object) {
      build_.key(m.key());
      if (m.key() == key) value(m, rest);
      else build_.copy(m);
    }
    if (object.is_object() ? !object[key] : true) {
      build_.key(key);
      value({}, rest);
    }
    (void)build_.close();
  }
  void item(Node list, std::uint32_t position, Steps rest) {
    failed |= position >= list.size();
    build_.open(Type::Array);
    std::uint32_t i = 0;
    for (Node one : list)
      if (i++ == position) value(one, rest);
      else build_.copy(one);
    (void)build_.close();
  }

  DocBuilder& build_;
  const std::string_view text_;
};

}  // namespace

std::optional<std::vector<PathStep>> path_steps(std::string_view path) {
  std::vector<PathStep> out;
  while (!path.empty()) {
    if (path.front() == '[') {
      std::uint32_t position = 0;
      const auto close = path.find(']');
      if (close == std::string_view::npos) return {};
      const auto read = std::from_chars(path.data() + 1, path.data() + close, position);
      if (read.ec != std::errc{} || read.ptr != path.data() + close) return {};
      out.emplace_back(position);
      path.remove_prefix(close + 1);
    } else {
      const auto end = std::min(path.find_first_of(".["), path.size());
      const auto key = path.substr(0, end);
      if (key.empty() || key.find_first_of(" ,/*]{}") != std::string_view::npos) return {};
      out.emplace_back(std::string{key});
      path.remove_prefix(end);
    }
    if (!path.empty() && path.front() == '.') {
      path.remove_prefix(1);
      if (path.empty()) return {};
    }
  }
  return out.empty() ? std::nullopt : std::optional{std::move(out)};
}

bool is_under(std::string_view path, std::string_view above) {
  if (!path.starts_with(above)) return false;
  return path.size() == above.size() || path[above.size()] == '.' || path[above.size()] == '[';
}

Node at_path(Node root, const std::vector<PathStep>& steps) {
  for (const PathStep& step : steps)
    root = std::holds_alternative<std::string>(step) ? root[std::get<std::string>(step)]
                                                     : root.at(std::get<std::uint32_t>(step));
  return root;
}

std::optional<Doc> with_value(Node root, const std::vector<PathStep>& steps, std::string_view text) {
  std::optional<Doc> doc{std::in_place};
  DocBuilder build{*doc};
  Copy copy{build, text};
  copy.value(root, steps);
  if (copy.failed) return {};
  return doc;
}

Doc to_apply(Node object) {
  Doc doc;
  ObjectWriter w{doc};
  const auto copy = [&](Node from, std::initializer_list<const char*> keys) {
    for (const char* key : keys)
      if (const Node value = from[key]) {
        w.build.key(key);
        w.build.copy(value);
      }
  };
  copy(object, {"apiVersion", "kind"});
  w.open("metadata");
  copy(object["metadata"], {"name", "namespace", "labels", "annotations"});
  w.close();
  copy(object, {"spec"});
  w.close();
  return doc;
}

Doc spec_patch(Node before, Node after) {
  Doc doc;
  ObjectWriter w{doc};
  w.open("spec");
  for (Node section : after["spec"])
    if (!same(before["spec"][section.key()], section)) {
      w.build.key(section.key());
      w.build.copy(section);
    }
  w.close();
  w.close();
  return doc;
}

}  // namespace launchgate
