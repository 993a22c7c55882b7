#include "certs/tender.h"

#include <pthread.h>

#include <algorithm>
#include <exception>
#include <random>

#include "certs/secret.h"
#include "edge/tls/certificate.h"

namespace launchgate {
namespace {

double random_share() {
  std::random_device device;
  return std::uniform_real_distribution<>{0, 1}(device);
}

const char* name_of(tls::Step step) {
  switch (step) {
    case tls::Step::keep: return "keep";
    case tls::Step::issue: return "issue";
    case tls::Step::add: return "add";
    case tls::Step::begin: return "begin";
    case tls::Step::tidy: return "tidy";
    case tls::Step::wait: return "wait";
  }
  return "";
}

double epoch(TimePoint time) { return static_cast<double>(time.time_since_epoch().count()); }

}  // namespace

Tender::Tender(kube::Api& api, TenderOptions options, std::shared_ptr<http::TlsContext> tls, Unready unready, Log& log,
               Metrics& metrics)
    : api_(api),
      options_(std::move(options)),
      tls_(std::move(tls)),
      unready_(std::move(unready)),
      log_(log),
      metrics_(metrics),
      jitter_(random_share()) {
  unready_(reason_);
}

Tender::~Tender() { stop(); }

bool Tender::look(TimePoint now) {
  problems_.clear();
  pending_ = false;
  const bool seen = read_configurations();
  const bool ours = !options_.secret.empty() && tend(now);
  if (seen && ours) publish(now);
  if (!options_.secret.empty()) serve(now);
  judge(now);
  const std::string said = problems_.empty() ? std::string{} : problems_.front();
  if (!said.empty() && said != said_) log_.warn("certificates cannot be tended", {{"error", said}});
  said_ = said;
  metrics_.count("launchgate_cert_looks_total", "Looks at the certificates, by what came of them.",
                 {{"result", said.empty() ? "ok" : "failed"}});
  return problems_.empty() && reason_.empty() && !pending_;
}

bool Tender::read_configurations() {
  std::vector<LiveConfiguration> all;
  for (const std::string& name : options_.configurations) {
    const auto object = api_.get(kWebhookConfigurations, {}, name);
    if (object) all.push_back(live_configuration(object->root()));
    else if (object.failure().not_found())
      all.push_back({.name = name, .missing = true, .resource_version = {}, .webhooks = {}});
    else return problem(object.failure().message), false;
  }
  live_ = std::move(all);
  return true;
}

bool Tender::tend(TimePoint now) {
  for (int attempt = 0; attempt < 4 && !stopping_; ++attempt)
    if (const auto done = tend_once(now)) return *done;
  if (!stopping_) problem("the Secret " + options_.ns + "/" + options_.secret + " keeps changing while it is written");
  return false;
}

std::optional<bool> Tender::tend_once(TimePoint now) {
  const auto secret = api_.get(kSecrets, options_.ns, options_.secret);
  if (!secret && !secret.failure().not_found()) return problem(secret.failure().message), false;
  // With the webhook configuration uninstalled, what `cleanup` has deleted stays deleted.
  const auto missing = [](const LiveConfiguration& c) { return c.missing; };
  if (!secret && !live_.empty() && std::all_of(live_.begin(), live_.end(), missing)) return true;
  held_ = secret ? material_of(secret->root()) : tls::Material{};
  note_published(now);
  const tls::Situation situation{held_, options_.names, now, published_since_, jitter_, options_.terms};
  const tls::Plan plan = tls::plan(situation);
  if (plan.step == tls::Step::keep) return true;
  if (plan.step == tls::Step::wait) return problem(plan.reason), false;
  const auto next = tls::carry_out(plan, situation);
  if (!next) return problem(next.error().text()), false;
  const auto written = secret
                           ? api_.update(kSecrets, options_.ns, options_.secret, changed_secret(secret->root(), *next))
                           : api_.create(kSecrets, options_.ns, new_secret(options_.ns, options_.secret, *next));
  if (!written) {
    const kube::Failure& failure = written.failure();
    if (failure.status == 409 || (secret && failure.not_found())) return std::nullopt;
    return problem(failure.message), false;
  }
  held_ = *next;
  note_published(now);
  log_.info("certificates changed", {{"step", name_of(plan.step)}, {"reason", plan.reason}});
  metrics_.count("launchgate_cert_writes_total", "Changes of the Secret with the certificates.",
                 {{"step", name_of(plan.step)}});
  return true;
}

void Tender::judge(TimePoint now) {
  std::string reason;
  if (live_.empty()) reason = problems_.empty() ? "no webhook configuration is named" : problems_.front();
  for (const LiveConfiguration& configuration : live_)
    if (auto why = refused_by(configuration, tls_->certificate(), now); why && reason.empty()) reason = *why;
  if (!reason.empty() && !problems_.empty() && reason != problems_.front()) reason += " (" + problems_.front() + ")";
  metrics_.gauge("launchgate_cert_trusted", "1 while the live caBundle verifies the certificate that is served.", {},
                 reason.empty() ? 1 : 0);
  for (const tls::Certificate& cert : tls::read_bundle(held_.bundle).certificates)
    metrics_.gauge("launchgate_cert_ca_not_after_seconds", "When the newest CA expires, since the Unix epoch.", {},
                   epoch(cert.not_after));
  if (reason != reason_) {
    if (reason.empty()) log_.info("the live caBundle verifies the certificate that is served");
    else log_.warn("not ready: certificate", {{"reason", reason}});
  }
  reason_ = reason;
  unready_(reason_);
}

void Tender::problem(const std::string& what) { problems_.push_back(what); }

void Tender::start() {
  thread_ = std::thread([this] { run(); });
  pthread_setname_np(thread_.native_handle(), "certs");
}

void Tender::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Tender::poke() {
  {
    const std::lock_guard lock(mutex_);
    poked_ = true;
  }
  wake_.notify_all();
}

void Tender::run() {
  auto pause = options_.soon;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    poked_ = false;
    lock.unlock();
    bool good = false;
    try {
      good = look(std::chrono::floor<Seconds>(std::chrono::system_clock::now()));
    } catch (const std::exception& e) { log_.error("certificates cannot be tended", {{"error", e.what()}}); }
    const auto most = said_.empty() ? options_.interval / 4 : options_.interval;
    pause = good ? options_.interval : pending_ ? options_.soon : std::min(pause * 2, most);
    lock.lock();
    // A tenth more or less, so that replicas do not look all at once.
    wake_.wait_for(lock, pause * (900 + static_cast<int>(random_share() * 200)) / 1000,
                   [this] { return stopping_ || poked_; });
    if (good) pause = options_.soon;
  }
}

}  // namespace launchgate
