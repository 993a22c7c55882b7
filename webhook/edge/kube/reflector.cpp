#include "edge/kube/reflector.h"

#include <mutex>
#include <thread>

#include "edge/kube/backoff.h"
#include "edge/kube/escape.h"
#include "edge/kube/lines.h"
#include "edge/kube/parts.h"

namespace launchgate::kube {
namespace {

using std::chrono::milliseconds;

constexpr const char* kMetadata = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";
constexpr milliseconds kListPatience{300'000};
constexpr milliseconds kHeadPatience{30'000};
constexpr milliseconds kBrief{1'000};  // a watch that ends sooner without a word has failed

// https://kubernetes.io/docs/reference/using-api/api-concepts/#streaming-lists
constexpr std::string_view kInitialEnd = "k8s.io/initial-events-end";

}  // namespace

struct Reflector::Parts {
  Client& client;
  const Resource resource;
  const ReflectorOptions options;
  Sink& sink;
  Stop stop;
  std::thread thread;
  mutable std::mutex mutex;
  ReflectorState state;

  // Of the thread alone.
  std::string version;    // empty: list
  bool streaming = true;  // the server has streaming lists, as far as is known
  unsigned missing = 0;   // 404 in a row

  void run();
  bool ended(const Failure& failure, Backoff& backoff);
  void absent(const Failure& failure);
  Outcome<bool> list();
  Outcome<bool> watch(bool initial);
  bool event(Node root, bool& initial, Failure& failed);
  void seen(std::string_view at);
  void synced();
  template <class Change>
  void tell(Change&& change) {
    const std::lock_guard lock(mutex);
    change(state);
  }
};

Reflector::Reflector(Client& client, Resource resource, ReflectorOptions options, Sink& sink)
    : parts_(new Parts{client, std::move(resource), std::move(options), sink, {}, {}, {}, {}, {}, true, 0}) {}

Reflector::~Reflector() {
  stop();
  if (parts_->thread.joinable()) parts_->thread.join();
}

void Reflector::start() {
  parts_->thread = std::thread([parts = parts_.get()] { parts->run(); });
  pthread_setname_np(parts_->thread.native_handle(), parts_->resource.plural.substr(0, 15).c_str());
}

void Reflector::stop() { parts_->stop.request(); }

ReflectorState Reflector::state() const {
  const std::lock_guard lock(parts_->mutex);
  return parts_->state;
}

const Resource& Reflector::resource() const { return parts_->resource; }

void Reflector::Parts::run() {
  Backoff backoff{options.first_backoff, options.most_backoff};
  while (!stop.requested()) {
    const Deadline begun = Clock::now();
    const bool initial = version.empty();
    const std::uint64_t before = state.events;
    Outcome<bool> done = initial && !streaming ? list() : watch(initial);
    if (done) {
      missing = 0;
      if (Clock::now() - begun >= kBrief || state.events != before || (initial && !streaming)) {
        backoff.reset();
        continue;
      }
      done = Failure{0, "Unreachable", "the watch ended as soon as it began", {}};
    }
    if (!ended(done.failure(), backoff)) return;
  }
}

// What to do after a failure; false: end.
bool Reflector::Parts::ended(const Failure& failure, Backoff& backoff) {
  if (stop.requested()) return false;
  if (failure.gone()) {
    version.clear();
    tell([](ReflectorState& s) { s.error = "its resourceVersion is too old: listing again"; });
    return stop.sleep(Backoff::random_up_to(options.first_backoff));
  }
  if (version.empty() && streaming && (failure.status == 400 || failure.status == 422)) {
    streaming = false;  // sendInitialEvents is unknown or switched off there
    return true;
  }
  if (failure.status == 401) client.parts().refused();
  if (failure.status == 403) {
    // A server that has just started forbids everything until it has read its RBAC, for a second or so. What was listed
    // once is kept and only grows old; a replica that turned unready for it would make an outage of a restart.
    missing = 0;
    tell([&](ReflectorState& s) { s.absent = !s.synced, s.error = failure.message; });
    return stop.sleep(backoff.next());
  }
  if (failure.not_found()) {
    absent(failure);
    return stop.sleep(options.absent / 2 + Backoff::random_up_to(options.absent / 2));
  }
  tell([&](ReflectorState& s) { s.error = failure.message; });
  const auto pause = failure.retry_after ? milliseconds{*failure.retry_after} : backoff.next();
  return stop.sleep(pause);
}

// Not there. Twice, where it was before: the CRD is gone, and with it all of its objects. Once may be a server that starts.
void Reflector::Parts::absent(const Failure& failure) {
  const bool gone = ++missing >= 2 || !state.synced;
  if (missing == 2 && state.synced) {
    sink.replace_begin();
    sink.replace_end();
  }
  version.clear();
  tell([&](ReflectorState& s) {
    s.absent = gone;
    s.error = failure.message;
  });
}

void Reflector::Parts::synced() {
  tell([&](ReflectorState& s) {
    s.synced = true;
    s.absent = false;
    s.error.clear();
    s.fresh = Clock::now();
    s.resource_version = version;
    ++s.lists;
  });
}

void Reflector::Parts::seen(std::string_view at) {
  if (!at.empty()) version = at;
  tell([&](ReflectorState& s) {
    s.fresh = Clock::now();
    s.resource_version = version;
    s.error.clear();
    ++s.events;
  });
}

Outcome<bool> Reflector::Parts::list() {
  sink.replace_begin();
  const auto got = client.list(
      resource,
      {.ns = options.ns,
       .label_selector = options.label_selector,
       .field_selector = options.field_selector,
       .page = options.page,
       .metadata_only = options.metadata_only},
      [&](Node item) { sink.upsert(item); }, kListPatience);
  if (!got) return got.failure();
  sink.replace_end();
  version = *got;
  synced();
  return true;
}

// `initial`: begins with all objects. Returns when the server ends it, as it does every few minutes.
Outcome<bool> Reflector::Parts::watch(bool initial) {
  Client::Parts& parts = client.parts();
  ListOptions selection{.ns = options.ns,
                        .label_selector = options.label_selector,
                        .field_selector = options.field_selector,
                        .page = 0,
                        .metadata_only = options.metadata_only};
  std::string query = query_of(selection, {});
  query += query.empty() ? "?" : "&";
  query += "watch=true&allowWatchBookmarks=true&timeoutSeconds=" +
           std::to_string(300 + Backoff::random_up_to(milliseconds{300}).count());
  if (initial) query += "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan";
  if (!version.empty()) query += "&resourceVersion=", append_escaped(query, version);
  Request request{.target = parts.cluster.base_path + resource.path(options.ns) + query};
  if (options.metadata_only) request.accept = kMetadata;

  auto caller = parts.caller();
  if (!caller) return caller.failure();
  auto stream = parts.connect(Clock::now() + kHeadPatience, stop);
  if (!stream) return stream.failure();
  if (initial) sink.replace_begin();
  Lines lines{parts.options.max_object + 1024};
  Doc doc;
  Failure failed;
  const OnBody body = [&](std::string_view piece) {
    return lines.feed(piece, [&](std::string& line) {
      if (const auto read = read_object(line, parts.options.max_object + 1024, doc); !read) {
        failed = {0, "Malformed", "GET " + request.target + ": an event cannot be read: " + read.error().text(), {}};
        return false;
      }
      return event(doc.root(), initial, failed);
    });
  };
  if (!initial) tell([](ReflectorState& s) { s.error.clear(), s.absent = false, ++s.watches, s.fresh = Clock::now(); });
  const auto response =
      exchange(**stream, request, *caller, body, {Clock::now() + kHeadPatience, {}, options.idle}, stop);
  if (lines.overflow()) return Failure{0, "TooLarge", "GET " + request.target + ": an object is too large", {}};
  if (!failed.message.empty()) return failed;
  if (!response) return response.failure();
  if (response->status >= 400) return failure_of(request, *response);
  if (initial) return Failure{0, "Unreachable", "GET " + request.target + ": ended before the list was complete", {}};
  return true;
}

// One event; false: the watch is of no more use, and `failed` says why.
bool Reflector::Parts::event(Node root, bool& initial, Failure& failed) {
  const auto type = root["type"].text();
  const Node object = root["object"];
  const Node meta = object["metadata"];
  if (type == "ERROR") {
    const auto code = object["code"].text();
    failed = {code == "410"   ? 410u
              : code == "404" ? 404u
              : code == "403" ? 403u
                              : 500u,
              std::string{object["reason"].text()},
              "watch of " + resource.plural + ": " + std::string{object["message"].text().substr(0, 512)},
              {}};
    return false;
  }
  if (type == "ADDED" || type == "MODIFIED") sink.upsert(object);
  else if (type == "DELETED") sink.remove(object);
  if (initial && type == "BOOKMARK" && meta["annotations"][kInitialEnd].text() == "true") {
    version = meta["resourceVersion"].text();
    initial = false;
    sink.replace_end();
    synced();
  }
  // While the initial list streams its objects stand in no order: its version is that of the bookmark at its end.
  seen(initial ? std::string_view{} : meta["resourceVersion"].text());
  return !stop.requested();
}

}  // namespace launchgate::kube
