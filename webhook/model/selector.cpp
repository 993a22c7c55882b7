#include "model/selector.h"

#include <algorithm>

namespace launchgate {

Result<Selector> Selector::decode(Node node) {
  Selector s;
  s.present_ = static_cast<bool>(node);
  using Op = Requirement::Op;
  for (Node label : node["matchLabels"])
    s.requirements_.push_back({std::string{label.key()}, Op::In, {std::string{label.text()}}});
  for (Node e : node["matchExpressions"]) {
    const auto op = e["operator"].text();
    Requirement r{std::string{e["key"].text()}, Op::In, {}};
    if (op == "In") r.op = Op::In;
    else if (op == "NotIn") r.op = Op::NotIn;
    else if (op == "Exists") r.op = Op::Exists;
    else if (op == "DoesNotExist") r.op = Op::DoesNotExist;
    else
      return Error{"operator is \"" + std::string{op} + "\": expected In, NotIn, Exists or DoesNotExist",
                   "matchExpressions", "", e.line()};
    for (Node v : e["values"]) r.values.emplace_back(v.text());
    s.requirements_.push_back(std::move(r));
  }
  return s;
}

bool Selector::matches(Node labels) const {
  return std::all_of(requirements_.begin(), requirements_.end(), [&](const Requirement& r) {
    const Node value = labels[r.key];
    const bool has = static_cast<bool>(value);
    const bool in = has && std::find(r.values.begin(), r.values.end(), value.text()) != r.values.end();
    switch (r.op) {
      case Requirement::Op::In: return in;
      case Requirement::Op::NotIn: return !in;
      case Requirement::Op::Exists: return has;
      case Requirement::Op::DoesNotExist: return !has;
    }
    return false;
  });
}

}  // namespace launchgate
