#include "verdict/detect.h"

#include <algorithm>
#include <utility>

#include "model/image.h"
#include "verdict/signals.h"

namespace launchgate {
namespace {

using Text = std::string_view;

constexpr int kDetected = 100, kSuspected = 60;

// "reg.example.com:5000/a/b:tag@sha256:…" -> "a/b".
Text repository(Text image) { return parse_image(image).repository.path; }

class Score {
 public:
  // What fires goes into `d`.
  Score(const Workload& w, Detection& d) : workload_(w), d_(d) {
    auto environment = w.environments.begin();
    for (const PodView& pod : w.pods) {
      environment += static_cast<std::ptrdiff_t>(pod.init_containers.size());
      for (Node c : pod.containers) container(c, *environment++);
      for (Node label : pod.metadata["labels"]) labelled(label);
      if (pod.spec["resourceClaims"].size()) gpu("resource claim");
      for (const char* selector : {"cloud.google.com/gke-accelerator", "cloud.google.com/gke-tpu-accelerator"})
        if (pod.spec["nodeSelector"][selector]) gpu(selector);
    }
    if (w.kind && !w.kind->built_in_api()) beside_pods();
    // What looks like a model decides between much and little, and makes nothing of nothing.
    if (total() > 0 && total() < kDetected) models();
  }
  int total() const { return image_ + env_ + tool_env_ + args_ + label_ + model_ + medium_ + weak_ + gpu_; }

 private:
  static constexpr int kWeakCap = 30, kMediumCap = 50;
  static constexpr std::size_t kRemembered = 64;

  // A signal counts once, in however many containers it shows, and one more never makes the sum less.
  void add(int& sum, int score, Text what, Text name, int cap) {
    if (!remember(d_.signals, what, name)) return;
    sum = std::max(sum, std::min(cap, sum + score));
  }
  void weigh(int& sum, Weight weight, Text what, Text name) {
    switch (weight) {
      case Weight::None: return;
      case Weight::Weak: return add(weak_, 10, what, name, kWeakCap);
      case Weight::Medium: return add(medium_, 25, what, name, kMediumCap);
      case Weight::Likely: return add(sum, sum ? 40 : 60, what, name, 100);
      case Weight::Decisive: return add(sum, 100, what, name, 100);
    }
  }
  void gpu(Text what) {
    if (!gpu_) add(gpu_, 15, "accelerator ", what, 15);
  }
  void can_act(Text what, Text name) { remember(d_.agent_signals, what, name); }
  // Of an object that carries more of them than any real one, the rest counts without being named: looking each up among
  // all would take time without end.
  static bool remember(std::vector<Clue>& all, Text what, Text name) {
    if (std::find(all.begin(), all.end(), Clue{what, name}) != all.end()) return false;
    if (all.size() < kRemembered) all.push_back({what, name});
    return true;
  }

  void container(Node c, const Environment& environment) {
    const Text path = repository(c["image"].text());
    const ImageReading reading = read_image(path);
    if (is_helper(reading)) return;
    if (reading.known) weigh(image_, reading.weight, "image ", path);
    for (const EnvVariable& v : workload_.variables_of(environment)) env(v, path);
    for (const char* field : {"command", "args"})
      for (Node a : c[field]) argument(a.text());
    finish_arguments();
    for (const char* kind : {"limits", "requests"})
      for (Node resource : c["resources"][kind])
        if (is_accelerator(resource.key())) gpu(resource.key());
    for (Node mount : c["volumeMounts"])
      if (const Text at = mount["mountPath"].text(), part = mount["subPath"].text();
          at.find("mcp.json") != Text::npos || part.find("mcp.json") != Text::npos)
        can_act("mount ", at);
  }

  Text composed(std::string text) {
    return *d_.composed.emplace_back(std::make_shared<const std::string>(std::move(text)));
  }

  // Of a developer's tool, keys make a suspicion and never more.
  void env(const EnvVariable& v, Text image_path) {
    const Text name = v.name, key = v.from["secretKeyRef"]["key"].text(), value = v.value.text();
    if (name.substr(0, 4) == "MCP_") can_act("env ", name);
    for (Text candidate : {name, key}) {
      if (candidate.empty()) continue;
      const Signal* found = find_variable(candidate);
      if (!found) continue;
      if (found->weight == Weight::Likely && is_developer_tool(image_path)) add(tool_env_, 60, "env ", candidate, 60);
      else weigh(env_, found->weight, "env ", candidate);
      break;
    }
    if (names_provider_host(value)) {
      if (is_developer_tool(image_path)) add(tool_env_, 60, "host in env ", name, 60);
      else weigh(env_, Weight::Likely, "host in env ", name);
    }
    if (name == "OTEL_SEMCONV_STABILITY_OPT_IN" && value.find("gen_ai") != Text::npos)
      weigh(env_, Weight::Likely, "env ", name);
  }

  // One argument, or a whole line for a shell.
  void argument(Text arg) {
    line_.append(arg).append(" ");
    while (!arg.empty()) {
      const auto blank = std::find_if(arg.begin(), arg.end(), [](char c) { return c == ' ' || c == '\n'; });
      const auto end = static_cast<std::size_t>(blank - arg.begin());
      if (arg.substr(0, 2) == "--") serving_flag(arg.substr(0, std::min(arg.find('='), end)));
      arg.remove_prefix(std::min(end + 1, arg.size()));
    }
  }
  void serving_flag(Text flag) {
    has_model_ |= flag == "--model" || flag == "--model-path" || flag == "--model_id" || flag == "--model-id";
    sized_ |= flag == "--max-model-len" || flag == "--tensor-parallel-size" || flag == "--max_model_len" ||
              flag == "--gpu-memory-utilization" || flag == "--pipeline-parallel-size" || flag == "--tp-size";
    if (flag == "--served-model-name") add(args_, 80, "argument ", flag, 100);
    if (flag == "--enable-auto-tool-choice" || flag == "--tool-call-parser" || flag.substr(0, 5) == "--mcp")
      can_act("argument ", flag);
  }
  void finish_arguments() {
    if (!line_.empty()) {
      if (has_command(line_))
        for (const Signal& command : commands())
          if (line_.find(command.text) != std::string::npos) weigh(args_, command.weight, "command ", command.text);
      if (has_model_ && sized_) add(args_, 80, "arguments ", "--model with serving options", 100);
      else if (has_model_) add(weak_, 10, "argument ", "--model", kWeakCap);
    }
    line_.clear();
    has_model_ = sized_ = false;
  }

  void labelled(Node label) {
    const Signal* found = find_label(label.key(), label.text());
    if (!found) return;
    if (found->weight == Weight::Likely)
      add(label_, 80, "label ", label.key(), 80);  // of a platform that serves nothing else
    else weigh(label_, found->weight, "label ", label.key());
  }

  // What kinds of operators hold outside of pod templates.
  void beside_pods() {
    bool helper = false;
    for (Node n : workload_.images) {
      const Text path = repository(n.is_object() ? composed(image_text(n)) : n.text());
      const ImageReading reading = read_image(path);
      helper |= is_helper(reading);
      if (reading.known) weigh(image_, reading.weight, "image ", path);
    }
    if (helper) return;
    for (const Environment& e : workload_.environments)
      if (!e.container.doc())
        for (const EnvVariable& v : workload_.variables_of(e)) env(v, {});
    for (Node list : workload_.arguments) {
      if (list.is_string()) line_.append(list.text()).append(" ");
      for (Node a : list) argument(a.text());
    }
    finish_arguments();
    for (Node model : workload_.models)
      if (looks_like_a_model(model.text())) weigh(model_, Weight::Likely, "model ", model.text().substr(0, 60));
    for (auto path : workload_.kind->tools)
      walk(workload_.object, path, [&](Node n) {
        if (!n.is_true() && !n.size()) return;
        d_.tools_configured |= n.size() != 0;
        can_act("", path);
      });
  }

  static bool is_helper(const ImageReading& image) { return image.known && image.weight == Weight::None; }

  // Values of variables and arguments that read like the name of a model.
  void models() {
    for (const PodView& pod : workload_.pods)
      for (Node c : pod.containers)
        if (!is_helper(read_image(repository(c["image"].text())))) models_of(c);
  }
  void models_of(Node container) {
    const auto look = [&](Text value, Text what, Text name) {
      if (value.find_first_of("-/.") == Text::npos || value.substr(0, 4) == "http") return;
      if (looks_like_a_model(value)) add(weak_, 10, what, name, kWeakCap);
    };
    for (Node e : container["env"]) look(e["value"].text(), "model in env ", e["name"].text());
    for (Node a : container["args"]) {
      const Text text = a.text(), value = text.substr(text.find('=') + 1);  // npos + 1 is 0
      look(value, "model in argument ", text.substr(0, std::min(text.find('='), std::size_t{40})));
    }
  }

  const Workload& workload_;
  Detection& d_;
  std::string line_;  // what a container runs, blank by blank
  bool has_model_ = false, sized_ = false;
  int image_ = 0, env_ = 0, tool_env_ = 0, args_ = 0, label_ = 0, model_ = 0, medium_ = 0, weak_ = 0, gpu_ = 0;
};

constexpr Text kLabel = "launchgate.dev/llm", kReason = "launchgate.dev/not-llm-reason";

bool any_says(const Workload& w, Text value) {
  return w.label(kLabel) == value || std::any_of(w.pods.begin(), w.pods.end(), [&](const PodView& p) {
           return p.metadata["labels"][kLabel].text() == value;
         });
}
Text reason_given(const Workload& w) {
  if (const Text here = w.annotations[kReason].text(); !here.empty()) return here;
  for (const PodView& p : w.pods)
    if (const Text there = p.metadata["annotations"][kReason].text(); !there.empty()) return there;
  return {};
}

// The kind itself says LLM, or one of its conditions does: which. Of a kind for any NIM, those whose images are known to
// be no language models are left to their signals.
Clue llm_kind(const Workload& w) {
  if (!w.kind) return {};
  if (w.kind->llm_only) {
    for (Node n : w.images)
      if (const auto r = read_image(repository(image_text(n))); r.known && r.weight <= Weight::Weak) return {};
    return {"kind ", w.kind->kind};
  }
  const Text condition = says_llm(*w.kind, w.object);
  return condition.empty() ? Clue{} : Clue{"field ", condition};
}

}  // namespace

Detection detect(const Workload& workload, bool covered, bool allow_opt_out) {
  Detection d;
  detect(workload, covered, allow_opt_out, d);
  return d;
}

void detect(const Workload& workload, bool covered, bool allow_opt_out, Detection& d) {
  d.clear();
  const Score score{workload, d};
  d.agent_capable = !d.agent_signals.empty();
  const Clue kind = llm_kind(workload);
  if (!kind.what.empty()) d.signals.insert(d.signals.begin(), kind);
  if (any_says(workload, "true")) {
    d.detected = Detected::Labelled;
    d.signals.insert(d.signals.begin(), {"label ", kLabel});
  } else if (covered) {
    d.detected = Detected::Covered;
  } else if (const Text reason = reason_given(workload);
             allow_opt_out && any_says(workload, "false") && !reason.empty()) {
    d.opted_out = true;
    d.opt_out_reason = reason;
  } else if (!kind.what.empty()) {
    d.detected = Detected::LlmKind;
  } else if (score.total() >= kDetected) {
    d.detected = Detected::Signals;
  } else if (score.total() >= kSuspected) {
    d.detected = Detected::Suspected;
  }
}

}  // namespace launchgate
