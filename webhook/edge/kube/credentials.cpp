#include "edge/kube/credentials.h"

#include <mutex>
#include <optional>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/time.h"
#include "edge/kube/file.h"
#include "edge/kube/spawn.h"
#include "edge/kube/stop.h"

namespace launchgate::kube {
namespace {

class Fixed final : public Credentials {
 public:
  explicit Fixed(std::string token) : token_(std::move(token)) {}
  Result<Now> get() override { return Now{token_, {}, {}}; }
  void refused() override {}

 private:
  const std::string token_;
};

class File final : public Credentials {
 public:
  explicit File(std::string path) : path_(std::move(path)) {}

  Result<Now> get() override {
    const std::lock_guard lock(mutex_);
    if (Clock::now() < again_) return Now{token_, {}, {}};
    again_ = Clock::now() + std::chrono::seconds{60};
    auto text = read_small_file(path_);
    if (!text && token_.empty()) {
      again_ = {};
      return text.error();
    }
    if (text) token_ = trimmed(*text);
    return Now{token_, {}, {}};
  }
  void refused() override {
    const std::lock_guard lock(mutex_);
    again_ = {};
  }

 private:
  const std::string path_;
  std::mutex mutex_;
  std::string token_;
  Clock::time_point again_{};
};

class Exec final : public Credentials {
 public:
  explicit Exec(ExecPlugin plugin) : plugin_(std::move(plugin)) {}

  Result<Now> get() override {
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::floor<Seconds>(std::chrono::system_clock::now());
    if (held_ && (!expires_ || now + Seconds{10} < *expires_)) return *held_;
    auto got = run();
    if (!got) return got.error();
    held_ = *got;
    return *got;
  }
  void refused() override {
    const std::lock_guard lock(mutex_);
    held_.reset();
  }

 private:
  Error wrong(const std::string& why) const {
    return Error{"the credential plugin " + plugin_.command + " " + why +
                 (plugin_.install_hint.empty() ? "" : ": " + plugin_.install_hint)};
  }

  Result<Now> run() {
    std::string info = R"({"apiVersion":)";
    append_json_string(info, plugin_.api_version);
    info += R"(,"kind":"ExecCredential","spec":{"interactive":false)";
    if (!plugin_.cluster_info.empty()) info += ",\"cluster\":" + plugin_.cluster_info;
    info += "}}";
    auto env = plugin_.env;
    env.emplace_back("KUBERNETES_EXEC_INFO", info);
    const auto out = spawn(plugin_.command, plugin_.args, env, plugin_.patience);
    if (!out) return wrong(out.error().message);
    const auto doc = read_json(*out);  // never quoted: it holds a secret
    if (!doc) return wrong("did not print JSON");
    const Node root = doc->root(), status = root["status"];
    if (root["kind"].text() != "ExecCredential" || root["apiVersion"].text() != plugin_.api_version)
      return wrong("did not print an ExecCredential of " + plugin_.api_version);
    Now now{std::string{status["token"].text()}, std::string{status["clientCertificateData"].text()},
            std::string{status["clientKeyData"].text()}};
    if (now.token.empty() && now.client_certificate.empty()) return wrong("gave neither a token nor a certificate");
    expires_ = parse_time(status["expirationTimestamp"].text());
    return now;
  }

  const ExecPlugin plugin_;
  std::mutex mutex_;
  std::optional<Now> held_;
  std::optional<TimePoint> expires_;
};

}  // namespace

std::shared_ptr<Credentials> fixed_token(std::string token) { return std::make_shared<Fixed>(std::move(token)); }
std::shared_ptr<Credentials> token_file(std::string path) { return std::make_shared<File>(std::move(path)); }
std::shared_ptr<Credentials> exec_plugin(ExecPlugin plugin) { return std::make_shared<Exec>(std::move(plugin)); }

}  // namespace launchgate::kube
