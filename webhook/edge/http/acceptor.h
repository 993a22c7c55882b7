// Acceptor: a listening socket; hands what it accepts to the loops in turn, and refuses what is too much.
//
// Lives on one loop's thread. When descriptors or memory run out it pauses instead of spinning on the error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "edge/http/loop.h"
#include "edge/http/poller.h"
#include "edge/http/site.h"

namespace launchgate::http {

// A bound, listening, non-blocking socket. `port` in: 0 = any; out: the one that was bound.
Result<int> open_listener(const std::string& address, std::uint16_t& port);

class Acceptor final : private Watched {
 public:
  // Takes `fd` over. `loops` and `site` outlive it.
  Acceptor(Shared& shared, const std::vector<std::unique_ptr<Loop>>& loops, OpenSite& site, int fd);

  void start();  // before the loops run, or on the first loop's thread
  void stop();   // on the first loop's thread: takes what waits in the queue, closes

 private:
  static constexpr int kBatch = 16;  // accepted before connections have their turn
  enum class Taken { one, none, trouble };

  void ready() override { accept_some(kBatch); }
  void wait();
  void accept_some(int most);
  Taken accept_one();
  void pause();
  void refuse(int fd);

  Shared& shared_;
  const std::vector<std::unique_ptr<Loop>>& loops_;
  OpenSite& site_;
  Loop& home_;
  Watch fd_;
  std::size_t next_ = 0;
};

}  // namespace launchgate::http
