#include "edge/telemetry/log.h"

#include <spdlog/logger.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/json_write.h"
#include "edge/telemetry/log_format.h"
#include "edge/telemetry/log_sink.h"

namespace launchgate {
namespace {

constexpr std::array<std::string_view, 4> kLevels{"debug", "info", "warn", "error"};

spdlog::level::level_enum spdlog_level(Level level) {
  switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warn: return spdlog::level::warn;
    default: return spdlog::level::err;
  }
}

// `,"key":` in one piece: a decision has fifteen of them.
void append_key(std::string& out, std::string_view key) {
  const std::size_t at = out.size();
  out.resize(at + key.size() + 4);
  char* to = out.data() + at;
  *to++ = ',';
  *to++ = '"';
  to = std::copy(key.begin(), key.end(), to);
  *to++ = '"';
  *to = ':';
}

// At most kMaxText bytes, not ending in the middle of a character.
void append_text(std::string& out, std::string_view text) {
  if (text.size() <= Field::kMaxText) return append_json_string(out, text);
  std::size_t end = Field::kMaxText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  append_json_string(out, text.substr(0, end));
  out.insert(out.size() - 1, "…");
}

}  // namespace

std::string_view to_string(Level level) { return kLevels[static_cast<std::size_t>(level)]; }

std::optional<Level> parse_level(std::string_view text) {
  for (std::size_t i = 0; i < kLevels.size(); ++i)
    if (kLevels[i] == text) return static_cast<Level>(i);
  return std::nullopt;
}

void Field::append_to(std::string& out) const {
  if ((type_ == Type::text && text_.empty()) || (type_ == Type::list && list_.empty())) return;
  append_key(out, key_);
  if (type_ == Type::text) return append_text(out, text_);
  if (type_ == Type::boolean) {
    out += number_ ? "true" : "false";
  } else if (type_ == Type::number) {
    std::array<char, 24> digits;
    out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number_).ptr);
  } else {
    for (std::size_t i = 0; i < list_.size(); ++i) {
      out += i ? ',' : '[';
      append_text(out, list_[i]);
    }
    out += ']';
  }
}

Log::Log(LogOptions options)
    : level_(options.level),
      logger_(std::make_shared<spdlog::logger>("launchgate", std::make_shared<LogSink>(options.fd))) {
  logger_->sinks().front()->set_formatter(std::make_unique<LogFormat>());
  logger_->set_level(spdlog_level(level_));
  logger_->flush_on(spdlog::level::warn);
}

Log::~Log() = default;

void Log::write(Level level, std::string_view message, Fields fields) {
  if (!enabled(level)) return;
  thread_local std::string body;
  body.clear();
  append_json_string(body, message);
  for (const Field& field : fields) field.append_to(body);
  logger_->log(spdlog_level(level), spdlog::string_view_t{body.data(), body.size()});
}

}  // namespace launchgate
