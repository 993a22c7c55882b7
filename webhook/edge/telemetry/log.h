// Log: one line of JSON for each record, written by a thread of its own.
//
//   Log log{{.level = Level::info, .fd = STDERR_FILENO}};
//   log.info("listening", {{"address", address}, {"port", port}});
//   {"ts":"2026-11-24T10:00:00.123Z","level":"info","msg":"listening","address":"0.0.0.0","port":8443}
//
// The message is constant, what varies is a field. Whoever logs pays for rendering the line into memory and never for
// I/O: a reader that stalls must not stop admission. Lines leave together, 200 ms after the first of them at the
// latest, at once where one is a warning or worse, and at the end. When the reader has not kept up with 4 MiB, or the disk
// is full, records are dropped and their number is logged once there is room. Any thread may log.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace spdlog {
class logger;
}

namespace launchgate {

enum class Level : std::uint8_t { debug, info, warn, error };
std::string_view to_string(Level level);
std::optional<Level> parse_level(std::string_view text);

// A key (a literal) and a value, which must live until the call returns. A text that is empty is left out; one of more
// than kMaxText bytes is cut.
class Field {
 public:
  static constexpr std::size_t kMaxText = 1024;

  Field(std::string_view key, std::string_view value) : key_(key), type_(Type::text), text_(value) {}
  Field(std::string_view key, const std::string& value) : Field(key, std::string_view{value}) {}
  Field(std::string_view key, const char* value) : Field(key, std::string_view{value}) {}
  Field(std::string_view key, bool value) : key_(key), type_(Type::boolean), number_(value) {}
  template <std::integral T>
  Field(std::string_view key, T value) : key_(key), type_(Type::number), number_(static_cast<std::int64_t>(value)) {}
  // A list of texts; left out when it is empty.
  Field(std::string_view key, std::span<const std::string_view> list) : key_(key), type_(Type::list), list_(list) {}

  // Appends `,"key":value`.
  void append_to(std::string& out) const;

 private:
  enum class Type : std::uint8_t { text, number, boolean, list };
  std::string_view key_;
  Type type_;
  std::string_view text_ = {};
  std::int64_t number_ = 0;
  std::span<const std::string_view> list_ = {};
};

struct LogOptions {
  Level level = Level::info;
  int fd = 2;
};

class Log {
 public:
  using Fields = std::initializer_list<Field>;

  explicit Log(LogOptions options = {});
  ~Log();  // writes what is left
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  bool enabled(Level level) const { return level >= level_; }
  void write(Level level, std::string_view message, Fields fields = {});
  void debug(std::string_view message, Fields fields = {}) { write(Level::debug, message, fields); }
  void info(std::string_view message, Fields fields = {}) { write(Level::info, message, fields); }
  void warn(std::string_view message, Fields fields = {}) { write(Level::warn, message, fields); }
  void error(std::string_view message, Fields fields = {}) { write(Level::error, message, fields); }

 private:
  const Level level_;
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace launchgate
