// The API server in memory, as far as a few calls go: resourceVersions and their conflicts, 404, 409, server-side apply
// of a list that is a map by name. A test can look on, step in between two calls, and break any of them.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "edge/kube/api.h"
#include "support/docs.h"

namespace launchgate::testing {

class ApiTwin : public kube::Api {
 public:
  using Json = nlohmann::ordered_json;
  // "get secrets gates/launchgate"; called before the call is done, and may make calls of its own.
  std::function<void(const std::string& call)> before = [](const std::string&) {};
  // A call that is to fail. status 0: nobody answers.
  std::function<std::optional<kube::Failure>(const std::string& call)> fails = [](const std::string&) { return std::nullopt; };

  // Steps in, as somebody else would: the resourceVersion moves on.
  void put(const kube::Resource& r, const std::string& ns, Json object) {
    const std::lock_guard lock(mutex_);
    object["apiVersion"] = r.api_version();
    object["kind"] = r.kind;
    if (r.namespaced) object["metadata"]["namespace"] = ns;
    const std::string path = r.path(ns, object["metadata"]["name"].get<std::string>());
    (void)store(path, std::move(object));
  }
  void drop(const kube::Resource& r, const std::string& ns, const std::string& name) {
    const std::lock_guard lock(mutex_);
    objects_.erase(r.path(ns, name));
  }
  // null: it is not there.
  Json peek(const kube::Resource& r, const std::string& ns, const std::string& name) const {
    const std::lock_guard lock(mutex_);
    const auto found = objects_.find(r.path(ns, name));
    return found == objects_.end() ? Json{} : found->second;
  }
  void serve(const std::string& path, Json answer) { paths_[path] = std::move(answer); }   // what get_path gives
  std::vector<std::string> calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
  }
  unsigned writes() const {
    unsigned count = 0;
    for (const std::string& call : calls()) count += !call.starts_with("get") && !call.starts_with("list");
    return count;
  }

  kube::Outcome<Doc> get(const kube::Resource& r, std::string_view ns, std::string_view name) override {
    if (auto failure = begin("get", r, ns, name)) return *failure;
    const std::lock_guard lock(mutex_);
    const auto found = objects_.find(r.path(ns, name));
    if (found == objects_.end()) return missing("GET " + r.path(ns, name));
    return doc(found->second.dump());
  }
  kube::Outcome<Doc> get_path(std::string_view path) override {
    const std::string call = "get " + std::string{path};
    before(call);
    if (auto failure = fails(call)) return *failure;
    const auto found = paths_.find(std::string{path});
    if (found == paths_.end()) return missing("GET " + std::string{path});
    return doc(found->second.dump());
  }
  kube::Outcome<std::string> list(const kube::Resource& r, const kube::ListOptions& options, const std::function<void(Node)>& visit) override {
    if (auto failure = begin("list", r, options.ns, options.label_selector)) return *failure;
    std::vector<Json> found;
    {
      const std::lock_guard lock(mutex_);
      for (const auto& [path, object] : objects_)
        if (path.starts_with(r.path(options.ns) + "/") && selected(object, options.label_selector)) found.push_back(object);
    }
    for (Json& object : found) {
      object.erase("apiVersion");   // as a list gives its items
      object.erase("kind");
      const Doc item = doc(object.dump());
      visit(item.root());
    }
    return std::to_string(version_);
  }
  kube::Outcome<Doc> create(const kube::Resource& r, std::string_view ns, std::string_view object, bool dry_run = false) override {
    Json wanted = Json::parse(object);
    const std::string name = wanted.contains("metadata") ? wanted["metadata"].value("name", "") : "";
    if (auto failure = begin(dry_run ? "dry-run" : "create", r, ns, name)) return *failure;
    if (answer_create) return answer_create(r, wanted);
    const std::lock_guard lock(mutex_);
    const std::string path = r.path(ns, name);
    if (objects_.count(path)) return kube::Failure{409, "AlreadyExists", "POST " + path + ": 409 AlreadyExists"};
    return dry_run ? doc(wanted.dump()) : store(path, std::move(wanted));
  }
  kube::Outcome<Doc> update(const kube::Resource& r, std::string_view ns, std::string_view name, std::string_view object) override {
    if (auto failure = begin("update", r, ns, name)) return *failure;
    const std::lock_guard lock(mutex_);
    const auto found = objects_.find(r.path(ns, name));
    if (found == objects_.end()) return missing("PUT " + r.path(ns, name));
    Json wanted = Json::parse(object);
    if (wanted["metadata"]["resourceVersion"] != found->second["metadata"]["resourceVersion"]) return conflict("PUT " + found->first);
    return store(found->first, std::move(wanted));
  }
  kube::Outcome<Doc> apply(const kube::Resource& r, std::string_view ns, std::string_view name, std::string_view object, std::string_view manager) override {
    if (auto failure = begin("apply", r, ns, name)) return *failure;
    EXPECT_FALSE(manager.empty());
    const std::lock_guard lock(mutex_);
    const auto found = objects_.find(r.path(ns, name));
    if (found == objects_.end()) return missing("PATCH " + r.path(ns, name));
    const Json wanted = Json::parse(object);
    if (wanted["metadata"].contains("resourceVersion") && wanted["metadata"]["resourceVersion"] != found->second["metadata"]["resourceVersion"])
      return conflict("PATCH " + found->first);
    Json merged = found->second;
    for (const Json& webhook : wanted["webhooks"]) {
      bool there = false;
      for (Json& old : merged["webhooks"])
        if (old["name"] == webhook["name"]) old.merge_patch(webhook), there = true;
      if (!there) return kube::Failure{422, "Invalid", "PATCH " + found->first + ": 422 Invalid: webhooks: Required value"};
    }
    return store(found->first, std::move(merged));
  }
  kube::Outcome<bool> remove(const kube::Resource& r, std::string_view ns, std::string_view name) override {
    if (auto failure = begin("remove", r, ns, name)) return *failure;
    const std::lock_guard lock(mutex_);
    objects_.erase(r.path(ns, name));
    return true;
  }

  // What a create answers, where it is not to be stored.
  std::function<kube::Outcome<Doc>(const kube::Resource&, const Json&)> answer_create;

 private:
  std::optional<kube::Failure> begin(std::string_view verb, const kube::Resource& r, std::string_view ns, std::string_view name) {
    const std::string call = std::string{verb} + " " + r.plural + " " + (ns.empty() ? "" : std::string{ns} + "/") + std::string{name};
    {
      const std::lock_guard lock(mutex_);
      calls_.push_back(call);
    }
    before(call);
    return fails(call);
  }
  static bool selected(const Json& object, const std::string& selector) {
    if (selector.empty()) return true;
    const auto at = selector.find('=');
    const Json labels = object["metadata"].value("labels", Json::object());
    return labels.value(selector.substr(0, at), "") == selector.substr(at + 1);
  }
  kube::Outcome<Doc> store(const std::string& path, Json object) {
    object["metadata"]["resourceVersion"] = std::to_string(++version_);
    objects_[path] = object;
    return doc(object.dump());
  }
  static kube::Failure missing(const std::string& call) { return {404, "NotFound", call + ": 404 NotFound"}; }
  static kube::Failure conflict(const std::string& call) { return {409, "Conflict", call + ": 409 Conflict: the object has been modified"}; }

  mutable std::mutex mutex_;
  std::map<std::string, Json> objects_;
  std::map<std::string, Json> paths_;
  std::vector<std::string> calls_;
  unsigned version_ = 100;
};

}  // namespace launchgate::testing
