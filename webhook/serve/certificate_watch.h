// CertificateWatch: serves the certificate's files as they change, where no directory is watched anyway.
#pragma once

#include <thread>

#include "edge/files/watcher.h"
#include "serve/certificate.h"
#include "serve/room.h"

namespace launchgate {

// Says in the metrics until when it is valid, and in the log that it is not valid now.
void tell_certificate(Room& room, const CertificateFacts& facts);

// Looks at the files once, and says in metrics and log what came of it. One thread at a time.
void look_at_certificate(Room& room, Certificate& certificate);

class CertificateWatch {
 public:
  // Both outlive it. Does nothing for a certificate without files.
  CertificateWatch(Room& room, Certificate& certificate);
  ~CertificateWatch();
  void poke() { watcher_.poke(); }

 private:
  Room& room_;
  Certificate& certificate_;
  Watcher watcher_;
  std::thread thread_;
};

}  // namespace launchgate
