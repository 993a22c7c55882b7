// JUnit has no standard; this keeps to what the schema of Jenkins' xunit plugin (junit-10.xsd) and GitLab agree on.
#include <algorithm>

#include "base/printable.h"
#include "base/utf8.h"
#include "gates/table.h"
#include "wire/problems.h"
#include "wire/report_ci.h"
#include "wire/text.h"

namespace launchgate {
namespace {

std::string escaped_ascii(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\n': return "&#10;";
    case '\t': return "&#9;";
    default: return {static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c};
  }
}

// XML 1.0 has no way to write most control characters, U+FFFE and U+FFFF, nor bytes that are no UTF-8.
std::string escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto size = utf8_size(text);
    const auto character = text.substr(0, size);
    if (size == 0 || character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF") out += '?';
    else if (size == 1) out += escaped_ascii(text.front());
    else out += character;
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return out;
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string{name} + "=\"" + escaped(value) + "\"";
}

struct Sums {
  std::size_t tests = 0, failures = 0, skipped = 0;
  std::string text() const {
    return attribute("tests", std::to_string(tests)) + attribute("failures", std::to_string(failures)) +
           attribute("errors", "0");
  }
};

std::string opened(std::string_view name, const std::string& workload) {
  return "    <testcase" + attribute("name", name) + attribute("classname", workload) + attribute("time", "0");
}

// The place stands in the text: Jenkins' schema has no attribute for it.
std::string told(const Problem& p) {
  return p.place.file + ":" + std::to_string(p.place.line) + ": " + p.message +
         (p.fix.empty() ? "" : "\nFix: " + p.fix);
}

void add_problem(std::string& out, Sums& sums, const Problem& p, const std::string& workload) {
  const auto name = std::string{p.id} + (p.of_gate ? " " + std::string{p.slug} : "");
  ++sums.tests;
  out += opened(name, workload);
  if (p.level == Level::Error) {
    ++sums.failures;
    out += ">\n      <failure" + attribute("message", p.message) + attribute("type", p.id) + ">" + escaped(told(p)) +
           "</failure>\n";
  } else {
    out += ">\n      <system-out>" + escaped("warning: " + told(p)) + "</system-out>\n";
  }
  out += "    </testcase>\n";
}

void add_quiet(std::string& out, Sums& sums, const std::string& name, const std::string& why_skipped,
               const std::string& workload) {
  ++sums.tests;
  out += opened(name, workload);
  if (why_skipped.empty()) {
    out += "/>\n";
    return;
  }
  ++sums.skipped;
  out += ">\n      <skipped" + attribute("message", why_skipped) + "/>\n    </testcase>\n";
}

std::string suite(const CheckResult& r, Sums& sums) {
  const auto workload = printable(r.verdict.workload.reference());
  std::string cases;
  for (const Problem& p : problems_of(r)) add_problem(cases, sums, p, workload);
  for (const GateResult& g : r.verdict.gates) {
    const auto outcome = g.finding.outcome;
    const Gate& gate = gate_table()[g.gate];
    const auto name = std::string{gate.id} + " " + std::string{gate.slug};
    if (outcome == Outcome::Pass) add_quiet(cases, sums, name, "", workload);
    if (outcome == Outcome::Waived) add_quiet(cases, sums, name, "waived: " + printable(g.finding.message), workload);
    if (outcome == Outcome::NotApplicable)
      add_quiet(cases, sums, name, "not applicable: " + printable(g.finding.message), workload);
  }
  if (!sums.tests)
    add_quiet(cases, sums, "admission", r.verdict.note.empty() ? "not judged" : printable(r.verdict.note), workload);
  return "  <testsuite" + attribute("name", workload) + sums.text() +
         attribute("skipped", std::to_string(sums.skipped)) + attribute("time", "0") + ">\n" + cases +
         "  </testsuite>\n";
}

}  // namespace

std::string check_junit(const std::vector<CheckResult>& results) {
  Sums all;
  std::string suites;
  for (const CheckResult& r : results) {
    Sums sums;
    suites += suite(r, sums);
    all.tests += sums.tests;
    all.failures += sums.failures;
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"launchgate\"" + all.text() + ">\n" + suites +
         "</testsuites>\n";
}

}  // namespace launchgate
