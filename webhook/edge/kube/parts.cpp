#include "edge/kube/parts.h"

#include "base/json_read.h"
#include "edge/kube/escape.h"

namespace launchgate::kube {
namespace {

KeyTest is_noise(std::string_view parent) {
  if (parent != "metadata") return nullptr;
  return [](std::string_view key) { return key == "managedFields"; };
}

void add_query(std::string& out, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  out += out.empty() ? '?' : '&';
  out.append(key).append("=");
  append_escaped(out, value);
}

}  // namespace

Result<Tls> Client::Parts::tls() {
  if (!cluster.tls) return Tls{};
  Credentials::Now now;
  if (cluster.credentials) {
    auto got = cluster.credentials->get();
    if (!got) return got.error();
    now = std::move(*got);
  }
  const std::lock_guard lock(mutex_);
  if (tls_ && tls_certificate_ == now.client_certificate) return tls_;
  auto made = make_tls(cluster, now.client_certificate, now.client_key);
  if (!made) return made;
  tls_ = *made;
  tls_certificate_ = now.client_certificate;
  return tls_;
}

Outcome<std::unique_ptr<Stream>> Client::Parts::connect(Deadline until, const Stop& ending) {
  auto context = tls();
  if (!context) return Failure{0, "Credentials", context.error().text(), {}};
  ++connections;
  return Stream::connect(cluster, *context, until, ending);
}

Outcome<Caller> Client::Parts::caller() {
  const bool bracketed = cluster.host.find(':') != std::string::npos;
  Caller out{(bracketed ? "[" + cluster.host + "]" : cluster.host) + ":" + std::to_string(cluster.port),
             options.user_agent,
             {}};
  if (!cluster.credentials) return out;
  auto now = cluster.credentials->get();
  if (!now) return Failure{0, "Credentials", now.error().text(), {}};
  out.token = std::move(now->token);
  return out;
}

void Client::Parts::refused() {
  if (cluster.credentials) cluster.credentials->refused();
}

std::unique_ptr<Stream> Client::Parts::from_pool() {
  const std::lock_guard lock(mutex_);
  while (!pool_.empty()) {
    std::unique_ptr<Stream> stream = std::move(pool_.back());
    pool_.pop_back();
    if (stream->idle()) return stream;
  }
  return nullptr;
}

void Client::Parts::to_pool(std::unique_ptr<Stream> stream) {
  const std::lock_guard lock(mutex_);
  if (pool_.size() < options.connections) pool_.push_back(std::move(stream));
}

std::string query_of(const ListOptions& options, std::string_view more) {
  std::string out;
  add_query(out, "labelSelector", options.label_selector);
  add_query(out, "fieldSelector", options.field_selector);
  if (options.page) add_query(out, "limit", std::to_string(options.page));
  add_query(out, "continue", more);
  return out;
}

Result<bool> read_object(std::string& text, std::size_t most, Doc& doc) {
  const std::size_t size = text.size();
  text.resize(size + kJsonPadding);
  JsonOptions options;
  options.limits.max_bytes = most;
  options.skip = is_noise;
  auto read = read_json_padded(std::string_view{text}.substr(0, size), doc, options);
  text.resize(size);
  return read;
}

}  // namespace launchgate::kube
