// The HTTP server with nothing behind it: every request is answered with the same bytes. What http_vs_nginx.sh measures.
//
//   constant_server --port 8443 --cert tls.crt --key tls.key [--plain PORT] [--threads 1]
//
// Prints "ready <port>" once it listens and runs until SIGTERM or SIGINT, then drains.
#include <signal.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

#include "edge/http/server.h"

namespace {

namespace http = launchgate::http;

constexpr std::string_view kAnswer = R"({"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":)"
                                     R"({"uid":"705ab4f5-6393-11e8-b7cc-42010a800002","allowed":true}})";

[[noreturn]] void fail(const std::string& message) {
  std::fprintf(stderr, "constant_server: %s\n", message.c_str());
  std::exit(2);
}

std::map<std::string, std::string> arguments(int argc, char** argv) {
  std::map<std::string, std::string> values{{"--port", "0"}, {"--threads", "1"}};
  for (int i = 1; i + 1 < argc; i += 2) values[argv[i]] = argv[i + 1];
  return values;
}

std::uint16_t port_of(const std::string& text) { return static_cast<std::uint16_t>(std::atoi(text.c_str())); }

}  // namespace

int main(int argc, char** argv) {
  auto arg = arguments(argc, argv);
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGTERM);
  sigaddset(&ending, SIGINT);
  sigprocmask(SIG_BLOCK, &ending, nullptr);

  const http::Handler handler = [](const http::Request&, http::Response& response) { response.body = kAnswer; };
  const auto tls = http::TlsContext::from_files(arg["--cert"], arg["--key"]);
  if (!tls) fail(tls.error().text());
  http::Server server({.threads = static_cast<unsigned>(std::atoi(arg["--threads"].c_str()))});
  const auto port =
      server.listen({.address = "127.0.0.1", .port = port_of(arg["--port"]), .tls = *tls, .handler = handler});
  if (!port) fail(port.error().text());
  if (arg.count("--plain")) {
    const auto plain =
        server.listen({.address = "127.0.0.1", .port = port_of(arg["--plain"]), .tls = nullptr, .handler = handler});
    if (!plain) fail(plain.error().text());
  }
  server.start();
  std::printf("ready %u\n", static_cast<unsigned>(*port));
  std::fflush(stdout);
  int signal = 0;
  sigwait(&ending, &signal);
  server.drain(std::chrono::seconds(2));
  return 0;
}
