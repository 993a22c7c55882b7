// launchgate doctor: what was found as text and as JSON, and waiting until it is well.
#include <algorithm>
#include <array>
#include <thread>

#include "base/json_write.h"
#include "cli/doctor.h"

namespace launchgate {

using Found = Check::Found;

std::string doctor_text(const Checks& checks) {
  static constexpr std::array<const char*, 3> kWords{"ok  ", "FAIL", "?   "};
  std::string out;
  std::size_t failed = 0;
  for (const Check& c : checks) {
    out += std::string{kWords[static_cast<std::size_t>(c.result)]} + "  " + c.name +
           (c.detail.empty() ? "" : ": " + c.detail) + "\n";
    if (!c.fix.empty()) out += "      Fix: " + c.fix + "\n";
    failed += c.result == Found::fail;
  }
  return out + (failed ? std::to_string(failed) + " of " + std::to_string(checks.size()) + " checks failed\n"
                       : "all is well\n");
}

std::string doctor_json(const Checks& checks) {
  static constexpr std::array<const char*, 3> kWords{"ok", "fail", "unknown"};
  std::string out = R"({"apiVersion":"launchgate.dev/v1alpha1","kind":"DoctorReport","ok":)";
  out += doctor_code(checks) == 0 ? "true" : "false";
  out += R"(,"checks":[)";
  for (const Check& c : checks) {
    if (out.back() != '[') out += ',';
    out += R"({"name":)";
    append_json_string(out, c.name);
    out += std::string{R"(,"result":")"} + kWords[static_cast<std::size_t>(c.result)] + R"(","detail":)";
    append_json_string(out, c.detail);
    out += R"(,"fix":)";
    append_json_string(out, c.fix);
    out += '}';
  }
  return out + "]}\n";
}

int doctor_code(const Checks& checks) {
  return std::any_of(checks.begin(), checks.end(), [](const Check& c) { return c.result == Found::fail; }) ? 1 : 0;
}

Checks until_well(const std::function<Checks()>& look, std::chrono::milliseconds wait, std::chrono::milliseconds pause,
                  const std::function<void(const std::string&)>& say) {
  const auto until = std::chrono::steady_clock::now() + wait;
  std::string said;
  for (;;) {
    Checks checks = look();
    const auto failed =
        std::find_if(checks.begin(), checks.end(), [](const Check& c) { return c.result == Found::fail; });
    if (failed == checks.end() || std::chrono::steady_clock::now() + pause > until) return checks;
    const std::string line = failed->name + ": " + failed->detail;
    if (line != said) say("waiting: " + line);
    said = line;
    std::this_thread::sleep_for(pause);
  }
}

}  // namespace launchgate
