#include "wire/revisions.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace launchgate {
namespace {

using Place = std::pair<std::string_view, std::string_view>;  // kind, name

std::string str(Node n) { return std::string{n.text()}; }

Revision read_one(Node n) {
  const Node w = n["workload"];
  Revision r{str(w["apiVersion"]),    str(w["kind"]),     str(w["name"]),         str(n["digest"]),
             str(n["firstAdmitted"]), str(n["lastSeen"]), str(n["dependencies"]), n["baseline"].is_true()};
  if (w.is_string()) {  // "Deployment/faq-bot", as a person may write it in a file
    const auto slash = w.text().find('/');
    r.kind = w.text().substr(0, slash);
    r.name = slash == std::string_view::npos ? "" : w.text().substr(slash + 1);
  }
  if (r.last_seen.empty()) r.last_seen = r.first_admitted;
  return r;
}

class Ledger {
 public:
  Ledger(const Examination& e, Node before, TimePoint now) : e_(e), before_(before), now_(format_time(now)) {
    for (Node n : before["approvedRevisions"]) all_.push_back(read_one(n));
    for (const Running& r : e.running) running_.insert({{r.object->kind, r.object->name}, r.digest});
  }

  std::vector<Revision> next() {
    see();
    record();
    // The newest first, and what runs before all.
    std::stable_sort(all_.begin(), all_.end(), [&](const Revision& a, const Revision& b) {
      return std::tuple{runs(a), std::string_view{a.last_seen}, std::string_view{a.first_admitted}} >
             std::tuple{runs(b), std::string_view{b.last_seen}, std::string_view{b.first_admitted}};
    });
    bound();
    std::sort(all_.begin(), all_.end(), [](const Revision& a, const Revision& b) {
      return std::tie(a.kind, a.name, a.first_admitted, a.digest) <
             std::tie(b.kind, b.name, b.first_admitted, b.digest);
    });
    return std::move(all_);
  }

 private:
  bool runs(const Revision& r) const {
    const auto found = running_.find({r.kind, r.name});
    return found != running_.end() && found->second == r.digest;
  }
  bool exists(const Revision& r) const { return running_.contains({r.kind, r.name}); }

  // What runs, and what ran until it was replaced just now.
  void see() {
    std::set<std::pair<Place, std::string_view>> until_now;
    for (Node w : before_["workloads"]) until_now.insert({{w["kind"].text(), w["name"].text()}, w["digest"].text()});
    for (Revision& r : all_)
      if (runs(r) || until_now.contains({{r.kind, r.name}, r.digest})) r.last_seen = now_;
  }

  void record() {
    const bool first_sight = !before_["observedGeneration"];
    for (const Running& r : e_.running) {
      const bool admitted = r.admitted || was_let_in(r);
      if (!r.observed || !(admitted || first_sight)) continue;
      const auto same = [&](const Revision& known) {
        return known.digest == r.digest && known.same_workload(r.object->kind, r.object->name);
      };
      if (const auto known = std::find_if(all_.begin(), all_.end(), same); known != all_.end()) {
        // An older launchgate wrote none down: what is there now is where it begins.
        if (known->dependencies.empty() || (r.admitted && written_again())) known->dependencies = r.dependencies;
        continue;
      }
      all_.push_back({std::string{r.verdict.workload.api_version}, r.object->kind, r.object->name, r.digest, now_, now_,
                      r.dependencies, !admitted});
    }
  }

  // The status says so of this very rollout, from before its controller took it up: what came since, a pause perhaps, does
  // not make it a stranger. Which replica admitted it, and remembers, is not known here.
  bool was_let_in(const Running& r) const {
    for (Node c : before_["conditions"])  // the verdict there does not speak of the pause
      if (c["type"].text() == "Suspended" && c["status"].text() != "False") return false;
    for (Node w : before_["workloads"])
      if (w["kind"].text() == r.object->kind && w["name"].text() == r.object->name && w["digest"].text() == r.digest)
        return w["verdict"].text() != to_string(Decision::Deny);
    return false;
  }

  // The review is another one than the status speaks of.
  bool written_again() const {
    return before_["observedGeneration"].text() != e_.review->object->root()["metadata"]["generation"].text();
  }

  void bound() {
    std::map<Place, std::size_t> kept;
    std::size_t gone = 0, total = 0;
    std::vector<Revision> out;
    for (Revision& r : all_) {
      const Place place{r.kind, r.name};
      const auto at = kept.find(place);
      const bool first = at == kept.end();
      if (total == kRevisionsAll || (!first && at->second == kRevisionsEach)) continue;
      if (first && !exists(r) && ++gone > kGoneWorkloads) continue;
      out.push_back(r);
      ++kept[{r.kind, r.name}];
      ++total;
    }
    all_ = std::move(out);
  }

  const Examination& e_;
  const Node before_;
  const std::string now_;
  std::vector<Revision> all_;
  std::map<Place, std::string_view> running_;
};

}  // namespace

std::vector<Revision> next_revisions(const Examination& examination, Node before, TimePoint now) {
  return Ledger{examination, before, now}.next();
}

}  // namespace launchgate
