#include "base/words.h"

#include <array>
#include <cstring>
#include <functional>
#include <mutex>

namespace launchgate {
namespace {

constexpr std::size_t kSlots = 1u << 16;  // of the hash table; at most half of them are used

struct Table {
  std::mutex mutex;
  std::array<std::uint32_t, kSlots> slots{};  // offsets, 0: free. Never touched, a page of it costs nothing.
  std::size_t used = 0, words = 0;
};
Table table;

std::string_view word_at(std::uint32_t offset) {
  const char* text = WordPool::at(offset);
  return {text, WordPool::size_before(text)};
}

}  // namespace

char WordPool::bytes_[WordPool::kRoom];

std::optional<std::uint32_t> WordPool::share(std::string_view text) {
  if (text.empty() || text.size() > kLongest) return std::nullopt;
  const std::lock_guard lock(table.mutex);
  std::size_t slot = std::hash<std::string_view>{}(text) % kSlots;
  for (; table.slots[slot]; slot = (slot + 1) % kSlots)
    if (word_at(table.slots[slot]) == text) return table.slots[slot];
  if (table.used + 2 + text.size() > kRoom || table.words >= kSlots / 2) return std::nullopt;
  std::string word;
  append_size(word, text.size());
  word += text;
  std::memcpy(bytes_ + table.used, word.data(), word.size());
  const auto offset = static_cast<std::uint32_t>(table.used + 2);
  table.used += word.size();
  ++table.words;
  return table.slots[slot] = offset;
}

std::size_t WordPool::used() {
  const std::lock_guard lock(table.mutex);
  return table.used;
}

}  // namespace launchgate
