// Writer: which statuses are to be written, how fast, and when again after a failure. It makes no call itself.
#pragma once

#include <compare>
#include <functional>
#include <map>
#include <string>

#include "operate/bucket.h"

namespace launchgate {

struct WriterLimits {
  double per_second = 25, burst = 100;                   // statuses; each is a GET and a PATCH
  std::chrono::milliseconds first{1'000}, most{60'000};  // pause after a failure, doubled each time, with jitter
  std::chrono::seconds in_flight{60};                    // so long a written status may take to come back by the watch
};

// Whose status; of a workload, named "Deployment/web": its Report (operate/open_reports).
struct Target {
  enum class Kind : std::uint8_t { Review, Policy, Waiver, Workload };
  Kind kind = Kind::Review;
  std::string ns, name;
  auto operator<=>(const Target&) const = default;
};

// What came of one attempt. Gone: there is nothing to write any more.
enum class Written : std::uint8_t { Done, Same, Gone, Conflict, Failed };

struct WriterCounters {
  std::uint64_t writes = 0, conflicts = 0, failures = 0;
};

// One thread's.
class Writer {
 public:
  using Steady = Bucket::Steady;
  explicit Writer(WriterLimits limits = {}) : limits_(limits), bucket_(limits.per_second, limits.burst) {}

  // `found`: digest of the status that the snapshot shows; `wanted`: of the one that should stand there. Once it has been
  // written it is not wanted again while the snapshot still shows the old one.
  void want(const Target& target, const std::string& found, const std::string& wanted, Steady now);
  void settled(const Target& target);  // it is as it should be
  // Calls `write` for those whose time has come, `most` of them at most.
  void flush(Steady now, std::size_t most, const std::function<Written(const Target&)>& write);
  Steady next(Steady now);  // when flush() has something to do; Steady::max(): nothing waits
  void clear();
  std::size_t waiting() const { return waiting_.size(); }
  const WriterCounters& counters() const { return counters_; }

 private:
  struct Wanted {
    std::string found, wanted;
    unsigned attempts = 0;
    Steady not_before{};
  };
  struct Sent {
    std::string found, wanted;
    Steady at;
  };
  std::chrono::milliseconds pause(unsigned attempts) const;

  const WriterLimits limits_;
  Bucket bucket_;
  std::map<Target, Wanted> waiting_;
  std::map<Target, Sent> sent_;
  WriterCounters counters_;
};

}  // namespace launchgate
