// Bounds on what a client may make the server hold, and for how long. Plain values, fixed at start.
//
// Time limits are coarse: one timer for each thread looks every 250 ms, so each may be exceeded by that much.
#pragma once

#include <chrono>
#include <cstddef>

namespace launchgate::http {

struct Limits {
  using ms = std::chrono::milliseconds;

  // Bytes.
  std::size_t body = 7u << 20;       // above it 413: an API server's request limit is 3 MiB, twice in a review
  std::size_t header = 16u << 10;    // request line and fields, and a chunked body's trailers; above it 431
  std::size_t buffered = 64u << 20;  // large requests being received, on all threads; above it 503 (32 KiB each free)
  std::size_t keep_buffer = 256u << 10;  // larger buffers go back to the allocator after their request

  unsigned connections = 1024;  // of each site; above it a new one is refused: 503 in clear text, an alert under TLS

  // Times.
  ms handshake{10'000};    // from accept to the end of the TLS handshake
  ms header_time{10'000};  // from a request's first byte to its header's end; the first also from the start
  ms body_time{30'000};    // from a request's first byte to the end of its body
  ms idle{180'000};        // between requests; longer than the 90 s after which Go's clients close
  ms write{30'000};        // from the first byte that a client would not take to the last
  ms linger{2'000};        // reading on after an answer that closes, so that no reset destroys it
  ms request{30'000};      // the longest deadline; ?timeout= lowers it (an API server allows 30 s)
  ms margin{300};          // an asked-for timeout is cut by this, so that the answer still arrives in time
};

}  // namespace launchgate::http
