#include "wire/locate.h"

#include <charconv>

#include "wire/text.h"

namespace launchgate {
namespace {

struct Found {
  Node node;           // the deepest place that is there
  unsigned steps = 0;  // of the path
};

// "spec", "[2]", "[]" (the first), "[name]" (the element of that name): the first of `path`, taken off it.
std::string_view next_step(std::string_view& path) {
  if (path.starts_with('.')) path.remove_prefix(1);
  const auto end = path.starts_with('[') ? path.find(']') : path.find_first_of(".[");
  const auto size = end == std::string_view::npos ? path.size() : path.starts_with('[') ? end + 1 : end;
  const auto step = path.substr(0, size);
  path.remove_prefix(size);
  return step;
}

Node child(Node node, std::string_view step) {
  if (!step.starts_with('[')) return node[step];
  const auto inside = step.substr(1, step.size() - 2);
  if (inside.empty()) return node.is_array() ? node.at(0) : Node{};
  std::uint32_t position = 0;
  const auto [end, error] = std::from_chars(inside.data(), inside.data() + inside.size(), position);
  if (error == std::errc{} && end == inside.data() + inside.size()) return node.is_array() ? node.at(position) : Node{};
  for (Node element : node)
    if (element["name"].text() == inside) return element;
  return {};
}

Found deepest(Node root, std::string_view path) {
  Found found{root, 0};
  while (!path.empty()) {
    const auto step = next_step(path);
    if (step.empty()) break;
    const Node next = child(found.node, step);
    if (!next) break;
    found = {next, found.steps + 1};
  }
  return found;
}

// The object that set a value of a resolved spec. The layers are the review, its profile and the policies' defaults, in
// the order of the inputs; a profile that is missing is an input and no layer.
const Doc* layer(const Review& review, std::uint8_t origin) {
  for (const auto& input : review.inputs) {
    if (!input) continue;
    if (origin == 0) return input.get();
    --origin;
  }
  return review.object.get();
}

Place in_review(const Review& review, Node node, const FileOf& file_of) {
  const Doc* object = review.merged ? layer(review, node.origin()) : review.object.get();
  return {file_of(object), node.line()};
}

}  // namespace

Place locate(const GateResult& result, const Verdict& verdict, const Place& workload, const FileOf& file_of) {
  const auto path = path_of(result);
  const Found manifest = deepest(verdict.workload.object, path);
  if (verdict.review && path.starts_with("spec")) {
    std::string_view below = path;
    next_step(below);
    Found review = deepest(verdict.review->spec(), below);
    ++review.steps;  // "spec" itself
    // Both have a spec: the path belongs to the one that knows more of it, and to the review when neither does.
    if (review.steps >= manifest.steps) {
      Place place = in_review(*verdict.review, review.node, file_of);
      if (!place.file.empty() && place.line) return place;
    }
  }
  return manifest.steps > 1 && manifest.node.line() ? Place{workload.file, manifest.node.line()} : workload;
}

}  // namespace launchgate
