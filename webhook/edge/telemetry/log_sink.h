// LogSink: takes finished lines under a short lock and lets a thread of its own write them.
//
// spdlog's own file sinks call the kernel for every line, and whoever logs waits where the reader of a pipe stalls.
#pragma once

#include <spdlog/sinks/base_sink.h>

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <thread>

namespace launchgate {

class LogSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit LogSink(int fd);  // does not own it
  ~LogSink() override;       // writes what is left, but waits no longer than a second for a stalled reader

 private:
  static constexpr std::size_t kBatch = 64u << 10;  // written without waiting for more
  static constexpr std::size_t kMost = 4u << 20;    // held back for a stalled reader

  // Both with the lock held.
  void sink_it_(const spdlog::details::log_msg& record) override;
  void flush_() override;

  void run();
  std::uint64_t tell_dropped();  // with the lock held
  std::string_view write_out(std::string_view bytes);
  std::string_view write_all(std::string_view bytes);

  const int fd_;
  const std::size_t piece_;                 // written at once
  spdlog::memory_buf_t pending_, writing_;  // writing_ is the thread's own
  std::uint64_t dropped_ = 0;
  bool urgent_ = false, ending_ = false;
  bool torn_ = false;  // the last line that was written lacks its end; the thread's own
  std::condition_variable wake_;
  std::thread thread_;
};

}  // namespace launchgate
