// peer(): what a TLS server answers with, phase by phase: for whoever has to say which phase fails. It sends nothing,
// and trusts nothing: what the certificates are worth is for distrust() to say.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace launchgate::tls {

enum class Phase { dns, tcp, tls, done };

struct Peer {
  Phase failed = Phase::done;  // done: none
  std::string error;           // why, in words
  std::string address;         // that was connected to
  std::string chain;           // PEM, leaf first
};

// Blocks for at most `patience`, but for DNS, whose time limits are the resolver's (a few seconds).
Peer peer(const std::string& host, std::uint16_t port, const std::string& server_name,
          std::chrono::milliseconds patience);

}  // namespace launchgate::tls
