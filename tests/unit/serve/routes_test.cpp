#include "serve/routes.h"

#include <malloc.h>

#include "room_support.h"
#include "serve/validate.h"

namespace launchgate::testing {
namespace {

using Routes = RoomTest;

TEST_F(Routes, ADenialCarriesTheUidAndIsCountedAndLogged) {
  load();
  const http::Response response = validate(admission("u-1"));
  EXPECT_EQ(response.status, 200u);
  EXPECT_EQ(answer(response)["uid"], "u-1");
  EXPECT_EQ(answer(response)["allowed"], false);
  EXPECT_EQ(answer(response)["status"]["code"], 403);
  EXPECT_EQ(metric(R"(launchgate_admission_requests_total{kind="Deployment",operation="CREATE",decision="deny",mode="enforce",dry_run="false"})"), 1);
  EXPECT_EQ(metric(R"(launchgate_admission_duration_seconds_count{decision="deny"})"), 1);
  EXPECT_EQ(metric(R"(launchgate_gate_results_total{gate="PRR-COV-01",outcome="Fail"})"), 1);
  const std::string text = log();
  EXPECT_NE(text.find(R"("msg":"decision","uid":"u-1","operation":"CREATE","kind":"Deployment","namespace":"shop","name":"bot","decision":"deny","mode":"enforce","step":"Judged")"),
            std::string::npos) << text;
  EXPECT_NE(text.find(R"("user":"jane")"), std::string::npos) << text;
}

TEST_F(Routes, AnAllowedRequestNamesNoUser) {
  dir_.write("policy.yaml", kAuditPolicy);
  load();
  EXPECT_EQ(answer(validate(admission("u-2")))["allowed"], true);
  const std::string text = log();
  EXPECT_NE(text.find(R"("decision":"audit","mode":"audit")"), std::string::npos) << text;
  EXPECT_EQ(text.find("jane"), std::string::npos) << text;
}

TEST_F(Routes, WhatWasAdmittedMayComeBack) {
  dir_.write("policy.yaml", kAuditPolicy);
  dir_.write("review.yaml",
             "apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessReview\nmetadata: {name: bot, namespace: shop}\n"
             "spec: {covers: [{kind: Deployment, name: bot}]}\n");
  load();
  const auto step = [&](std::string_view image, bool dry_run = false) {
    Json review = admission("u", image);
    review["request"]["dryRun"] = dry_run;
    return answer(validate(review))["auditAnnotations"]["note"];
  };
  const Json rollback = "a revision that was approved before";
  EXPECT_NE(step("bot:1"), rollback);
  EXPECT_NE(step("bot:2", true), rollback);
  EXPECT_NE(step("bot:2"), rollback);                  // the dry run was not remembered
  EXPECT_EQ(step("bot:1"), rollback);
  EXPECT_EQ(step("bot:2"), rollback);
  EXPECT_EQ(room().memory.workloads(), 1u);
}

TEST_F(Routes, WhatIsDeniedIsNotRemembered) {
  load();
  EXPECT_EQ(answer(validate(admission("u")))["allowed"], false);
  EXPECT_EQ(room().memory.workloads(), 0u);
}

TEST_F(Routes, RecordedRequestsAreAnsweredWithTheirUid) {
  load();
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator{in_source("tests/data/admission-reviews")}) {
    if (entry.path().extension() != ".json") continue;
    const std::string text = slurp(entry.path());
    const http::Response response = ask("POST", "/validate?timeout=10s", text);
    EXPECT_EQ(response.status, 200u) << entry.path();
    EXPECT_EQ(answer(response)["uid"], Json::parse(text)["request"]["uid"]) << entry.path();
    ++count;
  }
  EXPECT_GT(count, 20u);
}

TEST_F(Routes, WhatIsNoAdmissionReviewIs400) {
  load();
  for (const char* body : {"", "{", "[]", "null", R"({"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1"})",
                           R"({"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1beta1","request":{"uid":"u"}})",
                           R"({"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{}})"}) {
    const http::Response response = ask("POST", "/validate", body);
    EXPECT_EQ(response.status, 400u) << body;
    EXPECT_FALSE(Json::parse(response.body)["error"].get<std::string>().empty()) << body;
  }
  EXPECT_EQ(metric(R"(launchgate_admission_errors_total{reason="malformed"})"), 7);
  EXPECT_EQ(metric(R"(launchgate_http_responses_total{code="400"})"), 7);
}

TEST_F(Routes, OnlyJsonIsRead) {
  load();
  for (const char* type : {"", "text/plain", "application/jsonp", "application/yaml"})
    EXPECT_EQ(ask("POST", "/validate", admission("u").dump(), type).status, 415u) << type;
  for (const char* type : {"application/json", "Application/JSON", "application/json; charset=utf-8", "application/json ;q=1"})
    EXPECT_EQ(ask("POST", "/validate", admission("u").dump(), type).status, 200u) << type;
}

TEST_F(Routes, APassedDeadlineIsAnsweredByOnError) {
  load();
  const auto late = http::Clock::now() - std::chrono::milliseconds(1);
  http::Response response = ask("POST", "/validate", admission("u-3").dump(), "application/json", late);
  EXPECT_EQ(response.status, 200u);
  EXPECT_EQ(answer(response)["uid"], "u-3");
  EXPECT_EQ(answer(response)["allowed"], true);
  EXPECT_EQ(answer(response)["auditAnnotations"]["decision"], "error");
  EXPECT_EQ(answer(response)["warnings"].size(), 1u);
  EXPECT_EQ(ask("POST", "/validate", "{", "application/json", late).status, 400u);
  EXPECT_EQ(metric(R"(launchgate_admission_errors_total{reason="deadline"})"), 1);
  EXPECT_EQ(metric(R"(launchgate_admission_requests_total{kind="Deployment",operation="CREATE",decision="error",mode="none",dry_run="false"})"), 1);
}

TEST_F(Routes, OnErrorDenyIsHeeded) {
  dir_.write("policy.yaml", "apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessPolicy\nmetadata: {name: strict}\nspec: {onError: deny}\n");
  load();
  const http::Response response = ask("POST", "/validate", admission("u-4").dump(), "application/json", http::Clock::now());
  EXPECT_EQ(answer(response)["allowed"], false);
  EXPECT_EQ(answer(response)["status"]["code"], 500);
}

TEST_F(Routes, AMalformedObjectIsAnErrorAndNoDenial) {
  load();
  Json review = admission("u-5");
  review["request"]["object"] = "text";
  EXPECT_EQ(answer(validate(review))["allowed"], true);
  EXPECT_EQ(metric(R"(launchgate_admission_errors_total{reason="object"})"), 1);
}

TEST_F(Routes, BeforeTheFirstLoadItSaysSo) {
  const http::Response response = validate(admission("u"));
  EXPECT_EQ(response.status, 503u);
  EXPECT_EQ(response.headers, "Retry-After: 1\r\n");
  EXPECT_EQ(ask("GET", "/readyz").status, 503u);
  EXPECT_EQ(ask("GET", "/healthz").status, 200u);
  load();
  EXPECT_EQ(validate(admission("u")).status, 200u);
  EXPECT_EQ(ask("GET", "/readyz").status, 200u);
}

TEST_F(Routes, UnknownPathsAndMethods) {
  load();
  EXPECT_EQ(ask("GET", "/").status, 404u);
  EXPECT_EQ(ask("POST", "/validate/x", "{}").status, 404u);
  EXPECT_EQ(ask("GET", "*").status, 404u);
  EXPECT_EQ(ask("GET", "/validate").status, 405u);
  EXPECT_EQ(ask("PUT", "/validate").headers, "Allow: POST\r\n");
  EXPECT_EQ(ask("POST", "/metrics").status, 405u);
  EXPECT_EQ(ask("DELETE", "/healthz").headers, "Allow: GET, HEAD\r\n");
  EXPECT_EQ(ask("HEAD", "/readyz?verbose").status, 200u);
}

TEST_F(Routes, TheClearTextPortJudgesNothing) {
  load();
  http::Response response;
  plain_routes(room(), {})({"POST", "/validate", "application/json", "{}", http::Clock::now() + std::chrono::seconds(5)}, response);
  EXPECT_EQ(response.status, 404u);
  response.reset();
  plain_routes(room(), {})({"GET", "/metrics", "", "", {}}, response);
  EXPECT_EQ(response.status, 200u);
  EXPECT_EQ(response.content_type, kMetricsContentType);
}

TEST_F(Routes, EverySeriesIsThereOnce) {
  load();
  validate(admission("u"));
  std::set<std::string> seen;
  std::istringstream text(ask("GET", "/metrics").body);
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with('#')) continue;
    EXPECT_TRUE(seen.insert(line.substr(0, line.rfind(' '))).second) << line;
  }
  const MetricNames names = metric_names("x");
  EXPECT_EQ(std::set(names.kinds.begin(), names.kinds.end()).size(), names.kinds.size());
  EXPECT_EQ(names.gates.size(), gate_table().size());
}

// Every thread would keep tens of megabytes until the process ends. The sanitizers count nothing here.
TEST_F(Routes, ALargeRequestLeavesNothingInItsThread) {
  load();
  const auto in_use = [] {
    const struct mallinfo2 now = ::mallinfo2();
    return now.uordblks + now.hblkhd;
  };
  Json many_variables = admission("u"), many_containers = admission("u");
  Json& containers = many_containers["request"]["object"]["spec"]["template"]["spec"]["containers"];
  for (int i = 0; i < 50'000; ++i) {
    containers.push_back({{"name", "c" + std::to_string(i)}, {"image", "a"}});
    many_variables["request"]["object"]["spec"]["template"]["spec"]["containers"][0]["env"].push_back({{"name", "A"}, {"value", "x"}});
  }
  std::thread([&] {
    EXPECT_EQ(validate(admission("u")).status, 200u);
    const std::size_t before = in_use();
    EXPECT_EQ(validate(many_variables).status, 200u);
    EXPECT_EQ(validate(many_containers).status, 200u);
    EXPECT_LT(in_use(), before + (512u << 10));
  }).join();
}

// Judging, reloading, scraping and draining at once: what the thread sanitizer is for.
TEST_F(Routes, ManyThreadsAtOnce) {
  dir_.write("policy.yaml", kAuditPolicy);
  load();
  std::atomic<bool> stop{false};
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 300; ++i)
        wrong += answer(validate(admission("u", "bot:" + std::to_string(t * 7 + i % 13))))["allowed"] != true;
    });
  threads.emplace_back([&] {
    while (!stop) load();
  });
  threads.emplace_back([&] {
    while (!stop) {
      ask("GET", "/metrics");
      ask("GET", "/readyz");
    }
  });
  for (int t = 0; t < 4; ++t) threads[static_cast<std::size_t>(t)].join();
  stop = true;
  threads[4].join();
  threads[5].join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace launchgate::testing
