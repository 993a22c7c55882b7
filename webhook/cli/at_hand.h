// A review at hand, of a cluster or of a folder, for the verbs with which a person says something about it: approve,
// waive, renew. What they are about to write is judged first, as if it were there.
#pragma once

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/live.h"
#include "verdict/build.h"
#include "verdict/examine.h"

namespace launchgate {

// Which flag says what stands at a path of an object.
struct SaidBy {
  const char* path;
  const char* flag;
};

struct HandFlags {
  LiveFlags live;
  std::vector<std::string> from;  // folders; empty: the cluster
  std::string review, now, output = "text";
  bool yes = false;
};
void add_hand_flags(CLI::App& verb, HandFlags& flags);

class AtHand {
 public:
  // Null: said why on standard error.
  static std::unique_ptr<AtHand> open(HandFlags& flags);

  const Review& review() const { return *review_; }
  TimePoint now() const { return now_; }
  bool live() const { return client_ != nullptr; }
  kube::Client& client() { return *client_; }
  const Snapshot& today() const { return *today_; }
  Examination examined() const { return examine(*today_, *review_, now_); }

  // Who runs this, as the API server knows them: asked once. False: said why on standard error.
  bool know_user();
  const std::string& user() const { return user_; }
  // Of the user's groups those that a policy or the review speaks of: nobody else's business is written down.
  std::vector<std::string> telling_groups() const;

  // The world with `object` in it, in place of one of the same kind and name. Null: the object is not valid, and said
  // why, by the flag where one said it.
  std::shared_ptr<const Snapshot> with(const Doc& object, std::span<const SaidBy> flags = {}) const;
  // The review in such a world.
  const Review* review_in(const Snapshot& world) const;

  // A person has to agree, at a terminal or with --yes. 0: agreed; else the exit code.
  int agree(const HandFlags& flags, const std::string& question) const;

 private:
  AtHand() = default;
  bool load(HandFlags& flags);
  bool load_live(HandFlags& flags);

  std::unique_ptr<kube::Client> client_;
  World world_;
  std::shared_ptr<const Snapshot> today_;
  const Review* review_ = nullptr;
  TimePoint now_;
  std::string user_;
  std::vector<std::string> groups_;
};

// "-o yaml" prints the object and writes nothing. A folder has nobody to write to.
inline bool only_prints(const HandFlags& flags) { return flags.output == "yaml" || !flags.from.empty(); }
void print_object(const Doc& object);
// For people: on standard error where standard output is for the object.
void tell(const HandFlags& flags, const std::string& text);

}  // namespace launchgate
