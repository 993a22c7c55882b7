// launchgate preview, plan and policy explain: what a policy changes before it is applied, and who set what.
#include <cstdio>

#include "base/yaml_read.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/input.h"
#include "cli/live.h"
#include "verdict/examine.h"
#include "wire/decode.h"
#include "wire/origin.h"
#include "wire/preview.h"
#include "wire/source.h"

namespace launchgate {
namespace {

struct Options {
  LiveFlags live;
  std::vector<std::string> from;
  std::string file, pack, output = "text", now;
};

bool is_policy(const SourceObject& o) { return o.object->root()["kind"].text() == "ReadinessPolicy"; }

// What is judged by both: manifests of folders as if they were created, or what runs.
struct Today {
  World world;
  std::vector<SourceObject> manifests;  // of folders
  bool live = false;
};

std::optional<Today> of_folders(const Options& o) {
  auto folder = read_objects(o.from);
  Today today{assemble(folder.objects), std::move(folder.objects)};
  if (complain(today.world.problems) || folder.bad) return {};
  return today;
}

std::optional<Today> of_cluster(Options& o) {
  const auto client = live_client(o.live);
  auto world = client ? live_objects(*client) : std::nullopt;
  if (!world) return {};
  return Today{std::move(*world), {}, true};
}

// The objects of today with the new policies in place of those of the same name.
std::shared_ptr<const Snapshot> with_policies(World world, const std::vector<SourceObject>& fresh) {
  World added = assemble(fresh);
  if (complain(added.problems)) return nullptr;
  for (Policy& p : added.policies) put_in(world, std::make_shared<const Policy>(std::move(p)));
  return build_snapshot(std::move(world));
}

std::vector<PreviewResult> results_of(const Options& o, const Today& today, const Snapshot& then,
                                      const Snapshot& now_world, TimePoint now) {
  std::vector<PreviewResult> out;
  for (const SourceObject& m : today.manifests) {
    const Node object = m.object->root();
    if (!find_kind(group_of(object["apiVersion"].text()), object["kind"].text())) continue;
    const Change change = as_create(object);
    out.push_back({m.file, m.line, judge(now_world, change, now), judge(then, change, now)});
  }
  if (!today.live) return out;
  for (const WorldObject* object : audited_objects(now_world, o.live.all_namespaces ? "" : o.live.ns)) {
    const Node root = object->object->root();
    PreviewResult r{{}, 0, launchgate::audit(now_world, root, now), launchgate::audit(then, root, now)};
    if (r.today.judged() || r.tomorrow.judged()) out.push_back(std::move(r));
  }
  return out;
}

int compare(Options& o, const std::vector<SourceObject>& fresh) {
  const auto now = date_of(o.now);
  auto today = !now ? std::nullopt : o.from.empty() ? of_cluster(o) : of_folders(o);
  if (!today) return 2;
  const auto tomorrow = with_policies(today->world, fresh), as_is = build_snapshot(today->world);
  if (!tomorrow) return 2;
  const auto results = results_of(o, *today, *tomorrow, *as_is, *now);
  const auto text = o.output == "json" ? preview_json(results) : preview_text(results);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return 0;
}

int preview(Options& o) {
  auto fresh = read_objects({o.file});
  if (fresh.bad) return 2;
  std::erase_if(fresh.objects, [](const SourceObject& s) { return !is_policy(s); });
  if (fresh.objects.empty())
    return complain(o.file + " holds no ReadinessPolicy: name the file with the policy that you want to try");
  return compare(o, fresh.objects);
}

// As if a policy with this pack were added beside what is there, for every namespace.
int plan(Options& o) {
  const auto text =
      "apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessPolicy\nmetadata: {name: launchgate-plan}\nspec: {mode: "
      "enforce, packs: [\"" +
      o.pack + "\"]}\n";
  auto fresh = read_source("--pack " + o.pack, text);
  if (!fresh) return complain(fresh.error());
  return compare(o, *fresh);
}

int explain(const Options& o) {
  const auto now = date_of(o.now);
  const auto input = now ? read_input({o.file}, o.from) : nullptr;
  if (!input) return 2;
  int workloads = 0;
  for (const SourceObject& m : input->manifests) {
    const Node object = m.object->root();
    if (!find_kind(group_of(object["apiVersion"].text()), object["kind"].text())) continue;
    ++workloads;
    const Verdict v = judge(*input->world, as_create(object), *now);
    const PolicySet policies{*input->world, v.workload.ns, v.workload.labels};
    const auto text = o.output == "json" ? origins_json(v, policies) : origins_text(v, policies);
    std::fwrite(text.data(), 1, text.size(), stdout);
  }
  return workloads ? 0 : complain(o.file + " holds no workload that launchgate judges");
}

void add_common(CLI::App& cmd, const std::shared_ptr<Options>& o) {
  cmd.add_option("-o,--output", o->output, "text or json")->check(CLI::IsMember({"text", "json"}));
  cmd.add_option("--now", o->now, "Judge as of this date (RFC 3339) instead of now")->type_name("TIME");
}

}  // namespace

void add_preview(CLI::App& app, int& code) {
  auto of_file = std::make_shared<Options>(), of_pack = std::make_shared<Options>(), why = std::make_shared<Options>();
  auto* one =
      app.add_subcommand("preview", "What a policy would refuse that is not refused today, by team and by gate");
  one->add_option("-f,--file", of_file->file, "The policy to try; it stands in for one of the same name")
      ->required()
      ->type_name("FILE");
  add_live_or_folders(*one, of_file->live, of_file->from,
                      "A directory of workloads, reviews and policies, instead of a cluster; again for more");
  add_common(*one, of_file);
  one->callback([of_file, &code] { code = preview(*of_file); });

  auto* two = app.add_subcommand("plan", "The same for a pack, as if it were added beside the policies that are there");
  two->add_option("--pack", of_pack->pack, "A pack such as strict or agentic")->required()->type_name("PACK");
  add_live_or_folders(*two, of_pack->live, of_pack->from,
                      "A directory of workloads, reviews and policies, instead of a cluster; again for more");
  add_common(*two, of_pack);
  two->callback([of_pack, &code] { code = plan(*of_pack); });

  auto* policy = app.add_subcommand("policy", "Explain policies");
  policy->require_subcommand(1);
  auto* three = policy->add_subcommand("explain", "Which policy, pack and line set each gate's mode for a workload");
  three->add_option("-f,--file", why->file, "A file with the workload; reviews and policies in it count")
      ->required()
      ->type_name("FILE");
  three->add_option("--from", why->from, "A directory of reviews, profiles and policies; again for more")
      ->type_name("DIR");
  add_common(*three, why);
  three->callback([why, &code] { code = explain(*why); });
}

}  // namespace launchgate
