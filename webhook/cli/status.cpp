// launchgate status: what the operator wrote into a review's status, for people: the conditions first, then what to fix.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "base/json_write.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/live.h"

namespace launchgate {
namespace {

constexpr std::chrono::seconds kPatience{30};

struct Options {
  LiveFlags live;
  std::string review, output = "text";
};

std::string str(Node node) { return std::string{node.text()}; }

void line(std::string& out, const char* what, const std::string& value) {
  if (value.empty()) return;
  out += "  ";
  out.append(what).append(std::string(12 - std::min<std::size_t>(11, std::string_view{what}.size()), ' '));
  add_line(out, value);
}

std::string counts_of(Node counts) {
  std::string out;
  for (Node count : counts)
    if (count.text() != "0") out += (out.empty() ? "" : ", ") + str(count) + " " + std::string{count.key()};
  return out;
}

void append_conditions(std::string& out, Node status) {
  for (Node c : status["conditions"]) {
    const std::string message = c["message"].text().empty() ? "" : ": " + str(c["message"]);
    add_line(out, "  " + str(c["type"]) + "=" + str(c["status"]) + " (" + str(c["reason"]) + " since " +
                      str(c["lastTransitionTime"]) + ")" + message);
  }
}

void append_gates(std::string& out, Node status) {
  for (Node gate : status["gates"]) {
    const auto result = gate["result"].text();
    if (result == "Pass" || result == "NotApplicable") continue;
    add_line(out, "  " + std::string{result} + " " + str(gate["id"]) + " " + str(gate["slug"]) + ": " +
                      str(gate["message"]));
    if (!gate["fix"].text().empty()) add_line(out, "       fix: " + str(gate["fix"]));
  }
}

std::string text_of(Node review) {
  const Node meta = review["metadata"], status = review["status"];
  std::string out = "ReadinessReview " + str(meta["namespace"]) + "/" + str(meta["name"]) + "\n";
  if (!status) return out + "  it has no status yet: is launchgate's operator running? (launchgate doctor)\n";
  if (!meta["generation"].text().empty() && status["observedGeneration"].text() != meta["generation"].text())
    out += "  the status is of an earlier version of the review; the operator is about to look again\n";
  line(out, "tier", str(status["tier"]));
  for (Node reason : status["tierReasons"]) line(out, "", str(reason["code"]) + ": " + str(reason["text"]));
  line(out, "gates", counts_of(status["counts"]));
  if (const auto before = counts_of(status["countsBeforeWaivers"]); status["counts"]["waived"].text() != "0")
    line(out, "", before.empty() ? before : before + " before waivers");
  line(out, "expires", str(status["expiresAt"]));
  append_conditions(out, status);
  append_gates(out, status);
  for (Node workload : status["workloads"])
    line(out, "covers", str(workload["kind"]) + " " + str(workload["name"]) + ": " + str(workload["verdict"]));
  if (const auto revisions = status["approvedRevisions"].size())
    line(out, "rollback", std::to_string(revisions) + " approved revisions: a return to one of them is always let in");
  return out;
}

int print_one(Node review, const std::string& output) {
  std::string text;
  if (output == "json") append_json(text, review["status"]), text += "\n";
  else text = text_of(review);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return 0;
}

int status(Options& o) {
  const auto client = live_client(o.live);
  if (!client) return 2;
  if (!o.review.empty()) {
    const auto found = client->get(kube::kReviews, o.live.ns, o.review, kPatience);
    if (found) return print_one(found->root(), o.output);
    return complain(found.failure());
  }
  std::size_t count = 0;
  kube::ListOptions options;
  options.ns = o.live.ns;
  const auto listed = client->list(
      kube::kReviews, options, [&](Node review) { ++count, print_one(review, o.output); }, kPatience);
  if (!listed) return complain(listed.failure());
  if (!count) std::fprintf(stderr, "no ReadinessReview in namespace %s\n", o.live.ns.c_str());
  return 0;
}

}  // namespace

void add_status(CLI::App& app, int& code) {
  auto options = std::make_shared<Options>();
  auto* verb =
      app.add_subcommand("status", "Show what launchgate found about a review in the cluster, and what to fix");
  verb->add_option("REVIEW", options->review, "Name of the ReadinessReview; without it all of the namespace")
      ->type_name("");
  add_live_flags(*verb, options->live, false);
  verb->add_option("-o,--output", options->output, "text or json")->check(CLI::IsMember({"text", "json"}));
  verb->callback([options, &code] { code = status(*options); });
}

}  // namespace launchgate
