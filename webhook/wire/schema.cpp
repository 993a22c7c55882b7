#include "wire/schema.h"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>

#include "base/decimal.h"
#include "base/json_write.h"
#include "base/time.h"
#include "base/yaml_read.h"
#include "gates/facts.h"
#include "gates/table.h"
#include "wire/embedded.h"
#include "wire/params.h"
#include "wire/rules.h"

namespace launchgate {
namespace {

constexpr std::size_t kMaxErrors = 20;

// The schemas of all CRDs, and every pattern compiled, made once.
class Schemas {
 public:
  static const Schemas& get() {
    static const Schemas all;
    return all;
  }
  Node schema(std::string_view kind) const {
    const auto found = by_kind_.find(kind);
    return found == by_kind_.end() ? Node{} : found->second;
  }
  const RE2* pattern(std::string_view text) const {
    const auto found = patterns_.find(text);
    return found == patterns_.end() ? nullptr : found->second.get();
  }

 private:
  Schemas() {
    for (const auto& file : embedded_files()) {
      if (file.name.substr(0, 5) != "crds/") continue;
      auto docs = read_yaml(file.text);
      if (!docs) std::abort();  // compiled in; a test reads every one
      for (auto& doc : *docs) {
        docs_.push_back(std::make_unique<Doc>(std::move(doc)));
        const Node crd = docs_.back()->root();
        const Node schema = crd["spec"]["versions"].at(0)["schema"]["openAPIV3Schema"];
        if (!schema) continue;
        by_kind_[crd["spec"]["names"]["kind"].text()] = schema;
        compile(schema);
      }
    }
  }
  void compile(Node n) {
    if (n.key() == "pattern" && n.is_string() && !patterns_.count(n.text()))
      patterns_[n.text()] = std::make_unique<RE2>(re2::StringPiece{n.text().data(), n.text().size()}, RE2::Quiet);
    for (Node child : n) compile(child);
  }
  std::vector<std::unique_ptr<Doc>> docs_;
  std::map<std::string_view, Node> by_kind_;
  std::unordered_map<std::string_view, std::unique_ptr<RE2>> patterns_;
};

std::size_t runes(std::string_view s) {
  return static_cast<std::size_t>(std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

// 2.0 and 1e4 are integers to the API server too.
bool is_whole(std::string_view number) {
  return number.find_first_of(".eE") == std::string_view::npos ||
         canonical_number(number).find_first_of(".e") == std::string::npos;
}

// The pattern of a date has 150 characters: nobody reads out of it what to write.
bool is_date(std::string_view pattern) { return pattern.substr(0, 31) == "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-"; }
const std::string kNoDate = "is not a date: expected RFC 3339, such as 2027-06-01T00:00:00Z, or the day alone";

class Validator {
 public:
  explicit Validator(SchemaReport& report) : report_(report) {}

  void value(Node v, Node schema, const std::string& path) {
    if (report_.errors.size() >= kMaxErrors) return;
    if (!v) return;  // null is dropped by the API server where a field is not nullable
    if (!type(v, schema, path)) return;
    bounds(v, schema, path);
    if (v.is_object()) object(v, schema, path);
    if (v.is_array()) array(v, schema, path);
    any_of(v, schema, path);
    rules(v, schema, path);
  }

  // As the API server does: rules are asked of objects that fit the schema.
  void finish() {
    if (!report_.errors.empty()) return;
    report_.errors = std::move(broken_);
    if (report_.errors.size() > kMaxErrors) report_.errors.resize(kMaxErrors);
  }

 private:
  void wrong(Node at, const std::string& path, std::string message) {
    report_.errors.push_back({std::move(message), path, "", at.line()});
  }

  bool type(Node v, Node schema, const std::string& path) {
    const auto want = schema["type"].text();
    if (want.empty()) return true;
    const bool ok = want == "integer"  ? v.is_number() && is_whole(v.text())
                    : want == "number" ? v.is_number()
                                       : want == to_string(v.type());
    if (ok && v.is_number() && !std::isfinite(std::strtod(std::string{v.text()}.c_str(), nullptr))) {
      wrong(v, path, "is " + std::string{v.text().substr(0, 40)} + ": expected a number below 1.8e308");
      return false;
    }
    if (ok) return true;
    std::string have{to_string(v.type())};
    if (v.is_number() || v.is_bool()) have += " " + std::string{v.text()};
    wrong(v, path,
          "is of type " + have + ": expected " + std::string{want} + (want == "string" ? "; put it in quotes" : ""));
    return false;
  }

  void bounds(Node v, Node schema, const std::string& path) {
    if (const Node words = schema["enum"]) one_of(v, words, path);
    const auto limit = [&](const char* word, auto measure, const char* op, const char* what) {
      const Node bound = schema[word];
      if (bound && !holds(std::to_string(measure), op, bound.text()).value_or(true))
        wrong(v, path,
              std::string{"has "} + std::to_string(measure) + " " + what + ": expected " +
                  (op[0] == '<' ? "at most " : "at least ") + std::string{bound.text()});
    };
    if (v.is_string()) {
      limit("maxLength", runes(v.text()), "<=", "characters");
      limit("minLength", runes(v.text()), ">=", "characters");
      const Node p = schema["pattern"];
      const RE2* re = p ? Schemas::get().pattern(p.text()) : nullptr;
      if (re && re->ok() && !RE2::PartialMatch(re2::StringPiece{v.text().data(), v.text().size()}, *re))
        wrong(
            v, path,
            "\"" + shown(v.text()) + "\" " + (is_date(p.text()) ? kNoDate : "does not match " + std::string{p.text()}));
      if (schema["format"].text() == "date-time" && (!parse_time(v.text()) || v.text().size() < 20))
        wrong(v, path,
              "\"" + shown(v.text()) + "\" is not a date-time: expected RFC 3339, such as 2027-01-31T00:00:00Z");
    } else if (v.is_number()) {
      const Node low = schema["minimum"], high = schema["maximum"];
      const bool above = schema["exclusiveMinimum"].is_true();
      if (low && !holds(v.text(), above ? ">" : ">=", low.text()).value_or(true))
        wrong(v, path,
              "is " + std::string{v.text()} + ": expected " + (above ? "more than " : "at least ") +
                  std::string{low.text()});
      if (high && !holds(v.text(), "<=", high.text()).value_or(true))
        wrong(v, path, "is " + std::string{v.text()} + ": expected at most " + std::string{high.text()});
    } else if (v.is_array()) {
      limit("maxItems", v.size(), "<=", "entries");
      limit("minItems", v.size(), ">=", "entries");
    } else if (v.is_object()) {
      limit("maxProperties", v.size(), "<=", "members");
      limit("minProperties", v.size(), ">=", "members");
    }
  }

  void one_of(Node v, Node words, const std::string& path) {
    std::string list;
    for (Node word : words) {
      if (word.text() == v.text() && word.type() == v.type()) return;
      if (word.is_string()) list += (list.empty() ? "" : ", ") + std::string{word.text()};
    }
    wrong(v, path, "is \"" + shown(v.text()) + "\": expected one of " + list);
  }

  void object(Node v, Node schema, const std::string& path) {
    for (Node name : schema["required"])
      if (!v[name.text()])
        wrong(v, path.empty() ? std::string{name.text()} : path + "." + std::string{name.text()},
              "is missing: it is required");
    const Node properties = schema["properties"], rest = schema["additionalProperties"];
    for (Node member : v) {
      const auto at = path.empty() ? std::string{member.key()} : path + "." + std::string{member.key()};
      if (path.empty() && (member.key() == "metadata" || member.key() == "status")) continue;
      if (const Node known = properties[member.key()]) value(member, known, at);
      else if (rest.is_object()) value(member, rest, at);
      else if (properties && !schema["x-kubernetes-preserve-unknown-fields"].is_true()) unknown(member, properties, at);
    }
  }

  void unknown(Node member, Node properties, const std::string& at) {
    std::string names;
    for (Node p : properties) names += (names.empty() ? "" : ", ") + std::string{p.key()};
    if (report_.unknown.size() < kMaxErrors)
      report_.unknown.push_back(
          {"is not a field that this version knows (known here: " + names + ")", at, "", member.line()});
  }

  void array(Node v, Node schema, const std::string& path) {
    const Node items = schema["items"];
    std::size_t i = 0;
    for (Node item : v) {
      const auto at = path + "[" + std::to_string(i++) + "]";
      if (item) value(item, items, at);
      else wrong(item, at, "is null: expected " + std::string{items["type"].text()} + "; remove the entry");
    }
    const auto list = schema["x-kubernetes-list-type"].text();
    if (list == "map") list_keys(v, schema["x-kubernetes-list-map-keys"], path);
    if (list == "set") each_once(v, path);
  }

  void each_once(Node v, const std::string& path) {
    std::map<std::string, std::size_t> seen;
    std::size_t i = 0;
    for (Node item : v) {
      std::string id;
      append_canonical_json(id, item);
      const auto [first, fresh] = seen.emplace(id, i);
      if (!fresh)
        wrong(item, path + "[" + std::to_string(i) + "]",
              shown(id) + " stands already at [" + std::to_string(first->second) + "]: expected each once");
      ++i;
    }
  }

  void list_keys(Node v, Node keys, const std::string& path) {
    std::map<std::string, std::size_t> seen;
    std::size_t i = 0;
    for (Node item : v) {
      std::string id;
      for (Node key : keys) id += (id.empty() ? "" : "/") + std::string{item[key.text()].text()};
      const auto [first, fresh] = seen.emplace(id, i);
      if (!fresh)
        wrong(item, path + "[" + std::to_string(i) + "]",
              "\"" + shown(id) + "\" stands already at [" + std::to_string(first->second) + "]: expected each once");
      ++i;
    }
  }

  // Only what CRDs may say inside anyOf: value validations without a type.
  void any_of(Node v, Node schema, const std::string& path) {
    const Node choices = schema["anyOf"];
    if (!choices) return;
    for (Node choice : choices) {
      SchemaReport probe;
      Validator inner{probe};
      inner.value(v, choice, path);
      const Node negated = choice["not"];
      bool good = probe.errors.empty();
      if (good && negated) {
        SchemaReport other;
        Validator{other}.value(v, negated, path);
        good = !other.errors.empty();
      }
      if (good) return;
    }
    if (v.is_object()) wrong_members(v, schema, path);
    else wrong(v, path, "is " + said(v) + ": expected " + words_and_members(schema));
  }

  static std::string said(Node v) {
    if (v.is_string()) return "\"" + shown(v.text()) + "\"";
    return v.is_number() || v.is_bool() ? shown(v.text()) : "of type " + std::string{to_string(v.type())};
  }

  // What a choice takes: "one of block, warn, off, or an object with low, moderate, high, critical".
  static std::string words_and_members(Node schema) {
    std::string words;
    for (Node choice : schema["anyOf"])
      for (Node word : choice["enum"])
        if (word.is_string()) words += (words.empty() ? "one of " : ", ") + std::string{word.text()};
    return (words.empty() ? "a text" : words) + ", or an object with " + keys(schema["properties"]);
  }

  static std::string keys(Node object) {
    std::string out;
    for (Node member : object) out.append(out.empty() ? "" : ", ").append(member.key());
    return out;
  }

  // An object that fits no choice: a member that no choice has, else members that do not go together.
  void wrong_members(Node v, Node schema, const std::string& path) {
    const Node properties = schema["properties"];
    for (Node member : v)
      if (!properties[member.key()])
        return wrong(member, path, "has \"" + shown(member.key()) + "\": expected " + words_and_members(schema));
    if (v.size() == 0) return wrong(v, path, "is empty: expected " + words_and_members(schema));
    std::string sets;
    for (Node choice : schema["anyOf"])
      for (Node set : choice["anyOf"]) {
        std::string together;
        for (Node name : set["required"]) together.append(together.empty() ? "" : " with ").append(name.text());
        sets += (sets.empty() ? "" : ", ") + together;
      }
    wrong(v, path, "has " + keys(v) + " together: expected one of " + sets);
  }

  void rules(Node v, Node schema, const std::string& path) {
    for (Node rule : schema["x-kubernetes-validations"]) {
      const Rule* twin = find_rule(rule["rule"].text());
      if (!twin || !twin->holds || twin->holds(v)) continue;
      const auto breaks = [&](Node at, const std::string& where) {
        broken_.push_back({"breaks a rule: " + std::string{rule["message"].text()}, where, "", at.line()});
      };
      if (!twin->key) breaks(v, path);
      else
        for (Node member : v)
          if (!twin->key(member.key())) breaks(member, path + "." + shown(member.key()));
    }
  }

  SchemaReport& report_;
  std::vector<Error> broken_;  // rules that do not hold
};

// What the API server asks of every object.
void has_a_name(Node object, SchemaReport& report) {
  const Node name = object["metadata"]["name"];
  if (name.is_string() && !name.text().empty()) return;
  const auto type = name && !name.is_string()
                        ? "is of type " + std::string{to_string(name.type())} + ": expected string; put it in quotes"
                        : "is missing: it is required";
  report.errors.insert(report.errors.begin(), {type, "metadata.name", "",
                                               (name                 ? name
                                                : object["metadata"] ? object["metadata"]
                                                                     : object)
                                                   .line()});
}

// A policy's gates are named by id: one that this version lacks is said, not silently ignored.
void unknown_gates(Node object, SchemaReport& report) {
  for (Node gate : object["spec"]["gates"])
    if (!find_gate(gate.key()))
      report.unknown.push_back(
          {"is not a gate that this version knows", "spec.gates." + std::string{gate.key()}, "", gate.line()});
}

void check_params(Node object, SchemaReport& report) {
  const auto faults = param_faults(object);
  report.unknown.insert(report.unknown.end(), faults.unknown.begin(), faults.unknown.end());
  report.errors.insert(report.errors.end(), faults.wrong.begin(), faults.wrong.end());
  for (auto* list : {&report.unknown, &report.errors})
    if (list->size() > kMaxErrors) list->resize(kMaxErrors);
}

}  // namespace

bool is_launchgate_kind(std::string_view api_version, std::string_view kind) {
  return api_version.substr(0, 15) == "launchgate.dev/" && static_cast<bool>(Schemas::get().schema(kind));
}

SchemaReport validate(Node object) {
  SchemaReport report;
  Validator validator{report};
  validator.value(object, Schemas::get().schema(object["kind"].text()), "");
  validator.finish();
  has_a_name(object, report);
  if (object["kind"].text() == "ReadinessPolicy") {
    unknown_gates(object, report);
    check_params(object, report);
  }
  return report;
}

}  // namespace launchgate
