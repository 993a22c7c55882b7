// Reviews, profiles, policies and workloads from any YAML, through the whole judgement: no crash, no endless loop, and
// a verdict for every workload.
#include "fuzz/fuzz.h"
#include "verdict/judge.h"
#include "wire/report.h"
#include "wire/source.h"
#include "wire/text.h"

using namespace launchgate;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 32768) return 0;
  const auto objects = read_source("fuzz.yaml", fuzz::text_of(data, size));
  if (!objects) {
    fuzz::check(!objects.error().message.empty() && objects.error().file == "fuzz.yaml", "an error says what and where");
    return 0;
  }
  const auto world = build_snapshot(assemble(*objects));
  const auto now = *parse_time("2026-11-24T12:00:00Z");
  std::vector<CheckResult> results;
  for (const SourceObject& o : *objects) {
    if (!find_kind(group_of(o.object->root()["apiVersion"].text()), o.object->root()["kind"].text())) continue;
    results.push_back({o.file, o.line, judge(*world, as_create(o.object->root()), now)});
    const Verdict again = judge(*world, as_create(o.object->root()), now);
    fuzz::check(again.decision == results.back().verdict.decision && denial_text(again) == denial_text(results.back().verdict),
                "the same question has the same answer, remembered or not");
  }
  (void)check_json(results);
  (void)check_text(results, true);
  return 0;
}
