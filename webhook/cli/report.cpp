// launchgate report: the fleet's reviews on paper, for people who answer for them: a page, a table, or JSON; of a live
// cluster or of a folder.
#include <cstdio>

#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/input.h"
#include "cli/live.h"
#include "edge/files/replace.h"
#include "wire/fleet.h"

namespace launchgate {
namespace {

struct Options {
  LiveFlags live;
  std::vector<std::string> from;
  std::string output = "html", out, now;
};

// What was read: a snapshot, of which namespace, and how people call it.
struct Read {
  std::shared_ptr<const Snapshot> world;
  std::string ns, source;
};

Read from_folders(const Options& o) {
  const auto input = read_input(o.from, {});
  if (!input) return {};
  std::string source = o.from.size() == 1 ? "folder " : "folders ";
  for (const std::string& folder : o.from) source += (&folder == &o.from.front() ? "" : ", ") + folder;
  return {input->world, o.live.ns, source};
}

Read from_cluster(Options& o) {
  const auto client = live_client(o.live);
  const auto world = client ? live_world(*client) : nullptr;
  if (!world) return {};
  const auto ns = o.live.all_namespaces ? std::string{} : o.live.ns;
  return {world, ns, "cluster " + client->cluster().source + (ns.empty() ? "" : ", namespace " + ns)};
}

int report(Options& o) {
  const auto now = date_of(o.now);
  if (!now) return 2;
  Read read = o.from.empty() ? from_cluster(o) : from_folders(o);
  if (!read.world) return 2;
  const FleetReport fleet = fleet_report(*read.world, read.ns, std::move(read.source), *now);
  if (fleet.reviews.empty() && fleet.unreviewed.empty())
    std::fprintf(stderr, "launchgate: neither a ReadinessReview nor an LLM workload stands there%s\n",
                 o.from.empty() && !o.live.all_namespaces ? "; -A looks at all namespaces" : "");
  const auto text = o.output == "csv" ? fleet_csv(fleet) : o.output == "json" ? fleet_json(fleet) : fleet_html(fleet);
  if (o.out.empty()) return std::fwrite(text.data(), 1, text.size(), stdout), 0;
  const auto problem = replace_file(o.out, text);
  if (problem) (void)complain(*problem);
  return problem ? 2 : 0;
}

}  // namespace

void add_report(CLI::App& app, int& code) {
  auto o = std::make_shared<Options>();
  auto* verb = app.add_subcommand("report", "A page, table or JSON of all reviews: for whoever answers for the fleet");
  add_live_or_folders(*verb, o->live, o->from,
                      "A directory of reviews and workloads, instead of a cluster; again for more");
  verb->add_option("-o,--output", o->output, "html, csv or json")->check(CLI::IsMember({"html", "csv", "json"}));
  verb->add_option("--out", o->out, "Write to this file, all of it or nothing, instead of standard output")
      ->type_name("FILE");
  verb->add_option("--now", o->now, "Judge as of this date (RFC 3339) instead of now")->type_name("TIME");
  verb->callback([o, &code] { code = report(*o); });
}

}  // namespace launchgate
