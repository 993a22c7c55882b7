// Api: the calls of a Client as an interface, for whoever makes few of them and is to be tested with a twin in memory
// (tests/support/api_twin.h). What each does stands in client.h. Any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/doc.h"
#include "edge/kube/client.h"

namespace launchgate::kube {

class Api {
 public:
  virtual ~Api() = default;
  virtual Outcome<Doc> get(const Resource& resource, std::string_view ns, std::string_view name) = 0;
  virtual Outcome<Doc> get_path(std::string_view path) = 0;
  virtual Outcome<std::string> list(const Resource& resource, const ListOptions& options,
                                    const std::function<void(Node item)>& visit) = 0;
  virtual Outcome<Doc> create(const Resource& resource, std::string_view ns, std::string_view object,
                              bool dry_run = false) = 0;
  virtual Outcome<Doc> update(const Resource& resource, std::string_view ns, std::string_view name,
                              std::string_view object) = 0;
  virtual Outcome<Doc> apply(const Resource& resource, std::string_view ns, std::string_view name,
                             std::string_view object, std::string_view field_manager) = 0;  // by force
  virtual Outcome<bool> remove(const Resource& resource, std::string_view ns, std::string_view name) = 0;
};

// A Client, with the same patience for every call.
class ClientApi final : public Api {
 public:
  ClientApi(Client& client, Patience patience) : client_(client), patience_(patience) {}
  Outcome<Doc> get(const Resource& resource, std::string_view ns, std::string_view name) override {
    return client_.get(resource, ns, name, patience_);
  }
  Outcome<Doc> get_path(std::string_view path) override { return client_.get_path(path, patience_); }
  Outcome<std::string> list(const Resource& resource, const ListOptions& options,
                            const std::function<void(Node item)>& visit) override {
    return client_.list(resource, options, visit, patience_);
  }
  Outcome<Doc> create(const Resource& resource, std::string_view ns, std::string_view object, bool dry_run) override {
    return client_.create(resource, ns, object, patience_, dry_run);
  }
  Outcome<Doc> update(const Resource& resource, std::string_view ns, std::string_view name,
                      std::string_view object) override {
    return client_.update(resource, ns, name, object, patience_);
  }
  Outcome<Doc> apply(const Resource& resource, std::string_view ns, std::string_view name, std::string_view object,
                     std::string_view field_manager) override {
    return client_.apply(resource, ns, name, object, field_manager, true, patience_);
  }
  Outcome<bool> remove(const Resource& resource, std::string_view ns, std::string_view name) override {
    return client_.remove(resource, ns, name, patience_);
  }

 private:
  Client& client_;
  const Patience patience_;
};

}  // namespace launchgate::kube
