// launchgate init: the first review of a workload, from its manifest.
#include <cstdio>

#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/input.h"
#include "verdict/detect.h"
#include "verdict/match.h"
#include "wire/scaffold.h"

namespace launchgate {
namespace {

struct Options {
  std::string file, name, ns, tier = "moderate";
};

int init(const Options& o) {
  const auto input = read_input({o.file}, {}, o.ns);
  if (!input) return 2;
  std::vector<Workload> roots;
  for (const SourceObject& m : input->manifests) {
    const auto workload = Workload::view(m.object->root());
    if (!workload.kind || gated_owner(*input->world, workload)) continue;
    if (o.name.empty() || workload.name == o.name) roots.push_back(workload);
  }
  std::vector<std::string> reviews;
  std::string seen;
  for (const Workload& w : roots) {
    const auto detection = detect(w, false, false);
    seen += (seen.empty() ? "" : ", ") + w.reference();
    if (roots.size() > 1 && detection.detected <= Detected::Suspected) continue;
    reviews.push_back(scaffold(*input->world, w, {*parse_tier(o.tier), detection.agent_capable}));
  }
  if (reviews.empty())
    return complain(o.file + " holds " +
                    (seen.empty() ? "no workload" + (o.name.empty() ? std::string{} : " named " + o.name)
                                  : "no workload that looks like LLM use: " + seen + "; choose one with --name"));
  for (std::size_t i = 0; i < reviews.size(); ++i) std::printf("%s%s", i ? "---\n" : "", reviews[i].c_str());
  return 0;
}

}  // namespace

void add_init(CLI::App& app, int& code) {
  auto options = std::make_shared<Options>();
  auto* cmd = app.add_subcommand("init", "Write the first review of a workload: what its manifest says, and questions");
  cmd->add_option("-f,--file", options->file, "Manifests with the workload, or - for standard input")
      ->required()
      ->type_name("FILE");
  cmd->add_option("--name", options->name, "The workload, where the file holds several")->type_name("NAME");
  cmd->add_option("-n,--namespace", options->ns, "Put objects that name no namespace into this one")->type_name("NAME");
  cmd->add_option("--tier", options->tier, "Ask what this tier needs")
      ->check(CLI::IsMember({"low", "moderate", "high", "critical"}))
      ->capture_default_str();
  cmd->footer("Example:\n  launchgate init -f app/deployment.yaml >app/review.yaml\n");
  cmd->callback([options, &code] { code = init(*options); });
}

}  // namespace launchgate
