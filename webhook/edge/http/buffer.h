// Buffer: growable bytes with a readable end; Budget: what all of them may hold; BufferPool: one thread's spare ones.
//
// A connection holds a buffer only while it holds bytes: an idle one costs none, and the buffer that the next request
// is read into is the one that the last request has just warmed in the cache.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace launchgate::http {

// Bytes lent out beyond the first Buffer::kBase of each buffer. Shared by all threads.
class Budget {
 public:
  explicit Budget(std::size_t limit) : limit_(limit) {}
  bool take(std::size_t bytes);  // false: not lent, the limit would be passed
  void take_anyway(std::size_t bytes) { used_.fetch_add(bytes, std::memory_order_relaxed); }
  void give(std::size_t bytes) { used_.fetch_sub(bytes, std::memory_order_relaxed); }
  std::size_t used() const { return used_.load(std::memory_order_relaxed); }

 private:
  const std::size_t limit_;
  std::atomic<std::size_t> used_{0};
};

// Not for concurrent use. kPad bytes after size() can always be read (simdjson reads beyond the end of its input).
class Buffer {
 public:
  static constexpr std::size_t kPad = 64;
  static constexpr std::size_t kBase = 32u << 10;  // most AdmissionReviews fit; not charged to the budget

  Buffer() = default;
  explicit Buffer(Budget& budget) : budget_(&budget) {}
  ~Buffer() { release(); }
  Buffer(Buffer&& other) noexcept { swap(other); }
  Buffer& operator=(Buffer&& other) noexcept {
    swap(other);
    return *this;
  }

  char* data() { return bytes_.get(); }
  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }
  char* tail() { return bytes_.get() + size_; }
  std::size_t room() const { return capacity_ - size_; }
  void commit(std::size_t written) { size_ += written; }
  void truncate(std::size_t size) { size_ = size; }
  void drop_front(std::size_t count);  // moves the rest to the front
  void pad() { std::memset(tail(), 0, kPad); }

  // Makes capacity at least `capacity`. False, with nothing changed: no memory, or the budget is spent.
  [[nodiscard]] bool grow(std::size_t capacity);
  // Appends whatever the budget says: for answers, whose size the handler chose. False: no memory.
  [[nodiscard]] bool append(std::string_view text);

 private:
  struct Free {
    void operator()(char* bytes) const { std::free(bytes); }
  };
  bool resize(std::size_t capacity);
  void release();
  void swap(Buffer& other) noexcept;

  std::unique_ptr<char[], Free> bytes_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;  // without the pad
  Budget* budget_ = nullptr;
};

// One thread's spare buffers, last in first out. Not for concurrent use.
class BufferPool {
 public:
  BufferPool(Budget& budget, std::size_t keep) : budget_(budget), keep_(keep) {}
  Buffer take();               // capacity() is 0 where memory is short
  void give(Buffer&& buffer);  // freed where it is larger than `keep`, or there are enough

 private:
  static constexpr std::size_t kSpare = 32, kSpareLarge = 4;  // so many hold something in one round of a busy loop
  Budget& budget_;
  const std::size_t keep_;
  std::vector<Buffer> spare_;
};

}  // namespace launchgate::http
