// The kinds table: which objects run LLM workloads or decide which model answers, and where in them the pods, images,
// models and arguments stand. Kinds are data: a new kind is one row (kinds_table.cpp) and one fixture folder.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/doc.h"
#include "model/path.h"

namespace launchgate {

// What becomes of a kind's rollouts. Gate: judged. Audit: judged and recorded, never refused: routes and configuration,
// which change the model behind a workload that others wrote. Ignore: not looked at; it only stands between an owner and
// its children.
enum class KindPosture : std::uint8_t { Ignore, Audit, Gate };
std::string_view to_string(KindPosture posture);  // ignore audit gate
std::optional<KindPosture> parse_kind_posture(std::string_view text);

// One row. Every list is of paths in the language of model/path.h, absent places are passed over, so that one row serves
// several versions of a kind. Texts live as long as the row.
struct Kind {
  std::string_view group = {};  // "" for core
  std::string_view kind = {};
  std::string_view plural = {};
  Words versions = {};  // that the paths are written for; empty: any
  KindPosture posture = KindPosture::Gate;
  bool namespaced = true;
  bool llm_only = false;    // the kind itself says "LLM"
  bool reversible = false;  // its controller keeps revisions to go back to
  // Each of these makes an object an LLM workload as llm_only does: "path" is there, "path=a|b" is one of these words,
  // "path~a|b" holds one of them.
  Words llm_if = {};
  Paths pod_templates = {};  // objects with metadata and a PodSpec in `spec`, or PodSpecs
  Paths images = {};         // outside of pod templates: "repo:tag", or {registry, repository or name, tag}
  Paths models = {};         // names or locations of what answers
  Paths arguments = {};      // outside of pod templates: lists of arguments, or a text
  Paths environment = {};    // outside of pod templates: lists like a container's env
  Paths tools = {};          // a list with something in it, or true: it can act
  Paths rollout = {};        // whose change is a rollout
  Paths ignored = {};        // below those, and no rollout: replicas, traffic
  // Owner rules. `creates`: "Kind.group" of what its controller makes. The built-in controllers make nothing else; for the
  // others it is what they are known to make.
  Words creates = {};
  // "path>Kind.group": the object of that kind which is named there. `instance_of`: it is what is gated (or covered) in
  // place of this one. `depends_on`: it changes what this one runs, with no write here.
  Words instance_of = {};
  Words depends_on = {};
  Paths selects = {};  // label selectors of the pods for which it decides which model answers

  bool gated() const { return posture != KindPosture::Ignore; }
  // Of Kubernetes itself: the API server has checked its shape, and its controllers are known.
  bool built_in_api() const { return group.find('.') == std::string_view::npos; }
};

std::span<const Kind> kinds_table();

// Each row's name, in their order; where an earlier row of another group has it too, with the group: as values of one
// metric label they must differ.
std::vector<std::string> kind_labels();

// The built-in row, whatever its posture; null for other kinds. Any version of a known group counts: the API server
// converts. What policies add stands in model/kind_set.h.
const Kind* find_kind(std::string_view group, std::string_view kind);

// Where a kind stands in kinds_table(), for tables beside it; one that a policy put in the place of a built-in row stands
// there, and what it added (or null) at the table's size.
std::size_t kind_position(const Kind* kind);

// "apps/v1" -> "apps"; "v1" -> "".
std::string_view group_of(std::string_view api_version);

// "Deployment.apps"; "Pod".
std::string qualified(const Kind& kind);

// "path>Kind.group" in its three parts; empty parts when it is not written so.
struct Reference {
  std::string_view path, kind, group;
};
Reference parse_reference(std::string_view text);

// `object` meets one of kind.llm_if: that one. Empty: none.
std::string_view says_llm(const Kind& kind, Node object);

// What is wrong with a row (a path out of the language, a pod template that no rollout path reaches); nothing when it is
// sound. A test asks it of every row; a policy's kinds are asked when they are decoded.
std::optional<std::string> fault_of(const Kind& kind);

}  // namespace launchgate
