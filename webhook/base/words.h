// WordPool: texts that many Docs hold (names of fields, enum values, names of teams and images), once for the process.
//
// They are found by themselves: a Doc that is compacted for keeping puts its keys and short values here, and the next
// one that has them refers to them. There is room for a fixed number of bytes; once it is used up, new texts stay in
// their own Docs. Nothing is ever removed or moved, so that whoever holds an offset may read without a lock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace launchgate {

class WordPool {
 public:
  static constexpr std::size_t kRoom = 1u << 20;  // bytes, for all
  static constexpr std::size_t kLongest = 128;    // of one

  // Where `text` stands; nothing where it is empty or longer than a word, or there is no room. Any thread; takes a lock.
  static std::optional<std::uint32_t> share(std::string_view text);

  static const char* at(std::uint32_t offset) { return bytes_ + offset; }
  static std::size_t used();

  // The size of a word, or of a Doc's long key, stands in the two bytes before it.
  static std::size_t size_before(const char* text) {
    return static_cast<std::size_t>(static_cast<unsigned char>(text[-2])) |
           static_cast<std::size_t>(static_cast<unsigned char>(text[-1])) << 8;
  }
  static void append_size(std::string& out, std::size_t size) {
    out += static_cast<char>(size & 0xff);
    out += static_cast<char>(size >> 8 & 0xff);
  }

 private:
  static char bytes_[kRoom];
};

}  // namespace launchgate
