// Tender: what the Secret holds is published first, and served then.
#include <algorithm>
#include <set>

#include "certs/tender.h"
#include "edge/tls/certificate.h"

namespace launchgate {
namespace {

constexpr std::size_t kMostInBundle = 16;

std::set<std::string> fingerprints(const tls::Bundle& bundle) {
  std::set<std::string> out;
  for (const tls::Certificate& cert : bundle.certificates) out.insert(cert.fingerprint);
  return out;
}

}  // namespace

// Since when every configuration holds what the Secret holds; a moment without it begins anew.
void Tender::note_published(TimePoint now) {
  const bool all =
      !held_.bundle.empty() && !live_.empty() && problems_.empty() &&
      std::all_of(live_.begin(), live_.end(), [&](const LiveConfiguration& c) { return holds(c, held_.bundle); });
  if (!all) published_since_.reset();
  else if (!published_since_ || published_ != held_.bundle) published_since_ = now;
  published_ = all ? held_.bundle : std::string{};
}

// The Secret's CAs, and for some time those that are there and are not ours.
std::string Tender::wanted_bundle(const std::string& live, TimePoint now) {
  const tls::Bundle ours = tls::read_bundle(held_.bundle);
  const std::set<std::string> known = fingerprints(ours);
  std::string out;
  std::size_t count = 0;
  for (const tls::Certificate& cert : ours.certificates) out += cert.pem, ++count;
  for (const tls::Certificate& cert : tls::read_bundle(live).certificates) {
    if (known.count(cert.fingerprint) || cert.not_after <= now || count >= kMostInBundle) continue;
    const TimePoint first = strays_.try_emplace(cert.fingerprint, now).first->second;
    if (now - first < options_.stray) out += cert.pem, ++count;
  }
  return out;
}

void Tender::publish(TimePoint now) {
  if (held_.bundle.empty()) return;
  for (LiveConfiguration& configuration : live_) {
    if (stopping_) return;
    LiveConfiguration wanted = configuration;
    bool differs = false;
    for (LiveWebhook& webhook : wanted.webhooks) {
      const tls::Bundle live = tls::read_bundle(webhook.bundle);
      std::string bundle = wanted_bundle(webhook.bundle, now);
      if (!live.damaged && fingerprints(live) == fingerprints(tls::read_bundle(bundle))) continue;
      webhook.bundle = std::move(bundle);
      differs = true;
    }
    if (!differs) continue;
    pending_ = true;  // look again soon: is it there, and does it stay?
    const auto applied =
        api_.apply(kWebhookConfigurations, {}, configuration.name, with_bundles(wanted), "launchgate-certificates");
    if (!applied) {
      if (!applied.failure().conflict()) problem(applied.failure().message);
      continue;
    }
    configuration = live_configuration(applied->root());
    log_.info("caBundle published", {{"configuration", configuration.name}});
  }
  std::erase_if(strays_, [&](const auto& stray) { return now - stray.second > 2 * options_.stray; });
}

bool Tender::trusted(const std::string& chain, TimePoint now) const {
  return !live_.empty() && std::none_of(live_.begin(), live_.end(),
                                        [&](const LiveConfiguration& c) { return refused_by(c, chain, now); });
}

void Tender::serve(TimePoint now) {
  const std::string served = tls_->certificate();
  if (held_.certificate.empty() || held_.certificate == served) return;
  const bool settled = published_since_ && now - *published_since_ >= options_.settle;
  if (trusted(served, now) && !(settled && trusted(held_.certificate, now))) {
    pending_ = true;
    return;
  }
  const auto facts = tls::read_certificate(held_.certificate);
  if (!facts || !tls::key_matches(held_.certificate, held_.key)) return;  // the next look repairs the Secret
  if (const auto error = tls_->replace(held_.certificate, held_.key)) return problem(error->text());
  metrics_.certificate(facts->not_after);
  metrics_.certificate_reload(true);
  log_.info("certificate replaced",
            {{"fingerprint", facts->fingerprint}, {"not_after", format_time(facts->not_after)}});
}

}  // namespace launchgate
