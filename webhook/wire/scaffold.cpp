#include "wire/scaffold.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/printable.h"
#include "base/secretlike.h"
#include "base/yaml_write.h"
#include "gates/exposure.h"
#include "gates/facts.h"
#include "gates/table.h"

namespace launchgate {
namespace {

// What the manifest answers: a value as YAML on one line, and where it stands.
struct Answer {
  std::string_view path;
  std::string value, from;
};

struct Provider {
  std::string_view variable, name;
};
constexpr Provider providers[] = {{"AZURE_OPENAI_API_KEY", "azure-openai"},
                                  {"OPENAI_API_KEY", "openai"},
                                  {"ANTHROPIC_API_KEY", "anthropic"},
                                  {"GEMINI_API_KEY", "google"},
                                  {"MISTRAL_API_KEY", "mistral"},
                                  {"COHERE_API_KEY", "cohere"},
                                  {"GROQ_API_KEY", "groq"},
                                  {"DEEPSEEK_API_KEY", "deepseek"}};

class Reading {
 public:
  Reading(const Snapshot& world, const Workload& workload) : world_(world), w_(workload) {
    audience();
    telemetry();
    models();
    if (w_.kind && w_.kind->reversible)
      say("rollout.rollback", "{method: rollout-undo}", "a " + std::string{w_.kind_name} + " keeps its revisions");
    owner();
  }
  std::vector<Answer> answers;

 private:
  void say(std::string_view path, std::string value, std::string from) {
    if (secret_kind(value).empty()) answers.push_back({path, std::move(value), std::move(from)});
  }
  void audience() {
    const auto exposure = exposure_of(world_, w_);
    if (!exposure.open.empty()) say("useCase.audience", "public", exposure.open.front());
  }
  void telemetry() {
    if (find_env(w_, "OTEL_EXPORTER_OTLP_ENDPOINT"))
      say("observability.exporter", "otlp", "env OTEL_EXPORTER_OTLP_ENDPOINT");
    constexpr std::string_view capture = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";
    const auto captured = find_env(w_, capture)["value"].text();
    if (captured == "true" || captured == "false")
      say("observability.contentCapture", captured == "true" ? "full" : "none", "env " + std::string{capture});
  }
  void models() {
    std::string_view provider = "self-hosted";
    for (const Provider& known : providers)
      if (find_env(w_, known.variable)) {
        provider = known.name;
        break;
      }
    std::string from;
    const auto model = model_name(from);
    if (!model.empty())
      say("observability.modelRoutes", "[{provider: " + std::string{provider} + ", model: " + yaml_scalar(model) + "}]",
          from);
  }
  std::string model_name(std::string& from) const {
    for (const char* variable : {"LLM_MODEL", "OPENAI_MODEL", "ANTHROPIC_MODEL", "MODEL_NAME", "MODEL_ID"})
      if (const auto value = find_env(w_, variable)["value"].text(); !value.empty()) {
        from = std::string{"env "} + variable;
        return std::string{value};
      }
    from = "argument --model";
    for (const PodView& pod : w_.pods)
      for (Node container : pod.containers)
        for (const char* field : {"command", "args"}) {
          bool next = false;
          for (Node argument : container[field]) {
            if (next) return std::string{argument.text()};
            if (argument.text().starts_with("--model=")) return std::string{argument.text().substr(8)};
            next = argument.text() == "--model";
          }
        }
    return {};
  }
  void owner() {
    for (const char* label : {"team", "owner", "app.kubernetes.io/team"})
      if (const auto value = w_.label(label); !value.empty())
        return say("ownership.team", yaml_scalar(value), std::string{"label "} + label);
  }

  const Snapshot& world_;
  const Workload& w_;
};

class Writer {
 public:
  Writer(const Snapshot& world, const Workload& w, const ScaffoldOptions& o)
      : w_(w), o_(o), answers_(Reading{world, w}.answers) {}

  std::string text() {
    head();
    covers();
    const auto all = questions();
    for (std::size_t i = 0; i < all.size();) {
      const auto name = section(all[i].path);
      auto end = i;
      while (end < all.size() && section(all[end].path) == name) ++end;
      write_section(name, all.subspan(i, end - i));
      i = end;
    }
    return out_;
  }

 private:
  static std::string_view section(std::string_view path) { return path.substr(0, path.find('.')); }

  void head() {
    const auto name = yaml_scalar(w_.name);
    add_line(out_,
             "# First review of " + w_.reference() + ", by launchgate init. Filled in is what its manifest says.");
    out_ +=
        "# Each commented line holds an example and a question: answer it and take the # away. The questions are "
        "those of\n"
        "# tier " +
        std::string{to_string(o_.tier)} +
        "; what you answer decides the tier (launchgate tier), and launchgate check says what is left.\n" +
        "apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessReview\nmetadata:\n  name: " + name + "\n";
    if (!w_.ns.empty()) out_ += "  namespace: " + yaml_scalar(w_.ns) + "\n";
    out_ += "spec:\n";
  }

  void covers() {
    out_ += "  covers:\n  - kind: " + yaml_scalar(w_.kind_name) + "\n    name: " + yaml_scalar(w_.name) + "\n";
    std::vector<std::string> pinned;
    for (const PodView& pod : w_.pods)
      for (Node container : pod.containers)
        if (const auto image = container["image"].text();
            image.find("@sha256:") != std::string_view::npos &&
            std::find(pinned.begin(), pinned.end(), image) == pinned.end())
          pinned.emplace_back(image);
    if (pinned.empty()) {
      out_ += "    # artifacts: [\"registry.example.com/app@sha256:" + std::string(64, '0') +
              "\"]  # Which image, by digest, is this review for?\n";
      return;
    }
    out_ += "    artifacts:\n";
    for (const auto& image : pinned) out_ += "    - " + yaml_scalar(image) + "\n";
  }

  bool asked(const Question& q) const {
    const auto gate = find_gate(q.gate);
    if (!gate || gate_table()[*gate].baseline(o_.tier) == GateMode::Off) return false;
    return o_.agent || section(q.path) != "agent";
  }
  const Answer* answer(std::string_view path) const {
    const auto at = std::find_if(answers_.begin(), answers_.end(), [&](const Answer& a) { return a.path == path; });
    return at == answers_.end() ? nullptr : &*at;
  }

  // A section's key is commented out as long as all below it is: an empty one would be null, and null is no section.
  void write_section(std::string_view name, std::span<const Question> fields) {
    if (fields.front().path == name) {  // a list
      if (asked(fields.front()))
        out_ += "  # " + std::string{name} + ": " + std::string{fields.front().example} + "  # " +
                std::string{fields.front().asks} + "\n";
      return;
    }
    const bool some = std::any_of(fields.begin(), fields.end(), [&](const Question& q) { return answer(q.path); });
    const bool any = some || std::any_of(fields.begin(), fields.end(), [&](const Question& q) { return asked(q); });
    if (!any) return;
    out_ += (some ? "  " : "  # ") + std::string{name} + ":\n";
    for (const Question& q : fields) {
      const std::string key{q.path.substr(name.size() + 1)};
      if (const Answer* a = answer(q.path)) out_ += "    " + key + ": " + a->value + "  # " + printable(a->from) + "\n";
      else if (asked(q))
        out_ +=
            (some ? "    # " : "  #   ") + key + ": " + std::string{q.example} + "  # " + std::string{q.asks} + "\n";
    }
  }

  const Workload& w_;
  const ScaffoldOptions& o_;
  std::vector<Answer> answers_;
  std::string out_;
};

}  // namespace

std::string scaffold(const Snapshot& world, const Workload& workload, const ScaffoldOptions& options) {
  return Writer{world, workload, options}.text();
}

}  // namespace launchgate
