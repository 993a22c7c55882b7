// PRR-OBS-04 content-capture-safe
// Fields: spec.observability.{contentCapture, retentionDays}; the pod template's switches that record prompts and answers
// Allowed, for confidential and restricted data: none, with no switch on; or redacted or sampled, with retentionDays.
// Strength: observed when the pod template itself turns capture off, else claimed.
#include <algorithm>
#include <array>
#include <cctype>

#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

constexpr std::string_view capture = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

std::string upper(std::string_view of) {
  std::string text{of};
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

bool one_of(const std::string& value, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), value) != words.end();
}

// What the switch says in the container where it says most.
enum class Switch : std::uint8_t { Absent, Off, Unreadable, On };
Switch capture_switch(const Facts& f, std::string& container) {
  Switch most = Switch::Absent;
  for (const EnvSetting& set : env_settings(f, capture)) {
    const auto value = upper(set.value.value_or("?"));
    const auto says = one_of(value, {"TRUE", "1", "SPAN_AND_EVENT", "EVENT_ONLY", "SPAN_ONLY"}) ? Switch::On
                      : one_of(value, {"", "FALSE", "0", "NO_CONTENT"})                         ? Switch::Off
                                                                                                : Switch::Unreadable;
    if (says > most) most = says, container = shown(set.container);
  }
  return most;
}

// LangSmith records prompts and answers wherever it traces, unless it is told to hide them or code does.
bool langsmith_records(const Facts& f) {
  const auto on = [&](std::string_view name) {
    const auto all = env_settings(f, name);
    return std::any_of(all.begin(), all.end(),
                       [](const EnvSetting& s) { return upper(s.value.value_or("")) == "TRUE"; });
  };
  return (on("LANGSMITH_TRACING") || on("LANGCHAIN_TRACING_V2")) &&
         !(on("LANGSMITH_HIDE_INPUTS") && on("LANGSMITH_HIDE_OUTPUTS"));
}

}  // namespace

Finding content_capture_safe(const Facts& f) {
  const std::string data{data_class(f.spec)};
  if (!sensitive_data(f.spec))
    return not_applicable("the data is " + shown(data) + ", neither confidential nor restricted");
  const Node declared = f.spec["observability"]["contentCapture"], retention = f.spec["observability"]["retentionDays"];
  const auto mode = declared.text();
  if (mode == "full") return fail("ContentCaptureFull", "contentCapture is full for " + data + " data");
  if (mode == "redacted" || mode == "sampled") {
    if (positive(retention)) return pass();
    return fail("CaptureRetentionMissing",
                "contentCapture is " + std::string{mode} + " and retentionDays is " +
                    (retention ? shown(retention.text()) : "not stated"),
                "spec.observability.retentionDays");
  }
  std::string container;
  const Switch found = capture_switch(f, container);
  if (found == Switch::On)
    return fail("ContentCaptureOn",
                "message-content capture is on for " + data + " data in container " + container +
                    "; contentCapture is " + (stated(declared) ? shown(mode) : "not stated"),
                {},
                "remove " + std::string{capture} +
                    ", or set spec.observability.contentCapture: redacted|sampled with retentionDays");
  if (mode != "none") return fail("ContentCaptureNotStated", "content capture not stated for " + data + " data");
  if (found == Switch::Unreadable)
    return unknown("CaptureSwitchUnreadable", "contentCapture is none, and the value of " + std::string{capture} +
                                                  " in container " + container + " cannot be read");
  const auto strength = found == Switch::Off ? Strength::Observed : Strength::Claimed;
  if (langsmith_records(f))
    return warn(
        strength, "TracingRecordsContent",
        "contentCapture is none, and LangSmith traces without LANGSMITH_HIDE_INPUTS and LANGSMITH_HIDE_OUTPUTS");
  return pass(strength);
}

}  // namespace launchgate
