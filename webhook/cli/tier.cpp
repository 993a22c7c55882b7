// launchgate tier: which tier a review is, and why.
#include <cstdio>

#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/input.h"
#include "verdict/tier.h"
#include "wire/report.h"

namespace launchgate {
namespace {

struct Options {
  std::string file, output = "text", name;
  std::vector<std::string> from;
};

int tier(const Options& o) {
  const auto input = read_input({o.file}, o.from);
  if (!input) return 2;
  std::vector<const Review*> reviews;
  for (const auto& r : input->world->reviews)
    if (r->source.substr(0, o.file.size()) == o.file || o.file == "-")
      if (o.name.empty() || r->name == o.name) reviews.push_back(r.get());
  if (reviews.size() != 1)
    return complain(o.file + " holds " + std::to_string(reviews.size()) + " ReadinessReviews" +
                    (o.name.empty() ? "" : " of that name") + ": expected one" +
                    (reviews.size() > 1 ? "; choose it with --name" : ""));
  const Review& r = *reviews.front();
  if (!r.missing_profile.empty())
    warn("ReadinessProfile \"" + r.missing_profile +
         "\", which the review refers to, is not in these files: its answers are missing here; name its directory with "
         "--from");
  const PolicySet policies{*input->world, r.ns, {}};
  const auto tiering = effective_tier(*input->world, policies, r.ns, {}, r.spec());
  const auto text = o.output == "json" ? tier_json(tiering) : tier_text(tiering);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return 0;
}

}  // namespace

void add_tier(CLI::App& app, int& code) {
  auto options = std::make_shared<Options>();
  auto* cmd = app.add_subcommand("tier", "Print a review's risk tier and the reasons for it");
  cmd->add_option("FILE", options->file, "A file with the review; profiles and policies in it count")
      ->required()
      ->type_name("");
  cmd->add_option("--from", options->from, "A directory of profiles and policies; again for more")->type_name("DIR");
  cmd->add_option("--name", options->name, "The review, where the file holds several");
  cmd->add_option("-o,--output", options->output, "text or json")->check(CLI::IsMember({"text", "json"}));
  cmd->callback([options, &code] { code = tier(*options); });
}

}  // namespace launchgate
