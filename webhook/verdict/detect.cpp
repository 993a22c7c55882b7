#include "verdict/detect.h"

#include <algorithm>

#include "model/image.h"
#include "verdict/signals.h"

namespace launchgate {
namespace {

using Text = std::string_view;

constexpr int kDetected = 100, kSuspected = 60;

// "reg.example.com:5000/a/b:tag@sha256:…" -> "a/b".
Text repository(Text image) {
  image = image.substr(0, image.find('@'));
  const auto slash = image.find('/');
  const auto host = image.substr(0, slash);
  if (slash != Text::npos && (host.find_first_of(".:") != Text::npos || host == "localhost"))
    image.remove_prefix(slash + 1);
  const auto colon = image.rfind(':');
  if (colon != Text::npos && image.find('/', colon) == Text::npos) image = image.substr(0, colon);
  return image;
}

class Score {
 public:
  explicit Score(const Workload& w) : workload_(w) {
    for (const PodView& pod : w.pods) {
      for (Node c : pod.containers) container(c);
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
  std::vector<std::string> signals, agent;
  bool tools = false;  // the manifest itself lists tools

 private:
  static constexpr int kWeakCap = 30, kMediumCap = 50;

  // A signal counts once, in however many containers it shows, and one more never makes the sum less.
  void add(int& sum, int score, Text what, Text name, int cap) {
    std::string signal{what};
    signal += name;
    if (std::find(signals.begin(), signals.end(), signal) != signals.end()) return;
    signals.push_back(std::move(signal));
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
  void can_act(Text what, Text name) {
    std::string signal{what};
    signal += name;
    if (std::find(agent.begin(), agent.end(), signal) == agent.end()) agent.push_back(std::move(signal));
  }

  void container(Node c) {
    const Text path = repository(c["image"].text());
    const ImageReading reading = read_image(path);
    if (reading.known && reading.weight == Weight::None) return;
    looked_at_.push_back(c);
    if (reading.known) weigh(image_, reading.weight, "image ", path);
    for (Node e : c["env"]) env(e, path);
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

  // Of a developer's tool, keys make a suspicion and never more.
  void env(Node e, Text image_path) {
    const Text name = e["name"].text(), key = e["valueFrom"]["secretKeyRef"]["key"].text(), value = e["value"].text();
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
      const auto end = std::min(arg.find_first_of(" \n"), arg.size());
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
      const std::string text = image_text(n);
      const Text path = repository(text);
      const ImageReading reading = read_image(path);
      helper |= reading.known && reading.weight == Weight::None;
      if (reading.known) weigh(image_, reading.weight, "image ", path);
    }
    if (helper) return;
    for (Node list : workload_.environments)
      for (Node e : list) env(e, {});
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
        tools |= n.size() != 0;
        can_act("", path);
      });
  }

  // Values of variables and arguments that read like the name of a model.
  void models() {
    const auto look = [&](Text value, Text what, Text name) {
      if (value.find_first_of("-/.") == Text::npos || value.substr(0, 4) == "http") return;
      if (looks_like_a_model(value)) add(weak_, 10, what, name, kWeakCap);
    };
    for (Node c : looked_at_) {
      for (Node e : c["env"]) look(e["value"].text(), "model in env ", e["name"].text());
      for (Node a : c["args"]) {
        const Text text = a.text(), value = text.substr(text.find('=') + 1);  // npos + 1 is 0
        look(value, "model in argument ", text.substr(0, std::min(text.find('='), std::size_t{40})));
      }
    }
  }

  const Workload& workload_;
  std::vector<Node> looked_at_;  // containers, but for helpers
  std::string line_;
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
std::string llm_kind(const Workload& w) {
  if (!w.kind) return {};
  if (w.kind->llm_only) {
    for (Node n : w.images)
      if (const auto r = read_image(repository(image_text(n))); r.known && r.weight <= Weight::Weak) return {};
    return "kind " + std::string{w.kind->kind};
  }
  const Text condition = says_llm(*w.kind, w.object);
  return condition.empty() ? std::string{} : "field " + std::string{condition};
}

}  // namespace

Detection detect(const Workload& workload, bool covered, bool allow_opt_out) {
  Score score{workload};
  Detection d;
  d.agent_capable = !score.agent.empty();
  d.agent_signals = std::move(score.agent);
  d.tools_configured = score.tools;
  d.signals = std::move(score.signals);
  const std::string kind = llm_kind(workload);
  if (!kind.empty()) d.signals.insert(d.signals.begin(), kind);
  if (any_says(workload, "true")) {
    d.detected = Detected::Labelled;
    d.signals.insert(d.signals.begin(), "label launchgate.dev/llm");
  } else if (covered) {
    d.detected = Detected::Covered;
  } else if (const Text reason = reason_given(workload);
             allow_opt_out && any_says(workload, "false") && !reason.empty()) {
    d.opted_out = true;
    d.opt_out_reason = reason;
  } else if (!kind.empty()) {
    d.detected = Detected::LlmKind;
  } else if (score.total() >= kDetected) {
    d.detected = Detected::Signals;
  } else if (score.total() >= kSuspected) {
    d.detected = Detected::Suspected;
  }
  return d;
}

}  // namespace launchgate
