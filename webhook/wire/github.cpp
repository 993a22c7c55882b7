// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
#include <algorithm>

#include "base/printable.h"
#include "wire/problems.h"
#include "wire/report_ci.h"

namespace launchgate {
namespace {

// A property ends at a comma or colon, a command at the line's end.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    if (c == '%') out += "%25";
    else if (c == '\r') out += "%0D";
    else if (c == '\n') out += "%0A";
    else if (property && c == ':') out += "%3A";
    else if (property && c == ',') out += "%2C";
    else out += c;
  }
  return out;
}

const char* command(Level level) {
  return level == Level::Error ? "error" : level == Level::Warning ? "warning" : "notice";
}

void append(std::string& out, const Problem& p, const std::string& workload) {
  const bool file = !p.place.file.empty() && p.place.file != "-";
  out += std::string{"::"} + command(p.level) + " ";
  if (file)
    out +=
        "file=" + escaped(printable(p.place.file), true) + ",line=" + std::to_string(std::max(1u, p.place.line)) + ",";
  out += "title=" + escaped(std::string{p.id} + (p.of_gate ? " " + std::string{p.slug} : ""), true);
  out += "::" + escaped(workload + ": " + p.message + (p.fix.empty() ? "" : "\nFix: " + p.fix), false) + "\n";
}

}  // namespace

std::string check_github(const std::vector<CheckResult>& results) {
  std::string out;
  std::size_t denied = 0;
  for (const CheckResult& r : results) {
    denied += !r.verdict.allowed();
    for (const Problem& p : problems_of(r))
      if (p.level != Level::Note) append(out, p, printable(r.verdict.workload.reference()));
  }
  return out + "launchgate: " + std::to_string(results.size()) +
         (results.size() == 1 ? " workload, " : " workloads, ") + std::to_string(denied) + " denied\n";
}

}  // namespace launchgate
