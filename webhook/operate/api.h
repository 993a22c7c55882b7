// Api: the few calls that the operator makes of an API server. Small, so that tests have a twin in memory that behaves
// like one (tests/support/api_server.h).
#pragma once

#include <string_view>

#include "base/doc.h"
#include "edge/kube/outcome.h"
#include "edge/kube/resource.h"

namespace launchgate {

using kube::Resource;

// Calls block, for a few seconds at most. Any number of threads may call at once. Objects and patches are JSON.
class Api {
 public:
  virtual ~Api() = default;
  virtual kube::Outcome<Doc> get(const Resource& resource, std::string_view ns, std::string_view name) = 0;
  virtual kube::Outcome<Doc> create(const Resource& resource, std::string_view ns, std::string_view object) = 0;
  // PUT: a conflict where the resourceVersion that `object` carries is not the current one.
  virtual kube::Outcome<Doc> update(const Resource& resource, std::string_view ns, std::string_view name,
                                    std::string_view object) = 0;
  // Server-side apply as field manager `launchgate`, by force, of the object (an empty `subresource`) or of a part; a conflict where `object` carries a uid or a
  // resourceVersion that is not the current one.
  virtual kube::Outcome<Doc> apply(const Resource& resource, std::string_view ns, std::string_view name,
                                   std::string_view object, std::string_view subresource) = 0;
  virtual kube::Outcome<bool> remove(const Resource& resource, std::string_view ns, std::string_view name) = 0;
  // JSON merge patch (RFC 7386).
  virtual kube::Outcome<Doc> merge_patch(const Resource& resource, std::string_view ns, std::string_view name,
                                         std::string_view patch) = 0;
};

}  // namespace launchgate
