// launchgate suspend, resume: the pause switch of a review. While it is on, no new rollout of what the review covers is
// let in; what runs goes on, and a rollback is always possible.
#include <cstdio>

#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/live.h"

namespace launchgate {
namespace {

constexpr std::chrono::seconds kPatience{10};

struct Options {
  LiveFlags live;
  std::string review;
};

int set_suspend(Options& o, bool on) {
  const auto client = live_client(o.live);
  if (!client) return 2;
  const auto found = client->get(kube::kReviews, o.live.ns, o.review, kPatience);
  if (!found) return complain(found.failure());
  const std::string name = "ReadinessReview " + o.live.ns + "/" + o.review;
  if (found->root()["spec"]["suspend"].is_true() == on) {
    std::printf("%s is %s already\n", name.c_str(), on ? "suspended" : "not suspended");
    return 0;
  }
  const auto patched =
      client->merge_patch(kube::kReviews, o.live.ns, o.review,
                          on ? R"({"spec":{"suspend":true}})" : R"({"spec":{"suspend":null}})", kPatience);
  if (!patched) return complain(patched.failure());
  std::printf(on ? "%s is suspended: new rollouts are refused, what runs goes on, rollbacks are let in\n"
                 : "%s is resumed: its gates decide again\n",
              name.c_str());
  const Node manager = patched->root()["metadata"]["annotations"]["argocd.argoproj.io/tracking-id"];
  if (manager) std::printf("It is kept by Argo CD, which may set it back: change it in Git as well.\n");
  return 0;
}

void add(CLI::App& app, int& code, const char* name, const char* about, bool on) {
  auto options = std::make_shared<Options>();
  auto* verb = app.add_subcommand(name, about);
  verb->add_option("REVIEW", options->review, "Name of the ReadinessReview")->required()->type_name("");
  add_live_flags(*verb, options->live, false);
  verb->callback([options, &code, on] { code = set_suspend(*options, on); });
}

}  // namespace

void add_suspend(CLI::App& app, int& code) {
  add(app, code, "suspend", "Refuse new rollouts of what a review covers, until it is resumed; rollbacks stay possible",
      true);
  add(app, code, "resume", "Lift the suspension of a review", false);
}

}  // namespace launchgate
