// ScriptedServer: an HTTP server on loopback that says, byte for byte, what a test tells it to: also what no good server
// would say. Plain text, one thread for each connection; it ends what is open when it goes.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace launchgate::test {

struct Asked {
  std::string method, target, head, body;
  std::size_t connection = 0, number = 0;  // which connection, and which request of all
  bool has(const std::string& text) const { return target.find(text) != std::string::npos; }
};

// What to answer: raw bytes, piece by piece, and then to keep the connection, close it, or hold it without a word.
struct Say {
  std::vector<std::string> pieces;
  enum class Then { keep, close, hang } then = Then::keep;
  std::chrono::milliseconds before{0}, between{0};

  static Say json(const std::string& body, int status = 200, const std::string& headers = {}) {
    return {{"HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: application/json\r\nContent-Length: " +
             std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body}};
  }
  static Say status(int code, const std::string& reason, const std::string& headers = {}) {
    return json(R"({"kind":"Status","status":"Failure","code":)" + std::to_string(code) + R"(,"reason":")" + reason +
                    R"(","message":"scripted"})", code, headers);
  }
  // A watch: chunked, and open until the client or the test has enough, or closed in good order.
  static Say events(const std::vector<std::string>& lines, Then then = Then::hang) {
    Say out{{"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"}, then};
    for (const std::string& line : lines) {
      char size[32];
      std::snprintf(size, sizeof size, "%zx\r\n", line.size() + 1);
      out.pieces.push_back(size + line + "\n\r\n");
    }
    if (then == Then::keep) out.pieces.push_back("0\r\n\r\n");
    return out;
  }
};

class ScriptedServer {
 public:
  using Script = std::function<Say(const Asked&)>;

  explicit ScriptedServer(Script script) : script_(std::move(script)), fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(fd_, 64);
    socklen_t size = sizeof address;
    ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    accepting_ = std::thread([this] { accept(); });
  }
  ~ScriptedServer() {
    ending_ = true;
    accepting_.join();
    for (std::thread& one : serving_) one.join();
    ::close(fd_);
  }

  std::uint16_t port() const { return port_; }
  std::vector<Asked> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }
  std::size_t connections() const { return connections_; }

 private:
  bool readable(int fd) const {
    while (!ending_) {
      pollfd wait{fd, POLLIN, 0};
      if (::poll(&wait, 1, 10) > 0) return true;
    }
    return false;
  }
  void accept() {
    while (readable(fd_)) {
      const int fd = ::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC);
      if (fd >= 0) serving_.emplace_back([this, fd, number = connections_++] { serve(fd, number); });
    }
  }
  void serve(int fd, std::size_t connection) {
    std::string held;
    while (one(fd, connection, held)) {}
    ::close(fd);
  }
  bool more(int fd, std::string& held) const {
    char buffer[65536];
    if (!readable(fd)) return false;
    const auto got = ::recv(fd, buffer, sizeof buffer, 0);
    if (got <= 0) return false;
    held.append(buffer, static_cast<std::size_t>(got));
    return true;
  }
  bool one(int fd, std::size_t connection, std::string& held) {
    std::size_t end;
    while ((end = held.find("\r\n\r\n")) == std::string::npos)
      if (!more(fd, held)) return false;
    Asked asked;
    asked.head = held.substr(0, end + 4);
    held.erase(0, end + 4);
    const auto space = asked.head.find(' ');
    asked.method = asked.head.substr(0, space);
    asked.target = asked.head.substr(space + 1, asked.head.find(' ', space + 1) - space - 1);
    const auto length = asked.head.find("Content-Length: ");
    const std::size_t size = length == std::string::npos ? 0 : std::stoul(asked.head.substr(length + 16));
    while (held.size() < size)
      if (!more(fd, held)) return false;
    asked.body = held.substr(0, size);
    held.erase(0, size);
    asked.connection = connection;
    {
      const std::lock_guard lock(mutex_);
      asked.number = asked_.size();
      asked_.push_back(asked);
    }
    return say(fd, script_(asked));
  }
  bool say(int fd, const Say& what) const {
    std::this_thread::sleep_for(what.before);
    for (const std::string& piece : what.pieces) {
      for (std::size_t sent = 0; sent < piece.size();) {
        const auto n = ::send(fd, piece.data() + sent, piece.size() - sent, MSG_NOSIGNAL);
        if (n <= 0) return false;
        sent += static_cast<std::size_t>(n);
      }
      if (what.between.count()) std::this_thread::sleep_for(what.between);
    }
    if (what.then == Say::Then::hang) {
      while (readable(fd)) {  // until it goes away
        char byte;
        if (::recv(fd, &byte, 1, 0) <= 0) break;
      }
      return false;
    }
    return what.then == Say::Then::keep;
  }

  const Script script_;
  const int fd_;
  std::uint16_t port_ = 0;
  std::atomic<bool> ending_{false};
  std::atomic<std::size_t> connections_{0};
  mutable std::mutex mutex_;
  std::vector<Asked> asked_;
  std::vector<std::thread> serving_;
  std::thread accepting_;
};

}  // namespace launchgate::test
