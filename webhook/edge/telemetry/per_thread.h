// PerThread<T>: one T for each thread that asks, so that no two threads write to the same one, and a way to visit all.
//
// local() costs a few instructions once a thread has asked before. What a thread leaves behind stays until the
// PerThread goes (a counter must not forget), and is handed on to a later thread of the same id. Whoever visits while
// other threads write needs atomics or a lock inside T.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace launchgate {

template <class T>
class PerThread {
 public:
  using Make = std::function<std::unique_ptr<T>()>;

  explicit PerThread(Make make) : make_(std::move(make)) {}
  PerThread(const PerThread&) = delete;
  PerThread& operator=(const PerThread&) = delete;

  T& local() {
    // By instance; numbers are never used twice, so what a dead instance left here is never looked at.
    thread_local std::vector<T*> known;
    if (number_ < known.size() && known[number_]) return *known[number_];
    T& mine = enter();
    if (known.size() <= number_) known.resize(number_ + 1);
    known[number_] = &mine;
    return mine;
  }

  // Calls visit(T&) for every thread's.
  template <class Visit>
  void each(Visit&& visit) const {
    const std::lock_guard lock(mutex_);
    for (const auto& [thread, mine] : all_) visit(*mine);
  }

 private:
  T& enter() {
    const std::lock_guard lock(mutex_);
    std::unique_ptr<T>& mine = all_[std::this_thread::get_id()];
    if (!mine) mine = make_();
    return *mine;
  }

  static std::size_t next_number() {
    static std::atomic<std::size_t> next{0};
    return next++;
  }

  const Make make_;
  const std::size_t number_ = next_number();
  mutable std::mutex mutex_;
  std::map<std::thread::id, std::unique_ptr<T>> all_;
};

}  // namespace launchgate
