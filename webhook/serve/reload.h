// Reloader: keeps the snapshot equal to the directory and the certificate equal to its files.
//
//   Reloader reloader{room, certificate};
//   if (auto error = reloader.first()) …       // at start: nothing to serve from
//   reloader.start();                          // from now on a thread of its own watches
//
// One look: read what changed, assemble, build, swap. What cannot be used keeps its last good version and is logged
// once, counted and named by /readyz. Nothing here runs on the path of a request.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <thread>

#include "edge/files/directory.h"
#include "edge/files/watcher.h"
#include "serve/certificate.h"
#include "serve/room.h"
#include "serve/source.h"

namespace launchgate {

class Reloader final : public Source {
 public:
  // `room` and `certificate` outlive it.
  Reloader(Room& room, Certificate& certificate, WatchTimes times = {});
  ~Reloader() override;  // stops

  // The first look, on the caller's thread. An Error: a root is not there.
  std::optional<Error> first() override;

  void start() override;
  void poke() override { watcher_.poke(); }
  void stop() override;

 private:
  void run();
  void look();
  void look_at_directory();
  void use(const Load& load);
  void tell_problems(const std::vector<Error>& problems, const std::vector<SourceObject>& objects);

  Room& room_;
  Certificate& certificate_;
  Directory directory_;
  Watcher watcher_;
  std::thread thread_;
  bool again_ = false;                 // a file was being written
  bool unused_ = true;                 // the last load has not become a snapshot
  std::vector<Error> problems_;        // of the snapshot that is in use, with those of its load
  std::map<std::string, Level> told_;  // problems that were logged and have not gone since
};

}  // namespace launchgate
