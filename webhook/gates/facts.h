// Facts: all that a gate may know. A gate is a pure function of it: it cannot fail, look anything up outside of it,
// log, or read the clock.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/doc.h"
#include "base/time.h"
#include "model/limits.h"
#include "model/policy.h"
#include "model/review.h"
#include "model/snapshot.h"
#include "model/tier.h"
#include "model/workload.h"

namespace launchgate {

// A signal that fired, not yet put into words: most judgements never say it. Views into literals and the workload.
struct Clue {
  std::string_view what, name;  // "env " and "OPENAI_API_KEY"

  std::string text() const { return std::string{what}.append(name); }
  bool operator==(const Clue&) const = default;
};
std::vector<std::string> texts(const std::vector<Clue>& clues);

// Why the workload counts as an LLM workload: the class, and the signals that fired.
struct Detection {
  Detected detected = Detected::None;
  std::vector<Clue> signals;        // e.g. "env OPENAI_API_KEY", "image vllm/vllm-openai"
  bool opted_out = false;           // label launchgate.dev/llm: "false" was honoured
  std::string_view opt_out_reason;  // in words of whoever opted out
  bool agent_capable = false;       // serving arguments or tool configuration say that it can act
  std::vector<Clue> agent_signals;  // which: "argument --tool-call-parser", "spec.declarative.tools"
  bool tools_configured = false;    // the manifest itself lists tools: no hint but a fact
  std::vector<std::shared_ptr<const std::string>> composed;  // names of signals that stand nowhere in one piece

  void clear();  // keeps what it has allocated
};

struct Observed;  // gates/observed.h

struct Facts {
  const Snapshot& world;
  const Workload& workload;
  const Detection& detection;
  std::span<const Review* const> covering;  // every review that covers the workload
  const Review* review = nullptr;           // the one, when exactly one does
  Node spec;                                // its resolved spec; nowhere without a review
  const Tiering& tiering;
  Tier tier = Tier::Low;    // = tiering.tier
  const Limits& limits;     // the stricter of all matching policies
  const Policy& authority;  // who may accept risks (the strictest matching policy)
  Node params;              // of the gate that runs, from the policies; nowhere when unset
  TimePoint now;
  std::span<const Policy* const> policies;  // all that match: what each of them says has to hold
  const Observed* observed = nullptr;       // beyond what the review answers; null: nobody has looked yet

  double limit(Limit which) const { return limits.get(which, tier); }
  std::string limit_text(Limit which) const;  // as people write it and base/decimal.h reads it: "300", "2.5"
  Seconds limit_span(Limit which) const { return Seconds{static_cast<std::int64_t>(limit(which))}; }
};

// ---- Shared readings of the facts, so that two gates never disagree. ----

// useCase answers with DESIGN §2's values where absent.
std::string_view automation(Node spec);  // act-with-approval where tools are listed, else suggest
std::string_view audience(Node spec);    // internal
std::string_view data_class(Node spec);  // confidential; special-category data counts as restricted
bool untrusted_input(Node spec);         // true where the audience is not internal or retrieval is on
bool sensitive_data(Node spec);          // confidential or restricted
bool has_tools(Node spec);
bool changes_state(std::string_view effect);  // any effect but read
bool is_agent(Node spec);                     // it has tools, or acts (with approval or by itself)

// Names one person: user:jo, @jo, jo.doe@example.com. (@org/team and team@example.com are groups.)
bool is_a_person(std::string_view name);

// "tool mail.send"; "an unnamed tool" where it has no name.
std::string called(std::string_view what, Node name);
// The way from `root` down to `place` of the same Doc: "spec.template.spec.containers[0].env[2]".
std::string path_to(Node root, Node place);

// A scalar whose text is not blank: somebody wrote something.
bool stated(Node value);
// A number above zero.
bool positive(Node value);
// A value as a message shows it: one line, at most 60 characters, nothing that looks like a key.
std::string shown(std::string_view text);
// "a, b, c": at most five, then "and N more".
std::string listed(const std::vector<std::string>& items);

// An environment variable by name over all containers (not init containers): its env entry, or nowhere.
Node find_env(const Workload& workload, std::string_view name);
// Calls visit(variable) for each of those, and for what an operator's kind sets outside of a container.
template <class Visit>
void each_env(const Workload& workload, Visit&& visit) {
  for (const Environment& e : workload.environments)
    if (!e.init)
      for (const EnvVariable& v : workload.variables_of(e)) visit(v);
}

// What `name` is set to, container by container (not init containers), from env and envFrom. The value is there where
// it can be known: a literal, or a key of a ConfigMap in the snapshot. Never print it.
struct EnvSetting {
  std::string_view container;
  std::optional<std::string_view> value;
};
std::vector<EnvSetting> env_settings(const Facts& f, std::string_view name);

// Calls visit(literal) for every value that stands readable in the manifests: env[].value, and the keys of ConfigMaps
// in the snapshot that env[].valueFrom or envFrom takes. Init containers count too. Never print `value`.
struct EnvLiteral {
  Node container, entry;  // entry: the one of env or envFrom
  std::string_view name, value;
  std::string_view config_map;  // its name; empty when the value stands in the workload itself
  std::string in() const;       // "env NAME of container app", or "… (ConfigMap settings)"
};
template <class Visit>
void each_env_literal(const Facts& f, Visit&& visit) {
  const auto data = [&](Node ref) {
    const WorldObject* map = ref ? f.world.find("ConfigMap", f.workload.ns, ref["name"].text()) : nullptr;
    return map ? map->object->root()["data"] : Node{};
  };
  for (const Environment& e : f.workload.environments) {
    for (const EnvVariable& v : f.workload.variables_of(e)) {
      const Node ref = v.from["configMapKeyRef"];
      const Node value = ref ? data(ref)[ref["key"].text()] : v.value;
      if (value) visit(EnvLiteral{e.container, v.entry, v.name, value.text(), ref["name"].text()});
    }
    for (Node source : e.sources)
      for (Node value : data(source["configMapRef"])) {
        const auto name = std::string{source["prefix"].text()}.append(value.key());
        visit(EnvLiteral{e.container, source, name, value.text(), source["configMapRef"]["name"].text()});
      }
  }
}

// "configmap/flags#key" and the like: how far `ref` can be followed from namespace `ns`.
struct Ref {
  Link link = Link::None;
  std::string kind, ns, name, key;
  const WorldObject* object = nullptr;
};
Ref follow(const Snapshot& world, std::string_view ns, std::string_view ref);
// claimed for a reference that cannot be followed, linked for one that was found.
Strength strength_of(Link link);
// False for a report whose bytes are not those that the review names: what it says proves nothing.
inline bool trusted(const EvalReport& report) { return report.digest_matches.value_or(true); }
// A PrometheusRule that was found holds an alert of that name.
bool has_alert(const Ref& rule, std::string_view alert);

}  // namespace launchgate
