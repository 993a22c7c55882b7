// KubeApi: the operator's calls over edge/kube's client. Without logic.
#pragma once

#include "edge/kube/client.h"
#include "operate/api.h"

namespace launchgate {

class KubeApi final : public Api {
 public:
  // `client` outlives it. `patience`: how long a call may take, with its retries; less than what a lease has left when
  // its holder stops calling itself one (LeaseTimes).
  explicit KubeApi(kube::Client& client, kube::Patience patience = std::chrono::seconds{4})
      : client_(client), patience_(patience) {}

  kube::Outcome<Doc> get(const Resource& resource, std::string_view ns, std::string_view name) override {
    return client_.get(resource, ns, name, patience_);
  }
  kube::Outcome<Doc> create(const Resource& resource, std::string_view ns, std::string_view object) override {
    return client_.create(resource, ns, object, patience_);
  }
  kube::Outcome<Doc> update(const Resource& resource, std::string_view ns, std::string_view name,
                            std::string_view object) override {
    return client_.update(resource, ns, name, object, patience_);
  }
  kube::Outcome<Doc> apply(const Resource& resource, std::string_view ns, std::string_view name,
                           std::string_view object, std::string_view subresource) override {
    return client_.apply(resource, ns, name, object, "launchgate", true, patience_, subresource);
  }
  kube::Outcome<bool> remove(const Resource& resource, std::string_view ns, std::string_view name) override {
    return client_.remove(resource, ns, name, patience_);
  }
  kube::Outcome<Doc> merge_patch(const Resource& resource, std::string_view ns, std::string_view name,
                                 std::string_view patch) override {
    return client_.merge_patch(resource, ns, name, patch, patience_);
  }

 private:
  kube::Client& client_;
  const kube::Patience patience_;
};

}  // namespace launchgate
