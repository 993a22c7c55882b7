// Tender: tends the webhook's certificates in a cluster, beside the requests and never on their path.
//
//   Tender tender{api, options, tls, {unready, metrics}, log};
//   tender.start();  …  tender.stop();
//
// Every replica has one, and they need no leader: the Secret is written only at the resourceVersion that was read, so of
// two that see the same need one writes, and the other finds it done. Each look does, in this order:
//
//   1. reads the webhook configurations, then the Secret (by name; Secrets are never listed). In this order, because a
//      caBundle is then never overwritten by one who has read an older Secret.
//   2. asks the planner (edge/tls/plan.h) whether the Secret has to change, and changes it
//   3. publishes: each caBundle becomes the CAs of the Secret, by server-side apply of that field alone, and only where
//      it differs. A CA that somebody else put there stays for an hour: replicas may still serve with it (a Secret that
//      was deleted, a change from cert-manager).
//   4. serves the Secret's certificate, once what is published verifies it; what is served now stays until then
//   5. says whether the live caBundle verifies what is served. A replica is ready only then.
//
// Without a Secret's name it does 1 and 5 alone: for certificates from files, whose caBundle cert-manager or a person keeps.
// An API server that cannot be reached changes nothing: what is served and what was known of the caBundle stay.
//
// It stands between the doors and the rooms, because it needs the API server's and the TLS server's doors at once and
// knows neither requests nor reviews; serve/ runs it, and cli/ reads webhook configurations with what it reads them with.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "certs/live.h"
#include "edge/http/tls.h"
#include "edge/kube/api.h"
#include "edge/telemetry/log.h"
#include "edge/telemetry/metrics.h"
#include "edge/tls/plan.h"

namespace launchgate {

struct TenderOptions {
  std::string ns, secret;                   // the Secret; `secret` empty: the certificates come from elsewhere
  std::vector<std::string> configurations;  // ValidatingWebhookConfigurations, by name
  std::vector<std::string> names;           // DNS names of the Service
  tls::Terms terms = {};
  std::chrono::milliseconds interval{20'000};  // between two looks when all is well
  std::chrono::milliseconds soon{1'000};       // when it is not; doubled up to the interval
  Seconds settle{5};                           // for the API server to take up a caBundle before a leaf relies on it
  Seconds stray{3600};                         // how long a CA that is not ours stays in a caBundle
};

class Tender {
 public:
  using Unready = std::function<void(std::string reason)>;  // empty: the caBundle verifies what is served

  // All of it outlives the Tender.
  Tender(kube::Api& api, TenderOptions options, std::shared_ptr<http::TlsContext> tls, Unready unready, Log& log,
         Metrics& metrics);
  ~Tender();
  void start();  // its thread
  void stop();   // returns when the call that is under way has
  void poke();   // look now: something has changed

  // One look, as the thread does it. True: all is as it should be. For the thread and for tests.
  bool look(TimePoint now);
  const std::string& reason() const { return reason_; }  // why it is not ready, after a look

 private:
  void run();
  bool read_configurations();
  bool tend(TimePoint now);
  std::optional<bool> tend_once(TimePoint now);  // nothing: somebody else was faster
  void note_published(TimePoint now);
  void publish(TimePoint now);
  std::string wanted_bundle(const std::string& live, TimePoint now);
  void serve(TimePoint now);
  void judge(TimePoint now);
  bool trusted(const std::string& chain, TimePoint now) const;
  void problem(const std::string& what);

  kube::Api& api_;
  const TenderOptions options_;
  const std::shared_ptr<http::TlsContext> tls_;
  const Unready unready_;
  Log& log_;
  Metrics& metrics_;
  const double jitter_;

  // Of the thread that looks.
  std::vector<LiveConfiguration> live_;  // as last read
  tls::Material held_;                   // the Secret, as last read or written
  std::string published_;                // the bundle that all configurations hold, and since when
  std::optional<TimePoint> published_since_;
  std::map<std::string, TimePoint> strays_;  // fingerprints of CAs that are not ours: first seen
  std::string reason_ = "the caBundle of the webhook configuration has not been looked at yet";
  std::vector<std::string> problems_;
  std::string said_;  // the problem that was logged last
  bool pending_ = false;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<bool> stopping_{false};  // also looked at between two calls
  bool poked_ = false;
  std::thread thread_;
};

}  // namespace launchgate
