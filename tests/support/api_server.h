// An API server in memory, for tests of the operator: resource versions and conflicts, 404 and 409, server-side apply on
// the status, and failures on demand. And a cluster around it: snapshots as a mirror would build them.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "operate/api.h"
#include "support/world.h"
#include "wire/decode.h"
#include "wire/schema.h"

namespace launchgate::testing {

class ApiServer final : public Api {
 public:
  using Place = std::tuple<std::string, std::string, std::string>;  // kind, namespace, name

  // As somebody else would: kubectl, a controller. Bumps the generation where the spec changes.
  void put(Json object) {
    const std::lock_guard lock(mutex_);
    Json& held = objects_[place(object)];
    const bool fresh = held.is_null();
    object["metadata"]["uid"] = fresh ? "uid-" + std::to_string(++uids_) : held["metadata"]["uid"].get<std::string>();
    const int generation = fresh ? 1 : held["metadata"].value("generation", 1) + (held["spec"] != object["spec"]);
    object["metadata"]["generation"] = generation;
    if (!fresh && !object.contains("status") && held.contains("status")) object["status"] = held["status"];
    held = std::move(object);
    bump(held);
  }
  void put_yaml(std::string_view text) {
    for (Json& object : yaml_all(text)) put(std::move(object));
  }
  void erase(const std::string& kind, const std::string& ns, const std::string& name) {
    const std::lock_guard lock(mutex_);
    objects_.erase({kind, ns, name});
  }
  Json at(const std::string& kind, const std::string& ns, const std::string& name) const {
    const std::lock_guard lock(mutex_);
    const auto found = objects_.find({kind, ns, name});
    return found == objects_.end() ? Json{} : found->second;
  }
  std::vector<Json> all(const std::string& kind) const {
    const std::lock_guard lock(mutex_);
    std::vector<Json> out;
    for (const auto& [where, object] : objects_)
      if (kind.empty() || std::get<0>(where) == kind) out.push_back(object);
    return out;
  }
  // "apply ReadinessReview shop/bot", "create Event shop/…": the writes since the last call, in order.
  std::vector<std::string> writes() {
    const std::lock_guard lock(mutex_);
    return std::exchange(writes_, {});
  }
  std::set<std::string> absent_kinds;   // that this server does not have
  // Asked before each call; a failure that it returns is what the caller gets. Without the lock held.
  std::function<std::optional<kube::Failure>(const std::string& call)> refuse;

  kube::Outcome<Doc> get(const Resource& r, std::string_view ns, std::string_view name) override {
    if (auto no = refused("get", r, ns, name)) return *no;
    const std::lock_guard lock(mutex_);
    const auto found = find(r, ns, name);
    if (found == objects_.end()) return gone(r, name);
    return doc_of(found->second);
  }
  kube::Outcome<Doc> create(const Resource& r, std::string_view ns, std::string_view text) override {
    Json object = Json::parse(text);
    const auto name = object["metadata"]["name"].get<std::string>();
    if (auto no = refused("create", r, ns, name)) return *no;
    const std::lock_guard lock(mutex_);
    if (find(r, ns, name) != objects_.end()) return kube::Failure{409, "AlreadyExists", r.kind + " " + name + " already exists", {}};
    Json& held = objects_[{r.kind, std::string{ns}, name}];
    held = std::move(object);
    held["metadata"]["uid"] = "uid-" + std::to_string(++uids_);
    bump(held);
    note("create", r, ns, name);
    return doc_of(held);
  }
  kube::Outcome<Doc> update(const Resource& r, std::string_view ns, std::string_view name, std::string_view text) override {
    if (auto no = refused("update", r, ns, name)) return *no;
    Json object = Json::parse(text);
    const std::lock_guard lock(mutex_);
    const auto found = find(r, ns, name);
    if (found == objects_.end()) return gone(r, name);
    if (object["metadata"].value("resourceVersion", "") != found->second["metadata"]["resourceVersion"]) return conflict(r, name);
    found->second = std::move(object);
    bump(found->second);
    note("update", r, ns, name);
    return doc_of(found->second);
  }
  kube::Outcome<Doc> apply(const Resource& r, std::string_view ns, std::string_view name, std::string_view text, std::string_view sub) override {
    if (auto no = refused("apply", r, ns, name)) return *no;
    const Json object = Json::parse(text);
    const std::lock_guard lock(mutex_);
    const auto found = find(r, ns, name);
    if (sub.empty() && !absent_kinds.contains(r.kind)) {   // the object itself: made where it is not there
      Json& held = objects_[{r.kind, std::string{ns}, std::string{name}}];
      const Json uid = held.is_null() ? Json("uid-" + std::to_string(++uids_)) : held["metadata"]["uid"];
      held = object;
      held["metadata"]["uid"] = uid;
      bump(held);
      note("apply", r, ns, name);
      return doc_of(held);
    }
    if (found == objects_.end() || sub != "status") return gone(r, name);
    for (const char* field : {"uid", "resourceVersion"})
      if (object["metadata"].contains(field) && object["metadata"][field] != found->second["metadata"][field]) return conflict(r, name);
    note("apply", r, ns, name);
    if (found->second.value("status", Json{}) != object["status"]) {
      found->second["status"] = object["status"];
      bump(found->second);
    }
    return doc_of(found->second);
  }
  kube::Outcome<bool> remove(const Resource& r, std::string_view ns, std::string_view name) override {
    if (auto no = refused("remove", r, ns, name)) return *no;
    const std::lock_guard lock(mutex_);
    const auto found = find(r, ns, name);
    if (found == objects_.end()) return gone(r, name);
    objects_.erase(found);
    note("remove", r, ns, name);
    return true;
  }
  kube::Outcome<Doc> merge_patch(const Resource& r, std::string_view ns, std::string_view name, std::string_view patch) override {
    if (auto no = refused("patch", r, ns, name)) return *no;
    const std::lock_guard lock(mutex_);
    const auto found = find(r, ns, name);
    if (found == objects_.end()) return gone(r, name);
    found->second.merge_patch(Json::parse(patch));
    bump(found->second);
    note("patch", r, ns, name);
    return doc_of(found->second);
  }

 private:
  using Objects = std::map<Place, Json>;
  static Place place(const Json& object) {
    return {object["kind"].get<std::string>(), object["metadata"].value("namespace", ""), object["metadata"]["name"].get<std::string>()};
  }
  Objects::iterator find(const Resource& r, std::string_view ns, std::string_view name) { return objects_.find({r.kind, std::string{ns}, std::string{name}}); }
  static kube::Failure gone(const Resource& r, std::string_view name) { return {404, "NotFound", r.kind + " " + std::string{name} + " not found", {}}; }
  static kube::Failure conflict(const Resource& r, std::string_view name) { return {409, "Conflict", r.kind + " " + std::string{name} + " has been modified", {}}; }
  static std::string call(const char* verb, const Resource& r, std::string_view ns, std::string_view name) {
    return std::string{verb} + " " + r.kind + " " + (ns.empty() ? "" : std::string{ns} + "/") + std::string{name};
  }
  std::optional<kube::Failure> refused(const char* verb, const Resource& r, std::string_view ns, std::string_view name) {
    return refuse ? refuse(call(verb, r, ns, name)) : std::nullopt;
  }
  void note(const char* verb, const Resource& r, std::string_view ns, std::string_view name) { writes_.push_back(call(verb, r, ns, name)); }
  void bump(Json& object) { object["metadata"]["resourceVersion"] = std::to_string(++version_); }

  mutable std::mutex mutex_;
  Objects objects_;
  std::vector<std::string> writes_;
  int version_ = 0, uids_ = 0;
};

// Snapshots of what the API server holds: as with the mirror, what has not changed is the same Doc as before.
class Cluster {
 public:
  ApiServer api;

  // The very same one while nothing has changed.
  std::shared_ptr<const Snapshot> snapshot() {
    World world;
    std::map<ApiServer::Place, Held> now;
    for (const Json& object : api.all("")) {
      const ApiServer::Place place{object["kind"].get<std::string>(), object["metadata"].value("namespace", ""), object["metadata"]["name"].get<std::string>()};
      if (std::get<0>(place) == "Event" || std::get<0>(place) == "Lease" || std::get<0>(place) == "Report") continue;
      auto doc = slim(doc_of(object).root());
      const auto known = held_.find(place);
      if (known != held_.end() && same(known->second.doc->root(), doc->root())) {
        now[place] = known->second;
      } else {
        auto part = decode(doc, {});
        EXPECT_TRUE(part) << part.error().text();
        if (part) now[place] = {doc, *part};
      }
      if (now.contains(place)) add_to(world, now[place].part);
    }
    if (before_ && std::equal(now.begin(), now.end(), held_.begin(), held_.end(), [](const auto& a, const auto& b) { return a.first == b.first && a.second.doc == b.second.doc; }))
      return before_;
    held_ = std::move(now);
    before_ = build_snapshot(std::move(world), before_.get());
    return before_;
  }

 private:
  struct Held {
    std::shared_ptr<const Doc> doc;
    Part part;
  };
  std::map<ApiServer::Place, Held> held_;
  std::shared_ptr<const Snapshot> before_;
};

// The errors and unknown fields of an object against its CRD, as text; empty: valid.
inline std::string invalid(const Json& object) {
  const Doc doc = doc_of(object);
  const SchemaReport report = validate(doc.root());
  std::string out;
  for (const Error& e : report.errors) out += e.text() + "\n";
  for (const Error& e : report.unknown) out += "unknown: " + e.text() + "\n";
  return out;
}

}  // namespace launchgate::testing
