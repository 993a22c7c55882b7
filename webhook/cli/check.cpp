// launchgate check: judge manifests offline, as the cluster would.
#include <cstdio>
#include <unordered_map>

#include "cli/colour.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/input.h"
#include "cli/progress.h"
#include "verdict/judge.h"
#include "wire/answer.h"
#include "wire/report_ci.h"

namespace launchgate {
namespace {

struct Options {
  std::vector<std::string> paths, from;
  std::string output = "text", now, ns;
};

class Files {
 public:
  explicit Files(const std::vector<SourceObject>& objects) {
    for (const SourceObject& o : objects) files_[o.object.get()] = &o.file;
  }
  std::string operator()(const Doc* object) const {
    const auto found = files_.find(object);
    return found == files_.end() ? std::string{} : *found->second;
  }

 private:
  std::unordered_map<const Doc*, const std::string*> files_;
};

// What the webhook could not judge either. It is no denial, unless the platform says so (onError).
bool refused_unjudged(const Input& input, const SourceObject& manifest, const Kind& kind, std::string_view missing) {
  const Node object = manifest.object->root(), name = object["metadata"]["name"];
  const PolicySet policies{*input.world, object["metadata"]["namespace"].text(), object["metadata"]["labels"]};
  const bool denied = policies.deny_on_error();
  (void)complain(Error{std::string{kind.kind} + " " + shown(name.text()) + " has no pod template at " +
                           std::string{missing} + ": it is not judged" +
                           (denied ? ", and refused because onError is deny" : "") +
                           "; if it is a patch of kustomize, check what it renders: kubectl kustomize DIR | launchgate "
                           "check -",
                       "", manifest.file, manifest.line});
  return denied;
}

std::vector<CheckResult> judge_all(const Input& input, TimePoint now, Progress& progress, bool& refused) {
  const FileOf file_of = Files{input.all};
  std::vector<CheckResult> results;
  for (const SourceObject& m : input.manifests) {
    progress.done(results.size());
    const Node object = m.object->root();
    const Kind* kind = input.world->kinds.find(group_of(object["apiVersion"].text()), object["kind"].text());
    if (!kind || !kind->gated()) continue;
    if (const auto missing = missing_template(*kind, object); !missing.empty()) {
      refused |= refused_unjudged(input, m, *kind, missing);
      continue;
    }
    CheckResult result{m.file, m.line, judge(*input.world, as_create(object), now)};
    // A route or configuration that no review speaks of: nothing is asked of it.
    if (kind->posture == KindPosture::Audit && result.verdict.step == Step::NotLlm) continue;
    for (const GateResult& gate : result.verdict.gates)
      result.places.push_back(locate(gate, result.verdict, {m.file, m.line}, file_of));
    results.push_back(std::move(result));
  }
  return results;
}

std::string rendered(const std::vector<CheckResult>& results, const std::string& output) {
  if (output == "json") return check_json(results);
  if (output == "sarif") return check_sarif(results, LAUNCHGATE_VERSION);
  if (output == "junit") return check_junit(results);
  if (output == "github") return check_github(results);
  return check_text(results, colour());
}

int check(const Options& o) {
  const auto now = date_of(o.now);
  if (!now) return 2;
  Progress progress{"reading manifests"};
  const auto input = read_input(o.paths, o.from, o.ns);
  if (!input) return 2;
  progress.phase("judging workloads");
  bool refused = false;
  const auto results = judge_all(*input, *now, progress, refused);
  progress.end();
  const auto text = rendered(results, o.output);
  std::fwrite(text.data(), 1, text.size(), stdout);
  for (const CheckResult& r : results)
    if (!r.verdict.allowed()) return 1;
  return refused ? 1 : 0;
}

}  // namespace

void add_check(CLI::App& app, int& code) {
  auto options = std::make_shared<Options>();
  auto* cmd = app.add_subcommand("check", "Judge manifests offline, each as a CREATE, as the cluster would");
  cmd->add_option("PATH", options->paths,
                  "Files, folders, or - for standard input; reviews, profiles and policies among them count too")
      ->required()
      ->type_name("");
  cmd->add_option("--from", options->from, "A directory of more reviews, profiles and policies; again for more")
      ->type_name("DIR");
  cmd->add_option("-n,--namespace", options->ns, "Put objects that name no namespace into this one")->type_name("NAME");
  cmd->add_option("-o,--output", options->output, "text; json; sarif, junit and github for build servers")
      ->check(CLI::IsMember({"text", "json", "sarif", "junit", "github"}));
  cmd->add_option("--now", options->now, "Judge as of this date (RFC 3339) instead of now")->type_name("TIME");
  cmd->footer(
      "Examples:\n"
      "  launchgate check app/\n"
      "  helm template faq charts/faq | launchgate check - --from reviews/ -n shop\n"
      "  kubectl kustomize overlays/prod | launchgate check - -o github\n");
  cmd->callback([options, &code] { code = check(*options); });
}

}  // namespace launchgate
