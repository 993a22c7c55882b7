// tests/fixtures/detection: manifests of LLM workloads and of what only looks like them, each with the class that detection
// gives it in the annotation `expected`. Precision: of what is called an LLM workload for sure (and warned about or refused),
// how much is one. Recall: of the LLM workloads, how many are at least suspected (and so recorded).
#include <gtest/gtest.h>

#include <cstdio>
#include <functional>

#include "support/world.h"
#include "verdict/detect.h"

namespace launchgate {
namespace {

using testing::doc_of;
using testing::Json;
namespace fs = std::filesystem;

constexpr double kFloor = 0.97;

struct Sample {
  std::string file, name;
  bool is_llm = false;
  std::string expected;
  Json object;
};

const std::vector<Sample>& corpus() {
  static const auto all = [] {
    std::vector<Sample> out;
    for (const char* side : {"positive", "negative"})
      for (const auto& entry : fs::directory_iterator{testing::in_source("tests/fixtures/detection") / side})
        for (const Json& object : testing::yaml_all(testing::slurp(entry.path())))
          out.push_back({std::string{side} + "/" + entry.path().filename().string(), object["metadata"]["name"], std::string_view{side} == "positive",
                         object["metadata"]["annotations"].value("expected", ""), object});
    return out;
  }();
  return all;
}

Detection detected(const Json& object) {
  const Doc doc = doc_of(object);
  const Workload w = Workload::view(doc.root());
  EXPECT_NE(w.kind, nullptr) << object["kind"];
  return detect(w, false, false);
}

TEST(DetectionCorpus, EachIsOfTheClassThatItSays) {
  EXPECT_GE(corpus().size(), 150u);
  for (const Sample& s : corpus()) {
    const Detection d = detected(s.object);
    EXPECT_EQ(to_string(d.detected), s.expected) << s.file << " " << s.name << ": " << ::testing::PrintToString(texts(d.signals));
    EXPECT_TRUE(d.detected == Detected::None || !d.signals.empty()) << s.file << " " << s.name << ": nobody could object";
  }
}

TEST(DetectionCorpus, PrecisionAndRecall) {
  struct {
    int sure_right = 0, sure_wrong = 0, suspected_right = 0, suspected_wrong = 0, missed = 0, quiet = 0;
  } n;
  for (const Sample& s : corpus()) {
    const auto d = detected(s.object).detected;
    if (d == Detected::None) ++(s.is_llm ? n.missed : n.quiet);
    else if (d == Detected::Suspected) ++(s.is_llm ? n.suspected_right : n.suspected_wrong);
    else ++(s.is_llm ? n.sure_right : n.sure_wrong);
  }
  const double precision = double(n.sure_right) / (n.sure_right + n.sure_wrong);
  const int positives = n.sure_right + n.suspected_right + n.missed;
  const double recall = double(n.sure_right + n.suspected_right) / positives;
  std::printf("detection on %zu manifests: precision %.3f, recall %.3f\n", corpus().size(), precision, recall);
  std::printf("  %d LLM workloads: %d for sure, %d suspected, %d missed\n", positives, n.sure_right, n.suspected_right, n.missed);
  std::printf("  %d others: %d called LLM workloads, %d suspected, %d left alone\n", n.sure_wrong + n.suspected_wrong + n.quiet, n.sure_wrong, n.suspected_wrong, n.quiet);
  EXPECT_GE(precision, kFloor);
  EXPECT_GE(recall, kFloor);
}

// Whatever a mirror, a tag or a digest makes of an image, it is the same image.
TEST(DetectionCorpus, MirrorsAndTagsChangeNothing) {
  const auto with_images = [](Json object, const std::function<std::string(std::string)>& change) {
    const std::function<void(Json&)> walk = [&](Json& value) {
      if (value.is_object() && value.contains("image") && value["image"].is_string()) value["image"] = change(value["image"]);
      if (value.is_structured())
        for (Json& child : value) walk(child);
    };
    walk(object);
    return object;
  };
  for (const Sample& s : corpus()) {
    if (s.object["kind"] == "Model") continue;  // there an image is the name of a model
    const auto path = [](const std::string& image) {
      const auto slash = image.find('/');
      const auto host = image.substr(0, slash);
      return slash != std::string::npos && host.find_first_of(".:") != std::string::npos ? image.substr(slash + 1) : image;
    };
    const auto mirrored = with_images(s.object, [&](const std::string& image) { return "mirror.example.com:5000/" + path(image); });
    EXPECT_EQ(to_string(detected(mirrored).detected), s.expected) << s.file << " " << s.name << " from a mirror";
    const auto untagged = with_images(s.object, [&](const std::string& image) {
      const auto end = image.find_last_of(":@"), slash = image.rfind('/');
      return end != std::string::npos && (slash == std::string::npos || end > slash) ? image.substr(0, image.find('@') == std::string::npos ? end : image.find('@')) : image;
    });
    EXPECT_EQ(to_string(detected(untagged).detected), s.expected) << s.file << " " << s.name << " without a tag";
  }
}

// The label decides over every signal, on every kind that has pods.
TEST(DetectionCorpus, TheLabelDecidesEverywhere) {
  for (const Sample& s : corpus()) {
    Json labelled = s.object;
    labelled["metadata"]["labels"]["launchgate.dev/llm"] = "true";
    EXPECT_EQ(to_string(detected(labelled).detected), "labelled") << s.file << " " << s.name;
    Json out = s.object;
    out["metadata"]["labels"]["launchgate.dev/llm"] = "false";
    out["metadata"]["annotations"]["launchgate.dev/not-llm-reason"] = "it embeds";
    const Doc doc = doc_of(out);
    const Detection d = detect(Workload::view(doc.root()), false, true);
    EXPECT_TRUE(d.opted_out) << s.file << " " << s.name;
    EXPECT_EQ(d.opt_out_reason, "it embeds");
  }
}

}  // namespace
}  // namespace launchgate
