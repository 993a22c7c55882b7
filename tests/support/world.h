// Worlds and requests for tests: YAML text -> Snapshot, a recorded file -> Change, a tweak of the base fixture -> what
// becomes of it. Whatever owns the text must outlive the verdict, as in the program.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json_write.h"
#include "base/yaml_read.h"
#include "support/docs.h"
#include "verdict/approvals.h"
#include "verdict/digest.h"
#include "verdict/judge.h"
#include "verdict/tier.h"
#include "wire/source.h"
#include "wire/text.h"
#include "support/source_dir.h"

namespace launchgate::testing {

using Json = nlohmann::ordered_json;

inline std::filesystem::path in_source(std::string_view path) { return std::filesystem::path{source_dir()} / path; }

inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream in{path, std::ios::binary};
  EXPECT_TRUE(in) << path << " cannot be read";
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

inline TimePoint time_at(std::string_view text) {
  const auto time = parse_time(text);
  EXPECT_TRUE(time) << text;
  return time.value_or(TimePoint{});
}

inline Json json(Node node) { return Json::parse(text(node)); }
inline Doc doc_of(const Json& value) { return doc(value.dump()); }

// Every document of a YAML text.
inline std::vector<Json> yaml_all(std::string_view text) {
  auto docs = read_yaml(text);
  EXPECT_TRUE(docs) << docs.error().text() << "\n" << text;
  std::vector<Json> out;
  if (docs)
    for (const Doc& d : *docs) out.push_back(json(d.root()));
  return out;
}
inline Json yaml(std::string_view text) {
  const auto all = yaml_all(text);
  EXPECT_EQ(all.size(), 1u) << text;
  return all.empty() ? Json::object() : all.front();
}

// The objects of a file's text, which must be free of faults and of fields that nobody knows.
inline std::vector<SourceObject> objects(std::string_view text, std::string_view file = "test.yaml") {
  auto read = read_source(file, text);
  EXPECT_TRUE(read) << read.error().text();
  if (!read) return {};
  for (const SourceObject& o : *read) EXPECT_TRUE(o.unknown_fields.empty()) << o.unknown_fields.front().text();
  return std::move(*read);
}

inline std::shared_ptr<const Snapshot> world_of(const std::vector<SourceObject>& all) {
  World w = assemble(all);
  for (const Error& e : w.problems) ADD_FAILURE() << e.text();
  return build_snapshot(std::move(w));
}
inline std::shared_ptr<const Snapshot> world(std::string_view text) { return world_of(objects(text)); }

// What the faultless files below a folder hold.
inline std::vector<SourceObject> objects_below(const std::filesystem::path& folder, std::string_view but_not = {}) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{folder})
    if (entry.path().extension() == ".yaml" && (but_not.empty() || entry.path().string().find(but_not) == std::string::npos)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<SourceObject> all;
  for (const auto& file : files)
    for (SourceObject& o : objects(slurp(file), std::filesystem::relative(file, folder).string())) all.push_back(std::move(o));
  return all;
}

// An AdmissionReview's request as a Change.
struct Request {
  std::shared_ptr<const Doc> doc;
  Change change;
};

inline Request request_of(Doc admission_review) {
  Request out{std::make_shared<const Doc>(std::move(admission_review)), {}};
  const Node r = out.doc->root()["request"];
  const auto operation = r["operation"].text();
  Change& c = out.change;
  c.operation = operation == "CREATE" ? Operation::Create : operation == "UPDATE" ? Operation::Update : Operation::Other;
  c.group = r["kind"]["group"].text();
  c.kind = r["kind"]["kind"].text();
  c.subresource = r["subResource"].text();
  c.ns = r["namespace"].text();
  c.name = r["name"].text();
  c.user = r["userInfo"]["username"].text();
  for (Node g : r["userInfo"]["groups"]) c.groups.push_back(g.text());
  c.after = r["object"];
  c.before = r["oldObject"];
  return out;
}

inline std::string recorded_text(std::string_view name) { return slurp(in_source("tests/data/admission-reviews") / (std::string{name} + ".json")); }
inline Request recorded(std::string_view name) { return request_of(doc(recorded_text(name))); }

// "Judged deny: PRR-OWN-01,PRR-COST-01": the step that settled it, what becomes of it, and the gates that are unmet.
inline std::string said(const Verdict& v) {
  const auto failed = failed_gates(v);
  return std::string{to_string(v.step)} + " " + std::string{to_string(v.decision)} + (failed.empty() ? "" : ": " + failed);
}

// "low | base: suggest x internal = low; floor: …"
inline std::string sentence(const Tiering& t) {
  std::string out{to_string(t.tier)};
  const char* separator = " | ";
  for (const TierReason& r : t.reasons) {
    out += separator + r.code + ": " + r.text;
    separator = "; ";
  }
  return out;
}

// The base fixture (a review that passes everything, its Deployment and what it refers to) with tweaks, and what
// becomes of its Deployment. The tweaks are merge patches (RFC 7386) in YAML.
//
//   Story story;
//   story.review("spec: {suspend: true}").policy("mode: warn");
//   EXPECT_EQ(said(story.create()), "Suspended deny");
class Story {
 public:
  Story() {
    for (Json& object : yaml_all(slurp(in_source("tests/fixtures/gates/base.yaml")))) {
      if (object["kind"] == "ReadinessReview") review_ = object;
      else if (object["kind"] == "Deployment") workload_ = object;
      else others_.push_back(object);
    }
  }
  Story& review(std::string_view patch) { return review_.merge_patch(yaml(patch)), *this; }
  Story& no_review() { return review_ = nullptr, *this; }
  Story& workload(std::string_view patch) { return workload_.merge_patch(yaml(patch)), *this; }
  Story& policy(std::string_view spec, std::string_view name = "platform") {
    others_.push_back({{"apiVersion", "launchgate.dev/v1alpha1"}, {"kind", "ReadinessPolicy"}, {"metadata", {{"name", name}}}, {"spec", yaml(spec)}});
    return *this;
  }
  Story& with(std::string_view more) {
    for (Json& object : yaml_all(more)) others_.push_back(object);
    return *this;
  }
  Story& at(std::string_view now) { return now_ = time_at(now), *this; }
  Story& by(std::string user, std::vector<std::string> groups = {}) { return user_ = std::move(user), groups_ = std::move(groups), *this; }
  Story& subresource(std::string name) { return subresource_ = std::move(name), *this; }
  // The Deployment as it is now becomes the old object of an UPDATE; later tweaks make the new one.
  Story& then() { return before_ = workload_, *this; }
  // The template as it is now is one of the review's approved revisions.
  Story& approved() {
    Doc now = doc_of(workload_);
    review_["status"]["approvedRevisions"].push_back(
        {{"workload", {{"kind", "Deployment"}, {"name", "assistant"}}}, {"digest", rollout_digest(*find_kind("apps", "Deployment"), now.root())}});
    return *this;
  }

  const Snapshot& world() {
    std::vector<SourceObject> all;
    const auto add = [&](const Json& o) {
      for (SourceObject& read : objects(o.dump(), "story.json")) all.push_back(std::move(read));
    };
    if (!review_.is_null()) add(review_);
    add(workload_);
    for (const Json& o : others_) add(o);
    world_ = world_of(all);
    if (wants_approvals()) {
      for (const auto& [role, person] : {std::pair{"product", "ana@example.com"}, {"platform", "raj@example.com"}, {"risk", "kim@example.com"}})
        add(approval(role, person));
      world_ = world_of(all);
    }
    return *world_;
  }
  // That of the last verdict, which points into it: world() makes a new one.
  const Snapshot& judged_in() const { return *world_; }

  Verdict create(const AdmittedRevisions* memory = nullptr) { return go(Operation::Create, memory); }
  Verdict update(const AdmittedRevisions* memory = nullptr) { return go(Operation::Update, memory); }

  // An approval of the review as it is now, with its tweaks so far.
  Json approval(const std::string& role, const std::string& person, const std::string& decision = "approve") const {
    const Review& r = *world_->reviews.at(0);
    return {{"apiVersion", "launchgate.dev/v1alpha1"},
            {"kind", "ReadinessApproval"},
            {"metadata", {{"name", role + "-" + decision}, {"namespace", r.ns}, {"annotations", {{"launchgate.dev/reviewed-fields", reviewed_fields(r.spec())}}}}},
            {"spec", {{"review", r.name}, {"reviewDigest", r.digest}, {"role", role}, {"approver", person}, {"decision", decision}}}};
  }
  Story& add(const Json& object) { return others_.push_back(object), *this; }

 private:
  // Above tier low people have to agree; a story that is about something else has their word as the review stands.
  bool wants_approvals() const {
    if (review_.is_null() || world_->reviews.empty()) return false;
    for (const Json& o : others_)
      if (o["kind"] == "ReadinessApproval") return false;
    const Doc workload = doc_of(workload_);
    const Node labels = workload.root()["metadata"]["labels"];
    const Review& r = *world_->reviews.front();
    return effective_tier(*world_, PolicySet{*world_, r.ns, labels}, r.ns, labels, r.spec()).tier > Tier::Low;
  }
  Verdict go(Operation operation, const AdmittedRevisions* memory) {
    world();
    after_doc_ = doc_of(workload_);
    before_doc_ = doc_of(before_);
    Change c = as_create(after_doc_.root());
    c.operation = operation;
    c.subresource = subresource_;
    c.user = user_;
    c.groups.assign(groups_.begin(), groups_.end());
    if (operation == Operation::Update) c.before = before_doc_.root();
    change_ = std::move(c);
    return judge(*world_, change_, now_, memory);
  }

  Json review_, workload_, before_ = Json::object();
  std::vector<Json> others_;
  std::string user_, subresource_;
  std::vector<std::string> groups_;
  TimePoint now_ = time_at("2026-11-24T12:00:00Z");
  std::shared_ptr<const Snapshot> world_;
  Doc after_doc_, before_doc_;
  Change change_;
};

}  // namespace launchgate::testing
