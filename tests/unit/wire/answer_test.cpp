// The whole webhook as a function: recorded requests of a real API server against golden answers, and everything that
// can be wrong with a body. Golden files: tests/golden/answer; UPDATE_GOLDEN=1 in the environment rewrites them.
#include "wire/answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "base/utf8.h"
#include "support/world.h"

namespace launchgate {
namespace {

using testing::Json;
using ::testing::HasSubstr;
using testing::in_source;
using testing::recorded_text;

const TimePoint kNow = testing::time_at("2026-11-24T12:00:00Z");

struct Reply {
  unsigned status;
  std::string text;
  Json body;   // null when `text` is no JSON

  const Json& response() const { return body.at("response"); }
  std::string decision() const { return response()["auditAnnotations"]["decision"]; }
};

Reply ask(std::string_view body, const Snapshot& world, Exchange& x, std::string& out) {
  std::string padded{body};
  padded.resize(body.size() + kJsonPadding);
  const auto status = answer({padded.data(), body.size()}, world, kNow, nullptr, x, out);
  x.doc = Doc{};
  return {status, out, Json::parse(out, nullptr, false)};
}
Reply ask(std::string_view body, const Snapshot& world) {
  Exchange x;
  std::string out = "left over from the last request";
  return ask(body, world, x, out);
}

const Snapshot& nothing() {
  static const auto world = build_snapshot({});
  return *world;
}
const Snapshot& examples() {
  static const auto world = testing::world_of(testing::objects_below(in_source("examples"), "/broken/"));
  return *world;
}
std::shared_ptr<const Snapshot> policy(std::string_view spec) {
  return testing::world("{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: p}, spec: " + std::string{spec} + "}");
}

std::vector<std::string> recordings() {
  std::vector<std::string> out;
  for (const auto& file : std::filesystem::directory_iterator{in_source("tests/data/admission-reviews")})
    if (file.path().extension() == ".json") out.push_back(file.path().stem().string());
  std::sort(out.begin(), out.end());
  return out;
}

// What holds for every answer to a request that has a uid.
void expect_sound(const Reply& reply, const std::string& uid, const std::string& what) {
  ASSERT_EQ(reply.status, 200u) << what << ": " << reply.text;
  ASSERT_TRUE(reply.body.is_object()) << what << " is no JSON: " << reply.text;
  EXPECT_EQ(reply.body["kind"], "AdmissionReview") << what;
  EXPECT_EQ(reply.body["apiVersion"], "admission.k8s.io/v1") << what;
  EXPECT_EQ(reply.body.size(), 3u) << what;
  const Json& r = reply.response();
  EXPECT_EQ(r["uid"], uid) << what;
  ASSERT_TRUE(r["allowed"].is_boolean()) << what;
  EXPECT_EQ(r.contains("status"), !r["allowed"].get<bool>()) << what;
  EXPECT_FALSE(r.contains("patch") || r.contains("patchType")) << what;
  if (r.contains("status")) {
    const int code = r["status"]["code"];
    EXPECT_TRUE(code == 403 || code == 500) << what;
    EXPECT_EQ(r["status"]["reason"], code == 403 ? "Forbidden" : "InternalError") << what;
    EXPECT_EQ(r["status"]["status"], "Failure") << what;
    EXPECT_FALSE(r["status"]["message"].get<std::string>().empty()) << what;
  }
  std::size_t bytes = 0;
  for (const Json& w : r.value("warnings", Json::array())) {
    const auto text = w.get<std::string>();
    bytes += text.size();
    EXPECT_LE(text.size(), 256u) << what << ": " << text;
    EXPECT_EQ(utf8_valid_prefix(text), text.size()) << what << ": " << text;
    EXPECT_TRUE(std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
        << what << ": the API server drops a warning with a control character: " << text;
  }
  EXPECT_LE(bytes, 4096u) << what;
  for (const auto& [key, value] : r["auditAnnotations"].items()) {
    EXPECT_THAT((std::vector<std::string>{"decision", "mode", "tier", "review", "failed-gates", "waived-gates", "digest", "note"}), ::testing::Contains(key)) << what;
    EXPECT_TRUE(value.is_string()) << what;
  }
}

// ---- Golden answers. ----

void expect_golden(const std::string& name, const Json& body) {
  const auto path = in_source("tests/golden/answer") / (name + ".json");
  const auto text = body.dump(2) + "\n";
  if (std::getenv("UPDATE_GOLDEN")) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream{path} << text;
    return;
  }
  ASSERT_TRUE(std::filesystem::exists(path)) << path << " is missing: run this test with UPDATE_GOLDEN=1 and read what it wrote";
  EXPECT_EQ(testing::slurp(path), text) << path << " differs: if the new answer is right, run this test with UPDATE_GOLDEN=1";
}

class Recorded : public ::testing::TestWithParam<std::string> {};

TEST_P(Recorded, AgainstTheExamples) {
  const auto text = recorded_text(GetParam());
  const auto reply = ask(text, examples());
  expect_sound(reply, Json::parse(text)["request"]["uid"], GetParam());
  expect_golden(GetParam() + ".examples", reply.body);
}

TEST_P(Recorded, WithoutAnyReview) {
  const auto text = recorded_text(GetParam());
  const auto reply = ask(text, nothing());
  expect_sound(reply, Json::parse(text)["request"]["uid"], GetParam());
  expect_golden(GetParam() + ".no-review", reply.body);
}

INSTANTIATE_TEST_SUITE_P(Requests, Recorded, ::testing::ValuesIn(recordings()), [](const auto& test) {
  auto name = test.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Golden, HasNoOrphans) {
  const auto names = recordings();
  for (const auto& file : std::filesystem::directory_iterator{in_source("tests/golden/answer")}) {
    const auto stem = file.path().stem().stem().string();
    EXPECT_THAT(names, ::testing::Contains(stem)) << file.path() << " belongs to no recorded request: remove it";
  }
}

TEST(Answer, OneExchangeServesManyRequests) {
  Exchange x;
  std::string out;
  for (int round = 0; round < 2; ++round)
    for (const auto& name : recordings()) {
      EXPECT_EQ(ask("{\"broken", nothing(), x, out).status, 400u);
      EXPECT_TRUE(x.malformed);
      const auto text = recorded_text(name);
      EXPECT_EQ(ask(text, examples(), x, out).text, ask(text, examples()).text) << name;
      EXPECT_FALSE(x.malformed);
      EXPECT_EQ(x.error, "");
    }
}

// ---- Bodies that are no AdmissionReview: 400 and one sentence. ----

struct Malformed {
  const char* what;
  std::string body;
  const char* error;   // part of it
};

TEST(Answer, MalformedBodies) {
  const std::string head = R"({"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1")";
  std::string deep = head + R"(,"request":{"uid":"u","object":)";
  const std::vector<Malformed> rows = {
      {"nothing", "", "not valid JSON"},
      {"white space", " \n\t ", "not valid JSON"},
      {"no JSON", "hello", "not valid JSON"},
      {"YAML", "kind: AdmissionReview", "not valid JSON"},
      {"a byte order mark", "\xEF\xBB\xBF{}", ""},
      {"two documents", head + "}{}", "JSON"},
      {"text behind it", head + R"(,"request":{"uid":"u"}} x)", "JSON"},
      {"a comma too many", head + R"(,"request":{"uid":"u",}})", "JSON"},
      {"single quotes", "{'kind':'AdmissionReview'}", "JSON"},
      {"a bare control character", head + ",\"request\":{\"uid\":\"a\nb\"}}", "JSON"},
      {"an array", "[]", "not an AdmissionReview"},
      {"a text", "\"AdmissionReview\"", "not an AdmissionReview"},
      {"null", "null", "not an AdmissionReview"},
      {"an empty object", "{}", "not an AdmissionReview: kind is \"\""},
      {"another kind", R"({"kind":"Pod","apiVersion":"v1"})", "not an AdmissionReview: kind is \"Pod\", expected AdmissionReview"},
      {"a ConversionReview", R"({"kind":"ConversionReview","apiVersion":"apiextensions.k8s.io/v1","request":{"uid":"u"}})", "kind is \"ConversionReview\""},
      {"v1beta1", R"({"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1beta1","request":{"uid":"u"}})",
       "apiVersion is \"admission.k8s.io/v1beta1\": expected admission.k8s.io/v1; set admissionReviewVersions: [v1] in the webhook configuration"},
      {"no version", R"({"kind":"AdmissionReview","request":{"uid":"u"}})", "apiVersion is \"\""},
      {"no request", head + "}", "request is missing"},
      {"a null request", head + R"(,"request":null})", "request is missing"},
      {"a list as request", head + R"(,"request":[]})", "request is missing"},
      {"an answer instead of a question", head + R"(,"response":{"uid":"u","allowed":true}})", "request is missing"},
      {"no uid", head + R"(,"request":{"operation":"CREATE"}})", "request.uid is missing"},
      {"an empty uid", head + R"(,"request":{"uid":""}})", "request.uid is missing"},
      {"a null uid", head + R"(,"request":{"uid":null}})", "request.uid is missing"},
      {"a number as uid", head + R"(,"request":{"uid":7}})", "request.uid is missing"},
      {"two uids", head + R"(,"request":{"uid":"a","uid":"b"}})", "uid"},
      {"two kinds", R"({"kind":"AdmissionReview","kind":"Pod","apiVersion":"admission.k8s.io/v1","request":{"uid":"a"}})", "kind"},
      {"a byte that is no UTF-8", head + ",\"request\":{\"uid\":\"a\xff\"}}", "JSON"},
      {"an overlong form", head + ",\"request\":{\"uid\":\"a\xc0\xaf\"}}", "JSON"},
      {"half a surrogate", head + R"(,"request":{"uid":"\ud800"}})", "JSON"},
      {"ten thousand lists that never end", deep + std::string(10'000, '['), ""},
  };
  for (const Malformed& row : rows) {
    const auto reply = ask(row.body, nothing());
    EXPECT_EQ(reply.status, 400u) << row.what << ": " << reply.text.substr(0, 300);
    ASSERT_TRUE(reply.body.is_object() && reply.body.size() == 1 && reply.body.contains("error")) << row.what << ": " << reply.text.substr(0, 300);
    EXPECT_THAT(reply.body["error"].get<std::string>(), HasSubstr(row.error)) << row.what;
    EXPECT_LT(reply.text.size(), 1000u) << row.what << ": a short sentence";
  }
}

// ---- A request that can be answered, with an object that can't be read: onError decides, and the uid is there. ----

// An object of a hundred levels was answered with 400, and so went by the webhook's failurePolicy instead of by onError.
TEST(Answer, AnObjectThatCannotBeReadIsAnsweredAsOnErrorSays) {
  const std::string lists = std::string(10'000, '[') + std::string(10'000, ']');
  std::string objects;
  for (int i = 0; i < 10'000; ++i) objects += "{\"a\":";
  objects += "1" + std::string(10'000, '}');
  const std::pair<std::string, const char*> rows[] = {
      {lists, "nested deeper than 100 levels"},
      {objects, "nested deeper than 100 levels"},
      {R"({"hostNetwork":false,"hostNetwork":true})", "key \"hostNetwork\" stands twice in one object"},
      {R"({"a":1,"\u0061":2})", "key \"a\" stands twice in one object"},
      {"NaN", "not valid JSON"},
      {"01", "not valid JSON"},
  };
  const auto request = [](std::string_view kind, std::string_view spec) {
    return R"({"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u","kind":{"group":"apps","version":"v1","kind":")" + std::string{kind} +
           R"("},"namespace":"shop","name":"bot","operation":"CREATE","userInfo":{"username":"ana"},"object":{"spec":)" + std::string{spec} + "}}}";
  };
  const auto denies = testing::world("{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: p}, spec: {mode: warn, onError: deny, exempt: {users: [root]}}}");
  for (const auto& [spec, why] : rows) {
    const auto allowed = ask(request("Deployment", spec), nothing()), denied = ask(request("Deployment", spec), *denies);
    ASSERT_EQ(allowed.status, 200u) << why;
    EXPECT_EQ(allowed.body["response"]["uid"], "u");
    EXPECT_TRUE(allowed.body["response"]["allowed"]);
    EXPECT_THAT(allowed.body["response"]["warnings"][0].get<std::string>(), HasSubstr(std::string{"could not judge this: request.object: "} + why));
    EXPECT_THAT(allowed.body["response"]["warnings"][0].get<std::string>(), HasSubstr(", at request.object.spec"));
    EXPECT_LT(allowed.text.size(), 1000u) << "a short sentence";
    EXPECT_FALSE(denied.body["response"]["allowed"]) << why;
    EXPECT_EQ(denied.body["response"]["status"]["code"], 500) << why;
    EXPECT_EQ(ask(request("Widget", spec), *denies).body["response"]["allowed"], true) << "launchgate has no business with it";
  }
  auto of_an_exempt_user = request("Deployment", lists);
  of_an_exempt_user.replace(of_an_exempt_user.find("ana"), 3, "root");
  EXPECT_EQ(ask(of_an_exempt_user, *denies).body["response"]["allowed"], true) << "whom the platform team leaves alone";
}

// The skipped parts of a request are skipped, however deep they are.
TEST(Answer, WhatIsNotReadMayBeAsDeepAsItLikes) {
  Json request = Json::parse(recorded_text("create-deployment-not-llm"));
  const std::string text = request.dump(), mark = "\"managedFields\":";
  const auto at = text.find(mark);
  ASSERT_NE(at, std::string::npos);
  const auto hostile = text.substr(0, at) + mark + std::string(20'000, '[') + std::string(20'000, ']') + ",\"x\":" + text.substr(at + mark.size());
  const auto reply = ask(hostile, nothing());
  EXPECT_TRUE(reply.status == 200 || reply.status == 400) << reply.text;
  EXPECT_TRUE(reply.body.is_object());
}

TEST(Answer, TruncatedAnywhere) {
  for (const char* name : {"create-deployment-labelled", "create-deployment-not-llm"}) {
    auto text = recorded_text(name);
    while (text.back() == '\n') text.pop_back();
    for (std::size_t size = 0; size < text.size(); ++size) {
      const auto reply = ask(std::string_view{text}.substr(0, size), examples());
      ASSERT_EQ(reply.status, 400u) << "the first " << size << " bytes of " << name << ": " << reply.text;
      ASSERT_TRUE(reply.body.contains("error")) << size;
    }
    EXPECT_EQ(ask(text, examples()).status, 200u);
  }
}

TEST(Answer, AnyByteMayBeWrong) {
  const auto text = recorded_text("create-pod-bare-labelled");
  for (std::size_t i = 0; i < text.size(); ++i)
    for (char c : {'"', '{', ']', ' ', '\0', '\xff', '7', '\\'}) {
      auto hostile = text;
      hostile[i] = c;
      const auto reply = ask(hostile, examples());
      ASSERT_TRUE(reply.status == 200 || reply.status == 400) << i;
      ASSERT_TRUE(reply.body.is_object()) << "byte " << i << ": " << reply.text;
      ASSERT_EQ(reply.body.contains("response"), reply.status == 200) << i;
    }
}

// ---- Requests that are requests, with a uid that must come back. ----

Json request(const Json& object, const char* operation = "CREATE") {
  return {{"kind", "AdmissionReview"},
          {"apiVersion", "admission.k8s.io/v1"},
          {"request",
           {{"uid", "7c3d"},
            {"kind", {{"group", "apps"}, {"version", "v1"}, {"kind", "Deployment"}}},
            {"name", "d"},
            {"namespace", "ns"},
            {"operation", operation},
            {"userInfo", {{"username", "jo"}}},
            {"object", object}}}};
}
Json labelled() {
  return testing::yaml("{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, namespace: ns, labels: {launchgate.dev/llm: \"true\"}}, spec: {template: {spec: {containers: [{name: a, image: b}]}}}}");
}

TEST(Answer, TheUidComesBackAsItCame) {
  for (const char* uid : {"a07623d8-0540-40fc-919a-f766829eb84d", "x", "\u00e9\u4e2d\U0001f600", "quote\" backslash\\ newline\n tab\t nul\\u0000", "</script>"}) {
    Json r = request(labelled());
    r["request"]["uid"] = uid;
    expect_sound(ask(r.dump(), nothing()), uid, uid);
    r["request"]["object"] = nullptr;
    expect_sound(ask(r.dump(), nothing()), uid, std::string{uid} + ", of a malformed object");
  }
}

TEST(Answer, OtherOperationsAreAllowed) {
  for (const char* operation : {"DELETE", "CONNECT", "PATCH", "", "create"}) {
    Json r = request(nullptr, operation);
    r["request"]["oldObject"] = labelled();
    const auto reply = ask(r.dump(), nothing());
    expect_sound(reply, "7c3d", operation);
    EXPECT_EQ(reply.response()["allowed"], true) << operation;
    EXPECT_EQ(reply.decision(), "allow") << operation;
  }
}

TEST(Answer, UnknownFieldsAndKindsAreTolerated) {
  Json r = request(labelled());
  r["request"]["fromTheFuture"] = {{"a", {1, 2, 3}}};
  r["alsoNew"] = "x";
  EXPECT_EQ(ask(r.dump(), nothing()).decision(), "deny");
  r["request"]["kind"] = {{"group", "acme.dev"}, {"version", "v9"}, {"kind", "Teapot"}};
  r["request"]["object"] = {{"apiVersion", "acme.dev/v9"}, {"kind", "Teapot"}, {"spec", 7}};
  expect_sound(ask(r.dump(), nothing()), "7c3d", "an unknown kind");
  EXPECT_EQ(ask(r.dump(), nothing()).decision(), "allow");
}

TEST(Answer, NumbersBeyondAnyMeasureAreOnlyNumbers) {
  for (const std::string& number : {std::string{"1e999"}, std::string{"-1e-999"}, std::string{"123456789012345678901234567890"}, std::string(400, '9'), "0." + std::string(400, '1'), std::string{"1E+400"}}) {
    auto text = request(labelled()).dump();
    text.replace(text.find("\"image\":"), 8, "\"ports\":[{\"containerPort\":" + number + "}],\"image\":");
    const auto reply = ask(text, nothing());
    expect_sound(reply, "7c3d", number);
    EXPECT_EQ(reply.decision(), "deny") << number;
  }
}

// A malformed object inside a valid request is a broken machine, not a denial: onError decides.
TEST(Answer, AMalformedObjectIsAnErrorThatOnErrorDecides) {
  const auto denying = policy("{onError: deny}");
  struct Row {
    const char* what;
    Json object;
    const char* error;
  };
  const Row rows[] = {
      {"null", nullptr, "request.object is null: expected an object"},
      {"a list", Json::array(), "request.object is array: expected an object"},
      {"a text", "Deployment", "request.object is string: expected an object"},
      {"a number", 7, "request.object is number: expected an object"},
      {"empty", Json::object(), "request.object is no Deployment: its apiVersion and kind say \" \""},
      {"of another kind", {{"apiVersion", "v1"}, {"kind", "ConfigMap"}}, "request.object is no Deployment: its apiVersion and kind say \"v1 ConfigMap\""},
      {"of another gated kind", testing::yaml("{apiVersion: v1, kind: Pod, spec: {containers: []}}"), "request.object is no Deployment: its apiVersion and kind say \"v1 Pod\""},
      {"without a spec", testing::yaml("{apiVersion: apps/v1, kind: Deployment}"), "request.object has no pod template at spec.template"},
      {"with a list as spec", testing::yaml("{apiVersion: apps/v1, kind: Deployment, spec: []}"), "request.object has no pod template at spec.template"},
      {"without a template", testing::yaml("{apiVersion: apps/v1, kind: Deployment, spec: {replicas: 1}}"), "request.object has no pod template at spec.template"},
      {"with a null template", testing::yaml("{apiVersion: apps/v1, kind: Deployment, spec: {template: null}}"), "request.object has no pod template at spec.template"},
      {"with a text as template", testing::yaml("{apiVersion: apps/v1, kind: Deployment, spec: {template: text}}"), "request.object has no pod template at spec.template"},
      {"with a template without a spec", testing::yaml("{apiVersion: apps/v1, kind: Deployment, spec: {template: {}}}"), "request.object has no pod template at spec.template"},
      {"with a template with a text as spec", testing::yaml("{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: x}}}"), "request.object has no pod template at spec.template"},
  };
  for (const Row& row : rows)
    for (const char* operation : {"CREATE", "UPDATE"}) {
      const auto body = request(row.object, operation).dump();
      const auto lenient = ask(body, nothing());
      expect_sound(lenient, "7c3d", row.what);
      EXPECT_EQ(lenient.response()["allowed"], true) << row.what;
      EXPECT_EQ(lenient.decision(), "error") << row.what;
      ASSERT_EQ(lenient.response()["warnings"].size(), 1u) << row.what;
      EXPECT_EQ(lenient.response()["warnings"][0], "launchgate could not judge this: " + std::string{row.error} + "; allowed because onError is allow") << row.what;
      const auto strict = ask(body, *denying);
      expect_sound(strict, "7c3d", row.what);
      EXPECT_EQ(strict.response()["allowed"], false) << row.what;
      EXPECT_EQ(strict.response()["status"]["code"], 500) << row.what;
      EXPECT_EQ(strict.response()["status"]["message"], "launchgate could not judge this: " + std::string{row.error} + "; refused because onError is deny") << row.what;
      EXPECT_EQ(strict.decision(), "error") << row.what;
    }
}

// A Pod could be sent in the place of a Deployment, and was judged as a Pod.
TEST(Answer, TheObjectHasToBeOfTheKindThatTheRequestSays) {
  Json r = request(testing::yaml("{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: d}, spec: {template: {spec: {containers: []}}}}"));
  EXPECT_EQ(ask(r.dump(), nothing()).decision(), "error");
}

// The text of an error was cut at 256 bytes in the middle of a character, and control characters went through.
TEST(Answer, AnErrorIsAWarningThatTheApiServerTakes) {
  std::string long_kind;
  for (int i = 0; i < 200; ++i) long_kind += "\u00e9";
  for (int shift = 0; shift < 3; ++shift) {
    const Json r = request({{"apiVersion", "v1"}, {"kind", std::string(static_cast<std::size_t>(shift), 'x') + long_kind}});
    expect_sound(ask(r.dump(), nothing()), "7c3d", "a long kind");
  }
  const Json r = request({{"apiVersion", "v1"}, {"kind", "Config\nMap\t\x01"}});
  expect_sound(ask(r.dump(), nothing()), "7c3d", "a kind with control characters");
}

// What the rooms say when the machine broke: a deadline, an exception.
TEST(Answer, AFailureOfOurOwnIsAnsweredAsOnErrorSays) {
  const auto fail = [](std::string body, const Snapshot& world, std::string_view what) {
    Exchange x;
    std::string out = "left over";
    const auto size = body.size();
    body.resize(size + kJsonPadding);
    const auto status = answer_failure({body.data(), size}, world, what, x, out);
    EXPECT_EQ(x.malformed, status != 200);
    return Reply{status, out, Json::parse(out, nullptr, false)};
  };
  const auto body = request(labelled()).dump();
  const auto lenient = fail(body, nothing(), "the deadline of 4 s has passed");
  expect_sound(lenient, "7c3d", "a deadline");
  EXPECT_EQ(lenient.response()["allowed"], true);
  EXPECT_EQ(lenient.decision(), "error");
  EXPECT_EQ(lenient.response()["warnings"][0], "launchgate could not judge this: the deadline of 4 s has passed; allowed because onError is allow");
  const auto strict = fail(body, *policy("{onError: deny}"), "the deadline of 4 s has passed");
  expect_sound(strict, "7c3d", "a deadline");
  EXPECT_EQ(strict.response()["status"]["code"], 500);
  expect_sound(fail(body, nothing(), std::string(500, '\n') + "\xff"), "7c3d", "an odd text");
  for (const char* hopeless : {"", "{}", "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{}}"}) {
    const auto reply = fail(hopeless, nothing(), "x");
    EXPECT_EQ(reply.status, 400u) << hopeless;
    EXPECT_TRUE(reply.body.contains("error")) << hopeless;
  }
}

TEST(Answer, OldObjectsMayBeAnything) {
  for (const Json& old : {Json{}, Json::array(), Json("text"), Json(7), Json::object(), Json{{"spec", {{"template", 7}}}}}) {
    Json r = request(labelled(), "UPDATE");
    r["request"]["oldObject"] = old;
    const auto reply = ask(r.dump(), nothing());
    expect_sound(reply, "7c3d", old.dump());
    EXPECT_EQ(reply.decision(), "deny") << old.dump();
  }
}

TEST(Answer, WhoAsksMayBeAnything) {
  for (const Json& who : {Json{}, Json::array(), Json("jo"), Json{{"username", 7}, {"groups", "dev"}}, Json{{"username", nullptr}, {"groups", {1, nullptr, "dev"}}}}) {
    Json r = request(labelled());
    r["request"]["userInfo"] = who;
    expect_sound(ask(r.dump(), nothing()), "7c3d", who.dump());
  }
}

// ---- What a denial and a warning say. ----

// A review that answers nothing, at tier critical: nearly every gate fails.
std::shared_ptr<const Snapshot> bare(std::string_view mode) {
  return testing::world("{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: bare, namespace: ns}, spec: {covers: [{kind: Deployment, name: d}]}}\n---\n"
                        "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: p}, spec: {mode: " + std::string{mode} + ", tierFloors: [{minTier: critical}]}}");
}

TEST(Answer, ADenialNamesFiveInFullAndCountsTheRest) {
  const auto reply = ask(request(labelled()).dump(), *bare("enforce"));
  expect_sound(reply, "7c3d", "bare");
  const auto message = reply.response()["status"]["message"].get<std::string>();
  const Json& causes = reply.response()["status"]["details"]["causes"];
  ASSERT_GT(causes.size(), 20u);
  const auto count = [&](const char* what) {
    std::size_t n = 0;
    for (std::size_t at = 0; (at = message.find(what, at)) != std::string::npos; ++at) ++n;
    return n;
  };
  EXPECT_EQ(count("\n   Why: "), 5u) << message;
  EXPECT_EQ(count("\n   Fix: "), 5u) << message;
  EXPECT_THAT(message, HasSubstr("\nand " + std::to_string(causes.size() - 5) + " more: "));
  EXPECT_THAT(message, HasSubstr("launchgate: Deployment ns/d not admitted: " + std::to_string(causes.size()) + " of "));
  EXPECT_THAT(message, HasSubstr("(tier critical; review bare)"));
  EXPECT_THAT(message, HasSubstr("A rollback to a revision that was admitted before is still allowed."));
  EXPECT_THAT(message, HasSubstr("More: launchgate explain PRR-"));
  for (const Json& cause : causes) {
    EXPECT_THAT(message, HasSubstr(cause["reason"].get<std::string>()));
    EXPECT_EQ(cause.size(), 3u);
    EXPECT_FALSE(cause["message"].get<std::string>().empty());
    EXPECT_FALSE(cause["field"].get<std::string>().empty());
  }
  const Json& details = reply.response()["status"]["details"];
  EXPECT_EQ(details["name"], "d");
  EXPECT_EQ(details["group"], "apps");
  EXPECT_EQ(details["kind"], "Deployment");
  EXPECT_LT(message.size(), 4000u) << "kubectl prints it as one string";
}

TEST(Answer, WarningsStayWithinTheApiServersLimits) {
  const auto reply = ask(request(labelled()).dump(), *bare("warn"));
  expect_sound(reply, "7c3d", "bare");
  EXPECT_EQ(reply.response()["allowed"], true);
  const Json& warnings = reply.response()["warnings"];
  ASSERT_GT(warnings.size(), 10u);
  const auto failed = reply.response()["auditAnnotations"]["failed-gates"].get<std::string>();
  const auto unmet = static_cast<std::size_t>(std::count(failed.begin(), failed.end(), ',')) + 1;
  const auto last = warnings.back().get<std::string>();
  std::size_t said = warnings.size(), left_out = 0;
  if (last.rfind("launchgate: and ", 0) == 0) left_out = std::stoul(last.substr(16)), --said;
  EXPECT_GE(said + left_out, unmet) << "each gate that is unmet has a warning or is counted";
}

TEST(Answer, AuditModeSaysNothingToTheUser) {
  const auto reply = ask(request(labelled()).dump(), *bare("audit"));
  expect_sound(reply, "7c3d", "bare");
  EXPECT_EQ(reply.response()["allowed"], true);
  EXPECT_FALSE(reply.response().contains("warnings"));
  EXPECT_EQ(reply.decision(), "audit");
  EXPECT_FALSE(reply.response()["auditAnnotations"]["failed-gates"].get<std::string>().empty());
}

TEST(Answer, AuditAnnotations) {
  const auto annotations = [](const Json& r, const Snapshot& world) { return ask(r.dump(), world).response()["auditAnnotations"].dump(); };
  EXPECT_EQ(annotations(request(labelled(), "DELETE"), nothing()), R"({"decision":"allow","note":"neither a CREATE nor an UPDATE"})");
  const auto exempting = policy("{exempt: {users: [jo]}}");
  EXPECT_EQ(annotations(request(labelled()), *exempting), R"({"decision":"allow","mode":"enforce","note":"exempt by ReadinessPolicy p"})");
  const Json denied = ask(request(labelled()).dump(), *bare("enforce")).response()["auditAnnotations"];
  EXPECT_EQ(denied["decision"], "deny");
  EXPECT_EQ(denied["mode"], "enforce");
  EXPECT_EQ(denied["tier"], "critical");
  EXPECT_EQ(denied["review"], "bare");
  EXPECT_EQ(denied["digest"].get<std::string>().substr(0, 10), "r1:sha256:");
}

TEST(Answer, ASuspendedReviewIsTheOnlyThingThatIsSaid) {
  const auto world = testing::world(
      "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: r, namespace: ns}, spec: {suspend: true, covers: [{kind: Deployment, name: d}], rollout: {pauseAuthority: [oncall]}}}");
  const auto reply = ask(request(labelled()).dump(), *world);
  expect_sound(reply, "7c3d", "suspended");
  EXPECT_EQ(reply.response()["status"]["message"],
            "launchgate: Deployment ns/d not admitted: review r is suspended: no new rollout; oncall may lift it\n"
            "   Fix: set spec.suspend: false in ReadinessReview r when the pause is over\n"
            "A rollback to a revision that was admitted before is still allowed.");
}

// Secrets may stand where they should not. Wherever: they are never printed.
TEST(Answer, AKeyInTheManifestIsNotPrinted) {
  const std::string key = "sk-proj-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGhIjKl";
  Json object = labelled();
  object["metadata"]["annotations"] = {{"note", key}};
  Json& container = object["spec"]["template"]["spec"]["containers"][0];
  container["env"] = Json::parse(R"([{"name":"OPENAI_API_KEY","value":")" + key + R"("},{"name":")" + key + R"(","value":"x"}])");
  container["image"] = "acme/" + key;
  container["name"] = key;
  for (const char* mode : {"enforce", "warn", "audit"})
    for (const auto& world : {bare(mode), policy(std::string{"{mode: "} + mode + "}")}) {
      const auto reply = ask(request(object).dump(), *world);
      expect_sound(reply, "7c3d", mode);
      EXPECT_EQ(reply.text.find(key), std::string::npos) << mode << ": " << reply.text;
    }
}

// Names with control characters, quotes and foreign letters, in every place of the object that a message may quote.
TEST(Answer, HostileTextStaysText) {
  const std::string hostile = "a\n\t\"\\\x01\u00e9\U0001f600<b>";
  Json object = labelled();
  Json& container = object["spec"]["template"]["spec"]["containers"][0];
  container["name"] = hostile;
  container["image"] = hostile + "@sha256:zz";
  container["env"] = {{{"name", "OPENAI_API_KEY"}, {"value", hostile}}, {{"name", hostile}, {"value", "https://api.openai.com"}}};
  container["args"] = {"--model", hostile};
  for (const char* mode : {"enforce", "warn"}) {
    Json r = request(object);
    expect_sound(ask(r.dump(), *bare(mode)), "7c3d", mode);
    r["request"]["name"] = hostile;
    r["request"]["namespace"] = hostile;
    expect_sound(ask(r.dump(), *policy(std::string{"{mode: "} + mode + "}")), "7c3d", mode);
  }
}

}  // namespace
}  // namespace launchgate
