// launchgate audit: what runs, judged as it would be if it were created now. The operator does the same all the time;
// this is for whoever wants to see it at once, or has no operator yet.
#include <algorithm>
#include <cstdio>

#include "cli/colour.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/live.h"
#include "verdict/examine.h"
#include "wire/report.h"

namespace launchgate {
namespace {

struct Options {
  LiveFlags live;
  std::string output = "text", now;
};

std::vector<CheckResult> judged(const Snapshot& world, const Options& o, TimePoint now) {
  std::vector<CheckResult> out;
  for (Verdict& verdict : audit_all(world, o.live.all_namespaces ? "" : o.live.ns, now))
    out.push_back({"", 0, std::move(verdict)});
  return out;
}

int audit(Options& o) {
  const auto now = date_of(o.now);
  const auto client = now ? live_client(o.live) : nullptr;
  const auto world = client ? live_world(*client) : nullptr;
  if (!world) return 2;
  const auto results = judged(*world, o, *now);
  const auto text = o.output == "json" ? check_json(results) : check_text(results, colour());
  std::fwrite(text.data(), 1, text.size(), stdout);
  return std::any_of(results.begin(), results.end(), [](const auto& r) { return !r.verdict.allowed(); }) ? 1 : 0;
}

}  // namespace

void add_audit(CLI::App& app, int& code) {
  auto options = std::make_shared<Options>();
  auto* verb =
      app.add_subcommand("audit", "Judge every LLM workload that runs in a cluster, as if it were created now");
  add_live_flags(*verb, options->live, true);
  verb->add_option("-o,--output", options->output, "text or json")->check(CLI::IsMember({"text", "json"}));
  verb->add_option("--now", options->now, "Judge as of this date (RFC 3339) instead of now")->type_name("TIME");
  verb->callback([options, &code] { code = audit(*options); });
}

}  // namespace launchgate
