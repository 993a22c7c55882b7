#include "serve/certificate_watch.h"

#include <pthread.h>

#include <exception>

namespace launchgate {

void look_at_certificate(Room& room, Certificate& certificate) {
  const auto news = certificate.look();
  if (!news) return;
  room.metrics.certificate_reload(static_cast<bool>(*news));
  if (!*news) return room.log.error("certificate refused, the old one is served on", {{"error", news->error().text()}});
  room.metrics.certificate((*news)->not_after);
  const auto ends = std::chrono::floor<Seconds>((*news)->not_after);
  room.log.info("certificate replaced", {{"fingerprint", (*news)->fingerprint}, {"not_after", format_time(ends)}});
}

CertificateWatch::CertificateWatch(Room& room, Certificate& certificate)
    : room_(room), certificate_(certificate), watcher_(certificate.files()) {
  room_.metrics.certificate(certificate_.facts().not_after);
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
