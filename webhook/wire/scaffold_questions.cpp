// The questions of launchgate init, in the order of a review. A test holds that every gate of the low baseline is asked
// about, that each gate exists, and that each example is valid by the CRD.
#include "wire/scaffold.h"

namespace launchgate {
namespace {

// clang-format off
constexpr Question rows[] = {
    {"PRR-USE-01", "useCase.intents", R"(["Answer questions about orders from the help pages"])", "Which uses do you support, one short sentence each?"},
    {"PRR-USE-02", "useCase.audience", "internal", "Who can reach it: internal, partner or public?"},
    {"PRR-USE-02", "useCase.userGroups", "[support-agents]", "Which groups of people use it?"},
    {"PRR-USE-03", "useCase.dataClassification", "confidential", "What is the most sensitive data it can reach: public, internal, confidential or restricted?"},
    {"PRR-USE-04", "useCase.automation", "suggest", "How far does it act: suggest, draft, act-with-approval or autonomous?"},
    {"PRR-AGT-01", "useCase.tools", "[{name: search-orders, effect: read, reversibility: read-only}]", "Which tools can the model call, and what does each do? (No tools: delete this line.)"},
    {"PRR-USE-07", "useCase.regulatedDomain", "none", "Does it work in a regulated field, such as health, employment or education?"},
    {"PRR-USE-06", "useCase.outOfScope", "[{use: Legal advice, then: refuse}]", "What must it not be used for, and what happens then: refuse or handoff?"},
    {"PRR-USE-08", "useCase.disclosure", "{where: chat-header, text: You are talking to an AI assistant.}", "Where are users told that this is AI?"},
    {"PRR-EVAL-01", "evaluation.reports", R"([{ref: "configmap/eval-results#results.json", format: promptfoo}])", "Where is the evaluation report, and what is its sha256 digest?"},
    {"PRR-EVAL-02", "evaluation.thresholds", R"([{metric: passRate, op: ">=", value: 0.95}])", "Which numbers must the report reach?"},
    {"PRR-EVAL-05", "evaluation.dataset", "{slices: [{kind: real-user, count: 20}, {kind: edge-case, count: 20}]}", "What were the test cases made of?"},
    {"PRR-OBS-01", "observability.exporter", "otlp", "How does telemetry leave the pod: otlp, vendor, gateway or logs?"},
    {"PRR-ROLL-07", "observability.modelRoutes", "[{provider: openai, model: gpt-4.1-mini-2025-04-14}]", "Which model, at which pinned version?"},
    {"PRR-OBS-02", "observability.signals", "{modelRoute: gen_ai.response.model, promptVersion: gen_ai.prompt.version, latency: gen_ai_server_request_duration_seconds, tokens: gen_ai_client_token_usage_sum, refusals: app_refusal_ratio, feedback: app_thumbs_down_ratio}", "Which metric or attribute records each signal?"},
    {"PRR-OBS-04", "observability.contentCapture", "none", "How much of prompts and answers is recorded: none, redacted, sampled or full?"},
    {"PRR-OBS-06", "observability.alerts", "[{ref: prometheusrule/my-app, alert: MyAppErrors, covers: errors}]", "Which alerts wake somebody about errors, latency, refusals and quality?"},
    {"PRR-SUP-01", "support.runbooks", R"([{name: bad-answer, ref: "https://runbooks.example.com/my-app"}])", "Where is the runbook for the person on call?"},
    {"PRR-SUP-02", "support.badAnswer", "{traceBy: trace_id, classes: [wrong-fact, refused], decisions: {prompt: team-prompts, data: team-data}}", "How is a bad answer traced, sorted, and decided on?"},
    {"PRR-SUP-03", "support.feedback", "{channel: thumbs below each answer, triageWithinHours: 24}", "Where does users' feedback arrive, and how soon does somebody look?"},
    {"PRR-COST-01", "cost.budget", "{amount: 600, currency: EUR, period: month}", "How much may it cost, in which period?"},
    {"PRR-COST-02", "cost.quota", "{enforcedBy: gateway, limit: 3000, per: day}", "What stops it when it runs away: gateway, provider, app or resourcequota?"},
    {"PRR-COST-03", "cost.anomalyAlert", "{ref: prometheusrule/my-app, alert: MyAppSpend}", "Which alert says that spending is unusual?"},
    {"PRR-COST-04", "cost.caching", "{mode: none}", "Are answers cached, and whose: none, exact, semantic or provider-prefix?"},
    {"PRR-COST-06", "cost.limits", "{maxInputTokens: 8000, maxOutputTokens: 800}", "How many tokens may one request take?"},
    {"PRR-LAT-01", "latency.targets", "[{metric: p95, seconds: 6}]", "How fast must it answer?"},
    {"PRR-LAT-02", "latency.timeoutSeconds", "15", "After how many seconds does a call to the model give up?"},
    {"PRR-LAT-02", "latency.maxRetries", "2", "How often is a call repeated?"},
    {"PRR-LAT-03", "latency.fallback", "{mode: rules, target: service/docs-search, trigger: provider errors over 2 %}", "What happens when the model is slow or away: alternate-model, cached, rules, human or disable?"},
    {"PRR-ROLL-01", "rollout.killSwitch", R"({type: flag, ref: "featureflag/flags#my-app", maxSeconds: 60})", "How is it switched off, and within how many seconds?"},
    {"PRR-ROLL-02", "rollout.exposure", "{method: flag-percentage, steps: [5, 25, 100]}", "In which steps does a change reach users?"},
    {"PRR-ROLL-03", "rollout.rollbackTriggers", R"([{metric: app_refusal_ratio, op: ">", threshold: 0.15, window: 30m, action: rollback}])", "Which number says: roll back?"},
    {"PRR-ROLL-04", "rollout.rollback", "{method: rollout-undo}", "How do you go back: rollout-undo, argo-abort, helm or git-revert?"},
    {"PRR-ROLL-05", "rollout.disabledExperience", "The chat window becomes the search box.", "What do users see while it is off?"},
    {"PRR-ROLL-08", "rollout.pauseAuthority", "[my-team, my-team-oncall]", "Which groups may pause a rollout?"},
    {"PRR-OWN-01", "ownership.team", "my-team", "Which team owns it?"},
    {"PRR-OWN-02", "ownership.incidents", "{team: my-team-oncall, contact: my-team-pager}", "Who is called at night, and how?"},
    {"PRR-OWN-03", "ownership.modelChanges", "my-team", "Who decides on a new model or prompt?"},
    {"PRR-OWN-04", "ownership.userFeedback", "my-team", "Who reads users' feedback?"},
    {"PRR-RISK-02", "risks", "[{id: R1, title: A wrong statement, category: misinformation, severity: medium, likelihood: medium, disposition: mitigated, mitigation: It answers from retrieved pages only., controls: [PRR-EVAL-02]}]", "What can go wrong, and is each risk accepted, mitigated or blocked?"},
    {"PRR-AGT-03", "agent.limits", "{maxSteps: 20, maxTokensPerRun: 50000, maxCostPerRun: 0.5, maxSeconds: 120}", "How many steps, tokens, seconds and how much money may one run take?"},
    {"PRR-AGT-10", "agent.sandbox", "runtimeClassName gvisor", "Where does code that the model wrote run?"},
};
// clang-format on

}  // namespace

std::span<const Question> questions() { return rows; }

}  // namespace launchgate
