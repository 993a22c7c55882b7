// Client::Parts: what calls and watches share: how to connect and who we are. Inside edge/kube only.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "edge/kube/bucket.h"
#include "edge/kube/client.h"
#include "edge/kube/exchange.h"
#include "edge/kube/stop.h"
#include "edge/kube/stream.h"

namespace launchgate::kube {

struct Client::Parts {
  Parts(Cluster where, ClientOptions wanted)
      : cluster(std::move(where)), options(std::move(wanted)), bucket(options.requests_per_second, options.burst) {}

  const Cluster cluster;
  const ClientOptions options;
  Stop stop;
  TokenBucket bucket;
  std::atomic<std::uint64_t> calls{0}, failures{0}, retries{0}, throttled{0}, connections{0};

  // A new connection with the credentials of the moment, and what to say on it.
  Outcome<std::unique_ptr<Stream>> connect(Deadline until, const Stop& ending);
  Outcome<Caller> caller();
  void refused();  // 401

  std::unique_ptr<Stream> from_pool();  // null: none that is idle
  void to_pool(std::unique_ptr<Stream> stream);

 private:
  Result<Tls> tls();

  std::mutex mutex_;
  std::vector<std::unique_ptr<Stream>> pool_;
  Tls tls_;
  std::string tls_certificate_;  // that it was made with, from an exec plugin
};

// "?limit=500&continue=…" of a collection.
std::string query_of(const ListOptions& options, std::string_view more);

// JSON as objects come from a server: managedFields are passed over.
Result<bool> read_object(std::string& text, std::size_t most, Doc& doc);

}  // namespace launchgate::kube
