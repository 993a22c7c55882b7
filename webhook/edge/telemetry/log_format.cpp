#include "edge/telemetry/log_format.h"

#include <chrono>
#include <cstdio>
#include <string_view>

namespace launchgate {
namespace {

std::string_view level_field(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::trace:
    case spdlog::level::debug: return R"(Z","level":"debug","msg":)";
    case spdlog::level::info: return R"(Z","level":"info","msg":)";
    case spdlog::level::warn: return R"(Z","level":"warn","msg":)";
    default: return R"(Z","level":"error","msg":)";
  }
}

void append(spdlog::memory_buf_t& out, std::string_view text) { out.append(text.data(), text.data() + text.size()); }

}  // namespace

void LogFormat::stamp(std::time_t second) {
  second_ = second;
  std::tm utc{};
  ::gmtime_r(&second, &utc);
  (void)std::strftime(stamp_.data(), stamp_.size(), "%Y-%m-%dT%H:%M:%S.", &utc);
}

void LogFormat::format(const spdlog::details::log_msg& record, spdlog::memory_buf_t& out) {
  const auto since = record.time.time_since_epoch();
  const auto second = std::chrono::floor<std::chrono::seconds>(since);
  const auto ms = static_cast<int>(std::chrono::floor<std::chrono::milliseconds>(since - second).count());
  if (second.count() != second_) stamp(static_cast<std::time_t>(second.count()));
  const std::array<char, 3> digits{static_cast<char>('0' + ms / 100), static_cast<char>('0' + ms / 10 % 10),
                                   static_cast<char>('0' + ms % 10)};
  append(out, R"({"ts":")");
  append(out, stamp_.data());
  append(out, {digits.data(), digits.size()});
  append(out, level_field(record.level));
  append(out, {record.payload.data(), record.payload.size()});
  append(out, "}\n");
}

}  // namespace launchgate
