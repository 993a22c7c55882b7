#include "edge/telemetry/log_sink.h"

#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <string>
#include <utility>

namespace launchgate {
namespace {

constexpr std::chrono::milliseconds kHoldBack{200};
constexpr int kLastWaitMs = 1'000;

// Signals are the main thread's.
void start_without_signals(std::thread& thread, auto body) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread = std::thread(body);
  pthread_setname_np(thread.native_handle(), "log");
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

// A pipe that is ready takes PIPE_BUF bytes without waiting; more might wait, and the end must not. A file never waits.
std::size_t most_at_once(int fd) {
  struct stat what {};
  return ::fstat(fd, &what) == 0 && S_ISREG(what.st_mode) ? 1u << 20 : PIPE_BUF;
}

}  // namespace

LogSink::LogSink(int fd) : fd_(fd), piece_(most_at_once(fd)) {
  start_without_signals(thread_, [this] { run(); });
}

LogSink::~LogSink() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void LogSink::sink_it_(const spdlog::details::log_msg& record) {
  if (pending_.size() > kMost) {
    ++dropped_;
    return;
  }
  const std::size_t before = pending_.size();
  formatter_->format(record, pending_);
  if (before == 0 || (before < kBatch && pending_.size() >= kBatch)) wake_.notify_one();
}

void LogSink::flush_() {
  urgent_ = true;
  wake_.notify_one();
}

// The clock runs only while there is something to write: an idle process is not woken.
void LogSink::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return ending_ || pending_.size() > 0; });
    wake_.wait_for(lock, kHoldBack, [this] { return ending_ || urgent_ || pending_.size() >= kBatch; });
    urgent_ = false;
    std::swap(pending_, writing_);
    const std::uint64_t told = tell_dropped();
    const bool last = ending_;
    lock.unlock();
    const std::string_view lost = write_out({writing_.data(), writing_.size()});
    const auto records = static_cast<std::uint64_t>(std::count(lost.begin(), lost.end(), '\n'));
    if (writing_.capacity() > 4 * kBatch) writing_ = spdlog::memory_buf_t{};
    writing_.clear();
    lock.lock();
    if (records > 0) dropped_ += records + told - (told > 0 ? 1 : 0);  // the note is the last line and no record
    if (last && pending_.size() == 0) return;
  }
}

// Appends how many records were dropped to what will be written, and returns it.
std::uint64_t LogSink::tell_dropped() {
  const std::uint64_t count = std::exchange(dropped_, 0);
  if (count == 0) return 0;
  const std::string note =
      R"("log records dropped: they could not be written, or not fast enough","count":)" + std::to_string(count);
  formatter_->format({"", spdlog::level::warn, note}, writing_);
  return count;
}

// Returns what could not be written, and is lost.
std::string_view LogSink::write_out(std::string_view bytes) {
  if (torn_ && !bytes.empty()) {
    if (!write_all("\n").empty()) return bytes;
    torn_ = false;
  }
  const std::string_view rest = write_all(bytes);
  torn_ = torn_ || (!rest.empty() && rest.size() < bytes.size() && rest.data()[-1] != '\n');
  return rest;
}

std::string_view LogSink::write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    pollfd ready{fd_, POLLOUT, 0};
    const int may = ::poll(&ready, 1, kLastWaitMs);
    if (may < 0 && errno == EINTR) continue;
    if (may == 0) {  // stalled: at the end give up, else try on
      const std::lock_guard lock(mutex_);
      if (ending_) return bytes;
      continue;
    }
    const ssize_t sent = ::write(fd_, bytes.data(), std::min(bytes.size(), piece_));
    if (sent < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (sent < 0) return bytes;  // the disk is full or nobody reads any more: that must not be what ends the process
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return bytes;
}

}  // namespace launchgate
