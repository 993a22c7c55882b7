#include "serve/certificate_watch.h"

#include <pthread.h>

#include <exception>

namespace launchgate {
namespace {

// It is served all the same: what was served before may be no better, and a clock can be wrong.
void warn_of_dates(Log& log, const CertificateFacts& facts, TimePoint now) {
  if (now >= facts.not_before && now <= facts.not_after) return;
  const bool expired = now > facts.not_after;
  const std::string from = format_time(facts.not_before), to = format_time(facts.not_after);
  log.warn(expired ? "the certificate that is served has expired: API servers refuse it"
                   : "the certificate that is served is not valid yet: API servers refuse it",
           {{"not_before", from},
            {"not_after", to},
            {"fingerprint", facts.fingerprint},
            {"fix", "put a certificate that is valid now, and its key, into the files of --tls-cert and --tls-key"}});
}

}  // namespace

void tell_certificate(Room& room, const CertificateFacts& facts) {
  room.metrics.certificate(facts.not_after);
  warn_of_dates(room.log, facts, std::chrono::floor<Seconds>(std::chrono::system_clock::now()));
}

void look_at_certificate(Room& room, Certificate& certificate) {
  const auto news = certificate.look();
  if (!news) return;
  room.metrics.certificate_reload(static_cast<bool>(*news));
  if (!*news) return room.log.error("certificate refused, the old one is served on", {{"error", news->error().text()}});
  room.log.info("certificate replaced",
                {{"fingerprint", (*news)->fingerprint}, {"not_after", format_time((*news)->not_after)}});
  tell_certificate(room, **news);
}

CertificateWatch::CertificateWatch(Room& room, Certificate& certificate)
    : room_(room), certificate_(certificate), watcher_(certificate.files()) {
  tell_certificate(room_, certificate_.facts());
  if (certificate_.files().empty()) return;
  thread_ = std::thread([this] {
    while (!watcher_.stopped()) {
      if (!watcher_.wait(std::chrono::minutes{1})) continue;
      try {
        look_at_certificate(room_, certificate_);
      } catch (const std::exception& e) {
        room_.log.error("the certificate's files cannot be looked at", {{"error", e.what()}});
      }
    }
  });
  pthread_setname_np(thread_.native_handle(), "certificate");
}

CertificateWatch::~CertificateWatch() {
  watcher_.stop();
  if (thread_.joinable()) thread_.join();
}

}  // namespace launchgate
