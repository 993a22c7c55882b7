// A room with a directory behind it, and requests to it without a socket.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <string_view>

#include "serve/reload.h"
#include "serve/room.h"
#include "serve/routes.h"
#include "support/temp_dir.h"
#include "support/world.h"

namespace launchgate::testing {

// Everything is judged and nothing refused, whatever the date: what the tests of the room need of a policy.
inline constexpr const char* kAuditPolicy =
    "apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessPolicy\nmetadata: {name: audit}\nspec: {mode: audit}\n";

// An AdmissionReview for a labelled Deployment.
inline Json admission(std::string_view uid, std::string_view image = "example.com/bot:1", std::string_view operation = "CREATE") {
  Json review = yaml(R"(
apiVersion: admission.k8s.io/v1
kind: AdmissionReview
request:
  kind: {group: apps, version: v1, kind: Deployment}
  namespace: shop
  name: bot
  userInfo: {username: jane}
  object:
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: bot, namespace: shop, labels: {launchgate.dev/llm: "true"}}
    spec: {template: {spec: {containers: [{name: bot}]}}}
)");
  review["request"]["uid"] = uid;
  review["request"]["operation"] = operation;
  review["request"]["object"]["spec"]["template"]["spec"]["containers"][0]["image"] = image;
  return review;
}

class RoomTest : public ::testing::Test {
 protected:
  RoomTest() {
    options_.from = {dir_.path()};
    options_.log.fd = ::open(dir_.path(".log").c_str(), O_CREAT | O_RDWR | O_APPEND | O_CLOEXEC, 0600);
    options_.version = "test";
  }
  ~RoomTest() override {
    room_.reset();
    ::close(options_.log.fd);
  }

  Room& room() {
    if (!room_) room_ = std::make_unique<Room>(options_);
    return *room_;
  }
  // Loads the directory as it is, once.
  void load() {
    auto certificate = Certificate::obtain(options_);
    ASSERT_TRUE(certificate);
    Reloader reloader{room(), *certificate};
    const auto error = reloader.first();
    ASSERT_FALSE(error) << error->text();
  }
  // Everything that was logged; no more can be logged after it.
  std::string log() {
    room_.reset();
    return slurp(dir_.path(".log"));
  }

  http::Response ask(std::string_view method, std::string_view target, std::string body = {}, std::string_view type = "application/json",
                     http::Clock::time_point deadline = http::Clock::now() + std::chrono::seconds(20)) {
    http::Response response;
    const std::size_t size = body.size();
    body.resize(size + 64);
    webhook_routes(room(), {})({method, target, type, std::string_view{body}.substr(0, size), deadline}, response);
    return response;
  }
  http::Response validate(const Json& review) { return ask("POST", "/validate?timeout=5s", review.dump()); }
  static Json answer(const http::Response& response) { return Json::parse(response.body)["response"]; }

  // The value of one line of /metrics; 0 where it is not there.
  double metric(const std::string& series) {
    const std::string text = ask("GET", "/metrics").body;
    const std::size_t at = text.find("\n" + series + " ");
    return at == std::string::npos ? 0 : std::stod(text.substr(at + series.size() + 2));
  }

  TempDir dir_;
  ServeOptions options_;

 private:
  std::unique_ptr<Room> room_;
};

}  // namespace launchgate::testing
