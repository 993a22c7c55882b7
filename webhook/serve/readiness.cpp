#include "serve/readiness.h"

#include <algorithm>

#include "base/json_write.h"
#include "base/printable.h"

namespace launchgate {
namespace {

constexpr std::size_t kShown = 50;
constexpr std::size_t kLongest = 1024;

void append_list(std::string& out, const std::vector<std::string>& texts) {
  out += '[';
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i) out += ',';
    append_json_string(out, texts[i]);
  }
  out += ']';
}

}  // namespace

void Readiness::looked(std::optional<Clock::time_point> vanished_since, const std::vector<Error>& problems) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < std::min(problems.size(), kShown); ++i)
    texts.push_back(printable(problems[i].text()).substr(0, kLongest));
  const std::lock_guard lock(mutex_);
  vanished_since_ = vanished_since;
  problems_ = std::move(texts);
  problem_count_ = problems.size();
}

void Readiness::because(const std::string& name, std::string reason) {
  const std::lock_guard lock(mutex_);
  if (reason.empty()) because_.erase(name);
  else because_[name] = std::move(reason);
}

std::vector<std::string> Readiness::reasons(Clock::time_point now) const {
  std::vector<std::string> out;
  if (draining_) out.emplace_back("draining: the process is ending");
  if (!synced_) out.emplace_back("loading: reviews and policies have not been read yet");
  const std::lock_guard lock(mutex_);
  if (vanished_since_ && now - *vanished_since_ >= grace_) {
    const auto away = std::chrono::duration_cast<std::chrono::seconds>(now - *vanished_since_).count();
    out.push_back("vanished: the directory has not been readable for " + std::to_string(away) +
                  " s; its last good objects are in use");
  }
  for (const auto& [name, reason] : because_) out.push_back(name + ": " + reason);
  return out;
}

std::string Readiness::json(Clock::time_point now) const {
  const std::vector<std::string> why = reasons(now);
  std::string out = why.empty() ? R"({"ready":true,"reasons":)" : R"({"ready":false,"reasons":)";
  append_list(out, why);
  const std::lock_guard lock(mutex_);
  out += R"(,"problems":)";
  append_list(out, problems_);
  out += R"(,"problemCount":)" + std::to_string(problem_count_) + "}\n";
  return out;
}

}  // namespace launchgate
