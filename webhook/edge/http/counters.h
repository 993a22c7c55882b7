// What the server counts: Counters are one thread's, Stats are the sum at one moment (for metrics and tests).
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace launchgate::http {

// The statuses with which the server itself refuses a request, in the order of Stats::errors.
inline constexpr std::array<unsigned, 9> kErrorStatuses{400, 408, 413, 417, 431, 500, 501, 503, 505};

struct Stats {
  std::uint64_t connections_open = 0;  // a gauge
  std::uint64_t connections_total = 0;
  std::uint64_t connections_refused = 0;  // above Limits::connections
  std::uint64_t accept_errors = 0;        // EMFILE and its kin
  std::uint64_t handshake_failures = 0;   // TLS: garbage, no shared cipher, time limit, closed half-way
  std::uint64_t requests = 0;             // that reached the handler
  std::uint64_t timeouts = 0;             // connections that a time limit ended (idle ones are not counted)
  std::uint64_t bytes_in = 0;             // of HTTP, without TLS
  std::uint64_t bytes_out = 0;
  std::uint64_t buffered_bytes = 0;  // a gauge: memory held by large requests and answers, or kept for them
  std::array<std::uint64_t, kErrorStatuses.size()> errors{};

  std::uint64_t error(unsigned status) const {
    for (std::size_t i = 0; i < kErrorStatuses.size(); ++i)
      if (kErrorStatuses[i] == status) return errors[i];
    return 0;
  }
};

// Only its own thread writes a Count, any thread reads it: so an increment needs no locked instruction.
class Count {
 public:
  void add(std::uint64_t n = 1) { value_.store(get() + n, std::memory_order_relaxed); }
  std::uint64_t get() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

// One cache line group for each thread: no false sharing.
struct alignas(128) Counters {
  Count accepted, refused, accept_errors, handshake_failures, requests, timeouts, bytes_in, bytes_out;
  std::array<Count, kErrorStatuses.size()> errors;

  void error(unsigned status) {
    for (std::size_t i = 0; i < kErrorStatuses.size(); ++i)
      if (kErrorStatuses[i] == status) errors[i].add();
  }

  void add_to(Stats& sum) const {
    sum.connections_total += accepted.get();
    sum.connections_refused += refused.get();
    sum.accept_errors += accept_errors.get();
    sum.handshake_failures += handshake_failures.get();
    sum.requests += requests.get();
    sum.timeouts += timeouts.get();
    sum.bytes_in += bytes_in.get();
    sum.bytes_out += bytes_out.get();
    for (std::size_t i = 0; i < errors.size(); ++i) sum.errors[i] += errors[i].get();
  }
};

}  // namespace launchgate::http
