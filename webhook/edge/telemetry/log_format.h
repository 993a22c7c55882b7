// LogFormat: what is around a record: `{"ts":…,"level":…,"msg":` before the body that Log has rendered, `}` after it.
#pragma once

#include <spdlog/formatter.h>

#include <array>
#include <ctime>
#include <memory>

namespace launchgate {

// The sink calls it under its lock: not for concurrent use.
class LogFormat final : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& record, spdlog::memory_buf_t& out) override;
  std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<LogFormat>(); }

 private:
  void stamp(std::time_t second);

  std::time_t second_ = -1;       // that stamp_ is of: most records share theirs with the one before
  std::array<char, 32> stamp_{};  // "2026-11-24T10:00:00."
};

}  // namespace launchgate
