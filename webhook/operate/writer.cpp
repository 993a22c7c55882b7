#include "operate/writer.h"

#include <algorithm>
#include <random>
#include <vector>

namespace launchgate {

std::chrono::milliseconds Writer::pause(unsigned attempts) const {
  thread_local std::minstd_rand random{std::random_device{}()};
  const auto span = std::min(limits_.most, limits_.first * (1u << std::min(attempts, 16u)));
  return span / 2 + std::chrono::milliseconds{std::uniform_int_distribution<long long>{0, span.count() / 2}(random)};
}

void Writer::want(const Target& target, const std::string& found, const std::string& wanted, Steady now) {
  const auto sent = sent_.find(target);
  if (sent != sent_.end() && sent->second.found == found && sent->second.wanted == wanted &&
      now < sent->second.at + limits_.in_flight)
    return;
  Wanted& w = waiting_[target];
  w.found = found;
  w.wanted = wanted;
}

void Writer::settled(const Target& target) {
  waiting_.erase(target);
  sent_.erase(target);
}

void Writer::flush(Steady now, std::size_t most, const std::function<Written(const Target&)>& write) {
  for (auto at = waiting_.begin(); at != waiting_.end() && most > 0;) {
    if (at->second.not_before > now) {
      ++at;
      continue;
    }
    if (!bucket_.take(now)) return;
    --most;
    const Written result = write(at->first);
    if (result == Written::Conflict || result == Written::Failed) {
      ++(result == Written::Conflict ? counters_.conflicts : counters_.failures);
      at->second.not_before = now + pause(at->second.attempts++);
      ++at;
      continue;
    }
    if (result == Written::Done) ++counters_.writes;
    if (result == Written::Gone) sent_.erase(at->first);
    else sent_[at->first] = {at->second.found, at->second.wanted, now};
    at = waiting_.erase(at);
  }
}

Writer::Steady Writer::next(Steady now) {
  Steady first = Steady::max();
  for (const auto& [target, w] : waiting_) {
    first = std::min(first, w.not_before);
    if (first <= now) break;
  }
  return first == Steady::max() ? first : std::max(first, bucket_.ready(now));
}

void Writer::clear() {
  waiting_.clear();
  sent_.clear();
}

}  // namespace launchgate
