// What the files and objects that a review refers to really say. Gathered once when a snapshot is built
// (verdict/evidence), so that a gate never opens anything.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace launchgate {

// How far a reference could be followed.
enum class Link : std::uint8_t {
  None,      // there is no reference
  Declared,  // a URL, an OCI reference or an object of a kind that launchgate does not hold: cannot be followed
  Missing,   // it names a held kind, and no such object is in the snapshot
  Found,     // the object, and the key where one is named, exist
};

struct EvalSlice {
  std::string kind;
  std::string count;  // decimal text
};
struct EvalMetric {
  std::string name, value;  // decimal text
};

// One of spec.evaluation.reports[], and what its file says where that could be read.
struct EvalReport {
  Link link = Link::None;
  bool parsed = false;                 // the format was recognised
  std::optional<bool> digest_matches;  // sha256 of the bytes against the declared digest
  std::string format;
  std::optional<TimePoint> ran_at;                         // from the file, else from the review
  std::string model, prompt_digest, image, index_version;  // the subject, likewise
  std::vector<EvalMetric> metrics;
  std::vector<EvalSlice> slices;
  std::vector<std::string> passed_tests, failed_tests;
};

// A key or value in a prompt object that looks like a credential. The value itself is never kept.
struct SecretLike {
  std::string where;  // "configmap/faq-prompts#system.txt"
  std::string kind;   // "OpenAI API key"
};

// A file that a section names by ref and digest.
struct Attached {
  Link link = Link::None;
  std::optional<bool> digest_matches;  // sha256 of the bytes against the declared digest
};

struct Evidence {
  std::vector<EvalReport> reports;  // by position in spec.evaluation.reports
  EvalReport adversarial;           // spec.evaluation.adversarial; its metric attackSuccessRate, where the file has one
  Attached rubric, fairness;        // spec.evaluation.rubric and .fairness
  std::vector<EvalMetric> fairness_groups;  // group -> value of the compared metric, from the file
  std::vector<SecretLike> secrets_in_prompts;
};

}  // namespace launchgate
