#include "edge/kube/client.h"

#include "edge/kube/backoff.h"
#include "edge/kube/cutter.h"
#include "edge/kube/escape.h"
#include "edge/kube/parts.h"

namespace launchgate::kube {
namespace {

using std::chrono::milliseconds;

constexpr const char* kMetadataList = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";

// One call with its retries.
class Call {
 public:
  Call(Client::Parts& parts, const Request& request, Patience patience)
      : parts_(parts), request_(request), until_(Clock::now() + patience) {}

  // `body` may have been called for an attempt that failed; `begun` is asked whether that must end the call.
  template <class Begun>
  Outcome<bool> run(const OnBody& body, Begun&& begun) {
    while (true) {
      ++parts_.calls;
      auto response = attempt(body);
      if (response && response->status < 400) return true;
      Failure failure = response ? failure_of(request_, *response) : response.failure();
      ++parts_.failures;
      if (begun() || !again(failure)) return failure;
      ++parts_.retries;
    }
  }

 private:
  Outcome<Response> attempt(const OnBody& body) {
    const Deadline at = parts_.bucket.take(until_);
    if (at > until_)
      return Failure{0, "Timeout", request_.method + " " + request_.target + ": too many calls wait before it", {}};
    if (at > Clock::now()) {
      ++parts_.throttled;
      if (!parts_.stop.sleep(at - Clock::now())) return Failure{0, "Stopped", "stopped", {}};
    }
    const auto caller = parts_.caller();
    if (!caller) return caller.failure();
    sent_ = false;
    std::unique_ptr<Stream> stream = parts_.from_pool();
    pooled_ = stream != nullptr;
    if (!stream) {
      auto made = parts_.connect(until_, parts_.stop);
      if (!made) return named(made.failure());
      stream = std::move(*made);
    }
    sent_ = true;
    auto response = exchange(*stream, request_, *caller, body, {until_, until_}, parts_.stop);
    if (response && response->keep) parts_.to_pool(std::move(stream));
    return response;
  }

  // Waits, and says whether to try again.
  bool again(const Failure& failure) {
    const bool read = request_.method == "GET";
    milliseconds pause{0};
    if (failure.status == 429) {
      pause = failure.retry_after ? milliseconds{*failure.retry_after} : backoff_.next();
    } else if (failure.status == 401 && !refused_) {
      refused_ = true;  // once: with credentials that are fetched anew
      parts_.refused();
      return true;
    } else if (failure.status >= 500) {
      if (!read) return false;
      pause = failure.retry_after ? milliseconds{*failure.retry_after} : backoff_.next();
    } else if (failure.status == 0) {
      if (failure.reason == "Stopped" || failure.reason == "Credentials" || failure.reason == "Tls" ||
          failure.reason == "Malformed" || (sent_ && !read))
        return false;
      if (!pooled_ || tries_ > 2) pause = backoff_.next();  // a kept connection that has died costs nothing
    } else {
      return false;
    }
    ++tries_;
    return Clock::now() + pause < until_ && parts_.stop.sleep(pause + milliseconds{1});
  }

  Failure named(Failure failure) const {
    failure.message = request_.method + " " + request_.target + ": " + failure.message;
    return failure;
  }

  Client::Parts& parts_;
  const Request& request_;
  const Deadline until_;
  Backoff backoff_{milliseconds{100}, milliseconds{2'000}};
  bool sent_ = false, pooled_ = false, refused_ = false;
  unsigned tries_ = 0;
};

// A call whose answer is one object.
Outcome<Doc> object_call(Client::Parts& parts, const Request& request, Patience patience, bool any_text = false) {
  std::string text;
  bool large = false;
  Call call{parts, request, patience};
  const auto done = call.run(
      [&](std::string_view piece) {
        text.append(piece);
        large = text.size() > parts.options.max_object;
        return !large;
      },
      [&] {
        text.clear();
        return false;
      });
  if (!done) return done.failure();
  const auto refuse = [&](const char* reason, const std::string& why) {
    return Failure{0, reason, request.method + " " + request.target + ": the answer " + why, {}};
  };
  if (large) return refuse("TooLarge", "is larger than " + std::to_string(parts.options.max_object) + " bytes");
  Doc doc;
  if (auto read = read_object(text, parts.options.max_object, doc); !read) {
    if (!any_text) return refuse("Malformed", "is not JSON: " + read.error().text());
    DocBuilder build{doc};
    build.string(text);
  }
  return doc;
}

std::string query(std::initializer_list<std::pair<const char*, std::string_view>> fields) {
  std::string out;
  for (const auto& [key, value] : fields) {
    if (value.empty()) continue;
    out += out.empty() ? '?' : '&';
    out.append(key).append("=");
    append_escaped(out, value);
  }
  return out;
}

// A call that brings an object along. `target`: below the cluster's base path.
Outcome<Doc> write(Client::Parts& parts, const char* method, const std::string& target, const char* content_type,
                   std::string_view body, Patience patience) {
  return object_call(
      parts, {.method = method, .target = parts.cluster.base_path + target, .content_type = content_type, .body = body},
      patience);
}

}  // namespace

Client::Client(Cluster cluster, ClientOptions options)
    : parts_(std::make_unique<Parts>(std::move(cluster), std::move(options))) {}

Client::~Client() { stop(); }

void Client::stop() { parts_->stop.request(); }

const Cluster& Client::cluster() const { return parts_->cluster; }

Client::Counters Client::counters() const {
  const Parts& p = *parts_;
  return {p.calls, p.failures, p.retries, p.throttled, p.connections};
}

Outcome<Doc> Client::get(const Resource& r, std::string_view ns, std::string_view name, Patience patience) {
  return object_call(*parts_, {.target = parts_->cluster.base_path + r.path(ns, name)}, patience);
}

Outcome<Doc> Client::get_path(std::string_view path, Patience patience, std::string_view accept) {
  Request request{.target = parts_->cluster.base_path + std::string{path}};
  if (!accept.empty()) request.accept = accept;
  return object_call(*parts_, request, patience, true);
}

Outcome<std::string> Client::list(const Resource& r, const ListOptions& options,
                                  const std::function<void(Node item)>& visit, Patience patience) {
  const Deadline until = Clock::now() + patience;
  std::string more, version;
  do {
    Request request{.target = parts_->cluster.base_path + r.path(options.ns) + query_of(options, more)};
    if (options.metadata_only) request.accept = kMetadataList;
    bool begun = false;
    std::string bad;
    Doc doc;
    std::string text;
    ItemCutter cut{parts_->options.max_object, [&](std::string_view item) {
                     begun = true;
                     text.assign(item);
                     if (const auto read = read_object(text, parts_->options.max_object, doc)) visit(doc.root());
                     else if (bad.empty()) bad = read.error().text();
                   }};
    Call call{*parts_, request, std::chrono::duration_cast<milliseconds>(until - Clock::now())};
    const auto done = call.run([&](std::string_view piece) { return cut.feed(piece); }, [&] { return begun; });
    if (!done) return done.failure();
    if (cut.error()) bad = cut.error();
    text = cut.rest();
    if (bad.empty())
      if (const auto read = read_object(text, parts_->options.max_object, doc); !read) bad = read.error().text();
    if (!bad.empty()) return Failure{0, "Malformed", "GET " + request.target + ": the list cannot be read: " + bad, {}};
    const Node meta = doc.root()["metadata"];
    more = meta["continue"].text();
    version = meta["resourceVersion"].text();
  } while (!more.empty());
  return version;
}

Outcome<Doc> Client::create(const Resource& r, std::string_view ns, std::string_view object, Patience patience,
                            bool dry_run) {
  return write(*parts_, "POST", r.path(ns) + query({{"dryRun", dry_run ? "All" : ""}}), "application/json", object,
               patience);
}

Outcome<Doc> Client::update(const Resource& r, std::string_view ns, std::string_view name, std::string_view object,
                            Patience patience, std::string_view subresource) {
  return write(*parts_, "PUT", r.path(ns, name, subresource), "application/json", object, patience);
}

Outcome<Doc> Client::apply(const Resource& r, std::string_view ns, std::string_view name, std::string_view object,
                           std::string_view field_manager, bool force, Patience patience,
                           std::string_view subresource) {
  const auto how = query({{"fieldManager", field_manager}, {"force", force ? "true" : ""}});
  return write(*parts_, "PATCH", r.path(ns, name, subresource) + how, "application/apply-patch+yaml",  // JSON is YAML
               object, patience);
}

Outcome<Doc> Client::merge_patch(const Resource& r, std::string_view ns, std::string_view name, std::string_view patch,
                                 Patience patience, std::string_view subresource) {
  return write(*parts_, "PATCH", r.path(ns, name, subresource), "application/merge-patch+json", patch, patience);
}

Outcome<bool> Client::remove(const Resource& r, std::string_view ns, std::string_view name, Patience patience) {
  const auto gone =
      object_call(*parts_, {.method = "DELETE", .target = parts_->cluster.base_path + r.path(ns, name)}, patience);
  if (!gone && !gone.failure().not_found()) return gone.failure();
  return true;
}

}  // namespace launchgate::kube
