// What the files and objects that a review refers to really say. Gathered once when a snapshot is built
// (verdict/evidence), so that a gate never opens anything.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
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
  // From the file, else from the review: views into `own`, or into the review's spec.
  std::string_view format;
  std::optional<TimePoint> ran_at;
  std::string_view model, prompt_digest, image, index_version;  // the subject
  std::shared_ptr<const std::deque<std::string>> own;           // texts of the file
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

// A signed statement about an evaluation: a DSSE envelope with an in-toto test result.
struct Attestation {
  Link link = Link::None;
  bool parsed = false;
  std::string result;                    // PASSED, WARNED or FAILED
  std::vector<std::string> subjects;     // sha256 digests, in hexadecimal
  std::vector<std::string> verified_by;  // trusted keys, in PEM, with which a signature verifies
};

struct Evidence {
  std::vector<EvalReport> reports;  // by position in spec.evaluation.reports
  EvalReport adversarial;           // spec.evaluation.adversarial; its metric attackSuccessRate, where the file has one
  Attached rubric, fairness;        // spec.evaluation.rubric and .fairness
  std::vector<EvalMetric> fairness_groups;  // group -> value of the compared metric, from the file
  std::vector<Attestation> attestations;    // by position in spec.evaluation.attestations
  std::vector<SecretLike> secrets_in_prompts;
};

}  // namespace launchgate
