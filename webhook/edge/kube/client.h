// Client: the API server, as far as launchgate needs it. Small and exact: JSON over HTTP/1.1 and TLS, a few kept-alive
// connections. Calls block their caller until their deadline, and any number of threads may call at once.
//
//   auto cluster = Cluster::from_kubeconfig(path, context);     // or in_cluster()
//   if (!cluster) …cluster.error().text()
//   Client client{std::move(*cluster)};
//   auto review = client.get(reviews, "shop", "faq-bot", std::chrono::seconds{5});
//   if (!review && review.failure().not_found()) …
//
// Reads are tried again within their deadline where that is safe (a connection that broke, 429, 5xx), with backoff and
// jitter; writes only where the server did not take them (a connection that could not be made, 429). A token bucket
// bounds how fast calls leave; who must never wait behind a busy operator (a live look-up) has a Client of its own.
// Answers are bounded in size; nothing of a body is ever logged.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/doc.h"
#include "edge/kube/cluster.h"
#include "edge/kube/outcome.h"
#include "edge/kube/resource.h"

namespace launchgate::kube {

struct ClientOptions {
  std::string user_agent = "launchgate";
  double requests_per_second = 50;  // token bucket of ordinary calls; watches do not count
  unsigned burst = 100;
  std::size_t connections = 4;         // kept open for calls; watches have their own
  std::size_t max_object = 16u << 20;  // bytes of one object; a list is read item by item
};

// How long a call may take in all, with its retries.
using Patience = std::chrono::milliseconds;

struct ListOptions {
  std::string ns = {};  // empty: all namespaces
  std::string label_selector = {}, field_selector = {};
  unsigned page = 500;         // limit=; the client goes on with the continue token
  bool metadata_only = false;  // PartialObjectMetadataList: apiVersion and kind are then of meta.k8s.io
};

class Client {
 public:
  explicit Client(Cluster cluster, ClientOptions options = {});
  ~Client();  // after its calls have returned: stop() first where some may be under way
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  Outcome<Doc> get(const Resource& resource, std::string_view ns, std::string_view name, Patience patience);

  // Visits each object as it is read, on the caller's thread; a list never stands in memory as a whole. Returns the
  // list's resourceVersion. Items lack apiVersion and kind, as the server sends them. After a failure some may have
  // been visited already.
  Outcome<std::string> list(const Resource& resource, const ListOptions& options,
                            const std::function<void(Node item)>& visit, Patience patience);

  // POST. `object` is JSON.
  Outcome<Doc> create(const Resource& resource, std::string_view ns, std::string_view object, Patience patience,
                      bool dry_run = false);
  // PUT with the resourceVersion that `object` carries: fails with conflict() when it has moved on.
  Outcome<Doc> update(const Resource& resource, std::string_view ns, std::string_view name, std::string_view object,
                      Patience patience, std::string_view subresource = {});
  // Server-side apply. `force`: take over fields that another manager owns.
  Outcome<Doc> apply(const Resource& resource, std::string_view ns, std::string_view name, std::string_view object,
                     std::string_view field_manager, bool force, Patience patience, std::string_view subresource = {});
  // JSON merge patch (RFC 7386).
  Outcome<Doc> merge_patch(const Resource& resource, std::string_view ns, std::string_view name, std::string_view patch,
                           Patience patience, std::string_view subresource = {});
  // Not found is success: it is gone.
  Outcome<bool> remove(const Resource& resource, std::string_view ns, std::string_view name, Patience patience);

  // GET of any path: "/version", "/apis", "/readyz" (a body that is not JSON becomes a string node). `accept` empty:
  // JSON.
  Outcome<Doc> get_path(std::string_view path, Patience patience, std::string_view accept = {});

  // Ends what is under way and what comes: it fails with reason Stopped. Any thread.
  void stop();

  const Cluster& cluster() const;

  // Calls so far, by what came of them. Any thread.
  struct Counters {
    std::uint64_t calls = 0, failures = 0, retries = 0, throttled = 0, connections = 0;
  };
  Counters counters() const;

  struct Parts;  // sockets stay out of this header; reflector.cpp uses it
  Parts& parts() { return *parts_; }

 private:
  std::unique_ptr<Parts> parts_;
};

}  // namespace launchgate::kube
