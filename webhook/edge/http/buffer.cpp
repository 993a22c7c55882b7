#include "edge/http/buffer.h"

#include <algorithm>
#include <utility>

namespace launchgate::http {

bool Budget::take(std::size_t bytes) {
  if (used_.fetch_add(bytes, std::memory_order_relaxed) + bytes <= limit_) return true;
  give(bytes);
  return false;
}

namespace {
std::size_t charged(std::size_t capacity) { return capacity > Buffer::kBase ? capacity - Buffer::kBase : 0; }
}  // namespace

bool Buffer::grow(std::size_t capacity) {
  capacity = std::max(capacity, kBase);
  if (capacity <= capacity_) return true;
  const std::size_t more = charged(capacity) - charged(capacity_);
  if (more && budget_ && !budget_->take(more)) return false;
  if (resize(capacity)) return true;
  if (budget_) budget_->give(more);
  return false;
}

bool Buffer::append(std::string_view text) {
  if (text.size() > room()) {
    const std::size_t capacity = std::max({kBase, capacity_ * 2, size_ + text.size()});
    const std::size_t more = charged(capacity) - charged(capacity_);
    if (!resize(capacity)) return false;
    if (budget_) budget_->take_anyway(more);
  }
  if (!text.empty()) std::memcpy(tail(), text.data(), text.size());
  size_ += text.size();
  return true;
}

void Buffer::drop_front(std::size_t count) {
  if (count < size_) std::memmove(data(), data() + count, size_ - count);
  size_ -= count;
}

// realloc and not new: a growing body of megabytes is remapped by the kernel and not copied.
bool Buffer::resize(std::size_t capacity) {
  void* larger = std::realloc(bytes_.get(), capacity + kPad);
  if (!larger) return false;
  (void)bytes_.release();
  bytes_.reset(static_cast<char*>(larger));
  capacity_ = capacity;
  return true;
}

void Buffer::release() {
  if (budget_ && charged(capacity_)) budget_->give(charged(capacity_));
  capacity_ = size_ = 0;
}

void Buffer::swap(Buffer& other) noexcept {
  std::swap(bytes_, other.bytes_);
  std::swap(size_, other.size_);
  std::swap(capacity_, other.capacity_);
  std::swap(budget_, other.budget_);
}

Buffer BufferPool::take() {
  if (!spare_.empty()) {
    Buffer buffer = std::move(spare_.back());
    spare_.pop_back();
    return buffer;
  }
  Buffer buffer(budget_);
  (void)buffer.grow(Buffer::kBase);
  return buffer;
}

void BufferPool::give(Buffer&& buffer) {
  Buffer taken = std::move(buffer);  // the caller's is empty from here on, whatever happens
  const std::size_t most = taken.capacity() > Buffer::kBase ? kSpareLarge : kSpare;
  if (taken.capacity() == 0 || taken.capacity() > keep_ || spare_.size() >= most) return;
  taken.truncate(0);
  spare_.push_back(std::move(taken));
}

}  // namespace launchgate::http
