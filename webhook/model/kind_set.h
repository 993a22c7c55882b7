// The kinds that hold in a cluster: the built-in table, and what its policies add to it or put in place of its rows.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/kinds.h"

namespace launchgate {

// One entry of ReadinessPolicy spec.workloadKinds[], decoded and sound. What it leaves out stays as the built-in row says.
struct DeclaredKind {
  std::string group, kind, plural;
  std::optional<std::string> versions;  // this and the lists below: words with blanks between them, as in Kind
  std::optional<KindPosture> posture;
  std::optional<std::string> pod_templates, images, models, arguments, environment, rollout, ignored;
};

// Immutable once built. Any number of threads may read it. Rows live as long as the set and its copies.
class KindSet {
 public:
  KindSet() = default;
  // Several policies that declare one kind: the stricter posture, and the paths of all of them.
  explicit KindSet(const std::vector<const DeclaredKind*>& declared);

  // Null for a kind that is in neither.
  const Kind* find(std::string_view group, std::string_view kind) const {
    return own_.empty() ? find_kind(group, kind) : find_own(group, kind);  // most clusters have the built-in ones only
  }
  // In the order of the table; those that policies add stand last.
  std::vector<const Kind*> all() const;

 private:
  struct Row;  // a Kind and the texts that it points to
  const Kind* find_own(std::string_view group, std::string_view kind) const;
  std::vector<std::shared_ptr<const Row>> own_;
};

// The row that `declared` makes of the built-in one, or of nothing, in words: what is wrong with it. Nothing: it is sound.
std::optional<std::string> fault_of(const DeclaredKind& declared);

}  // namespace launchgate
