// The gate table. Read it top down: it is the catalogue. Columns: id, slug, baseline tiers (low moderate high
// critical: B blocks, W warns, - off), field, when it applies, what it catches, why, fix, check, whether it also
// runs where no review covers the workload, and whether it reads nothing but the review. Which controls of public
// frameworks a gate supports is data of its own (policies/crosswalks).
#include "gates/table.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace launchgate {

// One file each: <section>_<number>_<name>.cpp
Finding review_exists(const Facts&);
Finding artifact_bound(const Facts&);
Finding llm_use_declared(const Facts&);
Finding intents_declared(const Facts&);
Finding audience_declared(const Facts&);
Finding data_classified(const Facts&);
Finding autonomy_declared(const Facts&);
Finding context_matches_manifest(const Facts&);
Finding out_of_scope_uses(const Facts&);
Finding regulated_domain_declared(const Facts&);
Finding ai_disclosure(const Facts&);
Finding eval_report_present(const Facts&);
Finding eval_thresholds_met(const Facts&);
Finding eval_fresh(const Facts&);
Finding eval_matches_artifact(const Facts&);
Finding eval_set_representative(const Facts&);
Finding rubric_recorded(const Facts&);
Finding failure_analysis(const Facts&);
Finding regression_for_risky_behaviours(const Facts&);
Finding adversarial_tested(const Facts&);
Finding eval_attested(const Facts&);
Finding fairness_checked(const Facts&);
Finding telemetry_configured(const Facts&);
Finding required_signals(const Facts&);
Finding signals_observed(const Facts&);
Finding content_capture_safe(const Facts&);
Finding dashboard_exists(const Facts&);
Finding alerts_exist(const Facts&);
Finding log_retention(const Facts&);
Finding runbook_present(const Facts&);
Finding runbook_answers_bad_answer(const Facts&);
Finding feedback_intake(const Facts&);
Finding incident_drill(const Facts&);
Finding budget_set(const Facts&);
Finding quota_enforced(const Facts&);
Finding cost_anomaly_alert(const Facts&);
Finding caching_posture(const Facts&);
Finding unit_economics_add_up(const Facts&);
Finding token_limits(const Facts&);
Finding latency_target(const Facts&);
Finding timeouts_bounded(const Facts&);
Finding fallback_defined(const Facts&);
Finding fallback_tested(const Facts&);
Finding kill_switch(const Facts&);
Finding progressive_exposure(const Facts&);
Finding rollback_triggers(const Facts&);
Finding rollback_possible(const Facts&);
Finding disabled_experience(const Facts&);
Finding rollback_rehearsed(const Facts&);
Finding model_route_pinned(const Facts&);
Finding pause_authority(const Facts&);
Finding owner_team(const Facts&);
Finding incident_owner(const Facts&);
Finding model_change_owner(const Facts&);
Finding feedback_owner(const Facts&);
Finding owner_is_a_group(const Facts&);
Finding tier_not_understated(const Facts&);
Finding risks_registered(const Facts&);
Finding every_risk_disposed(const Facts&);
Finding no_blocked_risk(const Facts&);
Finding acceptance_has_authority(const Facts&);
Finding mitigation_linked(const Facts&);
Finding rule_of_two(const Facts&);
Finding required_roles_approved(const Facts&);
Finding approver_independent(const Facts&);
Finding approval_binds_spec(const Facts&);
Finding approval_verified(const Facts&);
Finding review_in_date(const Facts&);
Finding validity_within_limit(const Facts&);
Finding no_unreviewed_material_change(const Facts&);
Finding waivers_in_date(const Facts&);
Finding tools_listed(const Facts&);
Finding irreversible_needs_human(const Facts&);
Finding execution_budgets(const Facts&);
Finding least_privilege_identity(const Facts&);
Finding egress_restricted(const Facts&);
Finding mcp_pinned(const Facts&);
Finding memory_policy(const Facts&);
Finding out_of_band_stop(const Facts&);
Finding action_audit(const Facts&);
Finding code_exec_sandboxed(const Facts&);
Finding user_context_propagated(const Facts&);
Finding inter_agent_trust(const Facts&);
Finding untrusted_content_handled(const Facts&);
Finding output_validated(const Facts&);
Finding no_secrets_in_context(const Facts&);
Finding provider_key_from_secret(const Facts&);
Finding model_provenance(const Facts&);
Finding retrieval_authorised(const Facts&);
Finding pii_handling(const Facts&);

namespace {

// clang-format off
constexpr Gate rows[] = {
    // ---- Coverage: what the review is about is what runs.
    {"PRR-COV-01", "review-exists", "BBBB", "spec.covers", "always",
     "unreviewed LLM feature reaches production (shadow launch)",
     "an LLM workload nobody reviewed has no owner, budget or off switch on record",
     "apply a ReadinessReview in the namespace of the workload whose spec.covers[] names it by kind and name, or by kind and labelSelector",
     review_exists, true, false},
    {"PRR-COV-02", "artifact-bound", "-WBB", "spec.covers[].artifacts", "always",
     "review approved for v1, v9 runs (bait and switch)",
     "the approval was given to other bits than the ones you are rolling out",
     "pin image@sha256: and list it in spec.covers[].artifacts[], or name the repository and signer in spec.covers[].artifactPolicy",
     artifact_bound, false, false},
    {"PRR-COV-03", "llm-use-declared", "WBBB", "metadata.labels", "a workload with signals of LLM use",
     "LLM added to an old service without anyone telling platform",
     "undeclared model use is how budgets and data leaks start",
     "label it launchgate.dev/llm: \"true\" and cover it by a review; if it is none, label it \"false\" with the annotation launchgate.dev/not-llm-reason",
     llm_use_declared, true, false},
    // ---- Use case: what it may do, for whom, with which data.
    {"PRR-USE-01", "intents-declared", "BBBB", "spec.useCase.intents", "always",
     "feature answers questions nobody designed or tested it for",
     "an eval set or a refusal rule cannot be judged without knowing what it is for",
     "spec.useCase.intents[]: 1-20 short sentences",
     intents_declared, false, true},
    {"PRR-USE-02", "audience-declared", "BBBB", "spec.useCase.audience", "always",
     "internal tool quietly becomes public",
     "who can reach it decides how bad a wrong answer is",
     "spec.useCase.audience: internal|partner|public and .userGroups[]",
     audience_declared, false, true},
    {"PRR-USE-03", "data-classified", "BBBB", "spec.useCase.dataClassification", "always",
     "restricted data flows to a provider or log that must not hold it",
     "the tier, the log policy and the provider choice all hang on it",
     "spec.useCase.dataClassification: public|internal|confidential|restricted",
     data_classified, false, true},
    {"PRR-USE-04", "autonomy-declared", "BBBB", "spec.useCase.automation", "always",
     "\"assistant\" that can in fact write records or send mail",
     "a read-only summariser and an agent that sends messages need different gates",
     "spec.useCase.automation: suggest|draft|act-with-approval|autonomous; spec.useCase.tools[].effect when tools exist",
     autonomy_declared, false, true},
    {"PRR-USE-05", "context-matches-manifest", "WBBB", "spec.useCase", "always",
     "paper says internal/read-only, cluster says public/write",
     "a review of a smaller system than the one you run protects nobody",
     "raise spec.useCase.audience or .automation, list the tools, close the way in, or explain it in spec.useCase.observedExceptions[]: {axis, evidence, reason, until}",
     context_matches_manifest, false, false},
    {"PRR-USE-06", "out-of-scope-uses", "-WBB", "spec.useCase.outOfScope", "always",
     "users push it into a use it must refuse",
     "refusal tests and user guidance start from this list",
     "spec.useCase.outOfScope[] (say what happens: refuse|handoff)",
     out_of_scope_uses, false, true},
    {"PRR-USE-07", "regulated-domain-declared", "-WBB", "spec.useCase.regulatedDomain", "always",
     "HR screening or credit scoring shipped as \"just a chatbot\"",
     "Annex III and sector rules change who must approve",
     "spec.useCase.regulatedDomain: none|biometrics|critical-infrastructure|education|employment|essential-services|law-enforcement|migration|justice|health|other",
     regulated_domain_declared, false, true},
    {"PRR-USE-08", "ai-disclosure", "-WBB", "spec.useCase.disclosure", "the audience is public or partner",
     "users are not told that they talk to an AI",
     "people over-trust an answer when they do not know its source; public chat must disclose",
     "spec.useCase.disclosure: {where, text or url}",
     ai_disclosure, false, true},
    // ---- Evaluation: evidence instead of optimism.
    {"PRR-EVAL-01", "eval-report-present", "WBBB", "spec.evaluation.reports", "always",
     "launch rests on optimism rather than evidence",
     "nothing shows that it works on your domain",
     "spec.evaluation.reports[]: {ref: configmap/NAME#KEY, oci://… or https://…, digest: sha256:…}",
     eval_report_present, false, true},
    {"PRR-EVAL-02", "eval-thresholds-met", "WBBB", "spec.evaluation.thresholds", "always",
     "a failing eval is attached as if it were a pass",
     "your own bar says do not ship",
     "fix the regression, or change spec.evaluation.thresholds[] with a reviewer",
     eval_thresholds_met, false, true},
    {"PRR-EVAL-03", "eval-fresh", "-WBB", "spec.evaluation.reports", "always",
     "evidence from two models ago",
     "models, data and prompts drift",
     "re-run the suite and update spec.evaluation.reports[]",
     eval_fresh, false, false},
    {"PRR-EVAL-04", "eval-matches-artifact", "-WBB", "spec.evaluation.reports", "always",
     "tested model/prompt is not the one deployed",
     "the score belongs to another system",
     "re-run on the release candidate; the subject of spec.evaluation.reports[] must be among spec.observability.modelRoutes[], .promptRefs[] and the images of the rollout",
     eval_matches_artifact, false, false},
    {"PRR-EVAL-05", "eval-set-representative", "-WBB", "spec.evaluation.dataset.slices", "always",
     "set has only happy paths written by the team",
     "the article asks for real user language, edge cases and policy constraints; without them it is optimism",
     "spec.evaluation.dataset.slices[]: {kind: real-user|edge-case|policy, and adversarial at high and above; count}",
     eval_set_representative, false, true},
    {"PRR-EVAL-06", "rubric-recorded", "-WBB", "spec.evaluation.rubric", "always",
     "\"looks good to me\" scores; judge model drifts",
     "a number without its rubric cannot be reproduced",
     "spec.evaluation.rubric: {ref, digest, judge: human|model|exact, judgeModel, humanAgreement}",
     rubric_recorded, false, true},
    {"PRR-EVAL-07", "failure-analysis", "-WBB", "spec.evaluation.failureAnalysis", "always",
     "known failures are forgotten at launch",
     "the tests that fail tell support what to expect",
     "spec.evaluation.failureAnalysis: {ref, topFailures[]: {pattern, rate, riskRef}}",
     failure_analysis, false, true},
    {"PRR-EVAL-08", "regression-for-risky-behaviours", "-WBB", "spec.risks", "a risk is mitigated",
     "fixed bad behaviour comes back with the next prompt",
     "a mitigated risk without a test is a hope",
     "spec.risks[].tests[]: names that exist in the report",
     regression_for_risky_behaviours, false, true},
    {"PRR-EVAL-09", "adversarial-tested", "-WBB", "spec.evaluation.adversarial", "untrusted input, tools, or an audience that is not internal",
     "prompt injection found by a customer",
     "injection is the first thing users and web pages will try",
     "spec.evaluation.adversarial: {ref, digest, ranAt, attackSuccessRate, adaptive}",
     adversarial_tested, false, false},
    {"PRR-EVAL-10", "eval-attested", "--WB", "spec.evaluation.attestations", "always",
     "hand-edited numbers",
     "at this tier a person must not be able to type the score",
     "sign the in-toto test result in CI, name it in spec.evaluation.attestations[], and the key in trust.evalSigners of the policy",
     eval_attested, false, false},
    {"PRR-EVAL-11", "fairness-checked", "--BB", "spec.evaluation.fairness", "a regulated domain is declared",
     "quality is fine on average and bad for one group",
     "an average hides who is harmed",
     "spec.evaluation.fairness: {ref, digest, groups[], metric, maxGap}",
     fairness_checked, false, true},
    // ---- Observability: a bad answer can be traced.
    {"PRR-OBS-01", "telemetry-configured", "BBBB", "spec.observability.exporter", "always",
     "incident with no trace to look at",
     "you cannot debug a bad answer you did not record",
     "set OTEL_EXPORTER_OTLP_ENDPOINT + OTEL_SERVICE_NAME, or annotate for auto-instrumentation; spec.observability.exporter",
     telemetry_configured, false, false},
    {"PRR-OBS-02", "required-signals", "WBBB", "spec.observability.signals", "signals conditional on retrieval/tools",
     "you have latency graphs but not which prompt or document caused it",
     "support must trace an answer: model route, prompt version, retrieval sources, tool calls, latency, tokens, refusals, feedback",
     "spec.observability.signals.<name>: the name of a metric or attribute, such as OTel's gen_ai.response.model",
     required_signals, false, true},
    {"PRR-OBS-03", "signals-observed", "-WBB", "spec.observability.signals", "signals are declared",
     "instrumentation declared but never wired",
     "\"defined but not wired up\" is the usual telemetry bug",
     "check the exporter and the query of the signal",
     signals_observed, false, false},
    {"PRR-OBS-04", "content-capture-safe", "-WBB", "spec.observability.contentCapture", "data>=confidential",
     "prompts with personal data land in traces",
     "telemetry becomes the leak",
     "turn capture off or set spec.observability.contentCapture: redacted|sampled with retentionDays",
     content_capture_safe, false, false},
    {"PRR-OBS-05", "dashboard-exists", "-WWB", "spec.observability.dashboards", "always",
     "first look at data happens during the incident",
     "the on-call needs one page",
     "spec.observability.dashboards[]: {ref: grafanadashboard/NAME or configmap/NAME, url}",
     dashboard_exists, false, true},
    {"PRR-OBS-06", "alerts-exist", "-WBB", "spec.observability.alerts", "always",
     "users report the outage first",
     "telemetry without an alert waits for someone to look",
     "create PrometheusRule and list it in spec.observability.alerts[]: {ref, alert, covers}",
     alerts_exist, false, true},
    {"PRR-OBS-07", "log-retention", "--WB", "spec.observability.retentionDays", "always",
     "evidence is gone when the regulator or lawyer asks",
     "deployers of high-risk systems must keep logs at least six months",
     "spec.observability.retentionDays",
     log_retention, false, true},
    // ---- Support: people know what to do with it.
    {"PRR-SUP-01", "runbook-present", "WBBB", "spec.support.runbooks", "always",
     "3 a.m. guessing",
     "the person on call did not build this",
     "spec.support.runbooks[]: {name, ref, digest?}",
     runbook_present, false, true},
    {"PRR-SUP-02", "runbook-answers-bad-answer", "-WBB", "spec.support.badAnswer", "always",
     "bad answer reported, nobody can trace or classify it",
     "support must know how to trace a bad answer, classify it and choose prompt, data, retrieval or policy",
     "spec.support.badAnswer: {traceBy, classes[], decisions: {prompt, data, retrieval, policy}}",
     runbook_answers_bad_answer, false, true},
    {"PRR-SUP-03", "feedback-intake", "-WBB", "spec.support.feedback", "always",
     "users have no way to say it is wrong",
     "refusals and thumbs-down are the only quality signal you get for free",
     "spec.support.feedback: {channel, triageWithinHours}",
     feedback_intake, false, true},
    {"PRR-SUP-04", "incident-drill", "--WB", "spec.support.lastDrill", "always",
     "runbook fails on first real use",
     "an untested runbook is fiction",
     "hold a drill with the runbook, then spec.support.lastDrill: {date, ref}",
     incident_drill, false, false},
    // ---- Cost: a limit, and something that says no.
    {"PRR-COST-01", "budget-set", "BBBB", "spec.cost.budget", "always",
     "a loop spends the quarter in a weekend",
     "nobody knows when spend is wrong",
     "spec.cost.budget: {amount, currency, period, owner?}",
     budget_set, false, true},
    {"PRR-COST-02", "quota-enforced", "WBBB", "spec.cost.quota", "always",
     "alert fires after the money is gone",
     "a budget is a wish until something says no",
     "spec.cost.quota: {enforcedBy, limit, per, ref}",
     quota_enforced, false, true},
    {"PRR-COST-03", "cost-anomaly-alert", "-WBB", "spec.cost.anomalyAlert", "always",
     "slow leak found on the invoice",
     "token spend moves with prompts, not only traffic",
     "spec.cost.anomalyAlert: {ref, alert}",
     cost_anomaly_alert, false, true},
    {"PRR-COST-04", "caching-posture", "-WBB", "spec.cost.caching", "always",
     "one tenant sees another tenant's cached answer, or nobody caches at all",
     "caching is a cost lever and a data-leak risk; choose on purpose",
     "spec.cost.caching: {mode: none|exact|semantic|provider-prefix, scope: global|tenant|user, reason}",
     caching_posture, false, true},
    {"PRR-COST-05", "unit-economics-add-up", "-WWB", "spec.cost.unit", "always",
     "each request costs more than it earns",
     "arithmetic shows a burst budget before the invoice does",
     "spec.cost.unit: {costPerRequest, expectedRequestsPerMonth}",
     unit_economics_add_up, false, true},
    {"PRR-COST-06", "token-limits", "-WBB", "spec.cost.limits", "always",
     "one huge prompt or endless answer",
     "unbounded length is unbounded cost and latency",
     "spec.cost.limits: {maxInputTokens, maxOutputTokens}",
     token_limits, false, true},
    // ---- Latency and fallback: what happens when the provider is slow or gone.
    {"PRR-LAT-01", "latency-target", "-WBB", "spec.latency.targets", "always",
     "users leave, nobody defined slow",
     "without a number no trigger can fire",
     "spec.latency.targets[]: {metric: p95|ttft-p95, seconds}",
     latency_target, false, true},
    {"PRR-LAT-02", "timeouts-bounded", "-WBB", "spec.latency", "always",
     "provider hangs, your pods fill up, retries double the bill",
     "a slow provider takes the whole service down",
     "spec.latency.timeoutSeconds, spec.latency.maxRetries (<=3)",
     timeouts_bounded, false, true},
    {"PRR-LAT-03", "fallback-defined", "WBBB", "spec.latency.fallback", "always",
     "provider outage = your outage",
     "every provider goes down",
     "spec.latency.fallback: {mode: alternate-model|cached|rules|human|disable, target, trigger}",
     fallback_defined, false, true},
    {"PRR-LAT-04", "fallback-tested", "--WB", "spec.latency.fallback.lastTested", "always",
     "fallback has never run",
     "fallbacks rot",
     "switch to the fallback on purpose, then set spec.latency.fallback.lastTested",
     fallback_tested, false, false},
    // ---- Reversible rollout: a way back, and somebody who may take it.
    {"PRR-ROLL-01", "kill-switch", "BBBB", "spec.rollout.killSwitch", "always",
     "one-way door: only a redeploy can stop it",
     "you must be able to stop it faster than you can build",
     "spec.rollout.killSwitch: {type: flag|route|scale-to-zero, ref, maxSeconds}",
     kill_switch, false, true},
    {"PRR-ROLL-02", "progressive-exposure", "-WBB", "spec.rollout.exposure", "always",
     "100 % of tenants get the bad prompt at once",
     "the first users find what tests did not",
     "spec.rollout.exposure: {method: tenant-rings|canary|flag-percentage|shadow, steps[]}",
     progressive_exposure, false, true},
    {"PRR-ROLL-03", "rollback-triggers", "WBBB", "spec.rollout.rollbackTriggers", "always",
     "everyone watches, nobody decides",
     "\"if it looks bad\" is decided too late",
     "spec.rollout.rollbackTriggers[]: {metric, op, threshold, window, action}",
     rollback_triggers, false, true},
    {"PRR-ROLL-04", "rollback-possible", "BBBB", "spec.rollout.rollback", "always",
     "rollback asked for, nothing to roll back to",
     "revisionHistoryLimit 0 or no previous version means forward only",
     "revisionHistoryLimit >= 2 and spec.rollout.rollback: {method, previous?}",
     rollback_possible, false, false},
    {"PRR-ROLL-05", "disabled-experience", "-WBB", "spec.rollout.disabledExperience", "always",
     "switch off = blank page and 500s",
     "on-call will not press a button that breaks the product",
     "spec.rollout.disabledExperience: text or ref",
     disabled_experience, false, true},
    {"PRR-ROLL-06", "rollback-rehearsed", "--WB", "spec.rollout.lastRehearsal", "always",
     "first rollback happens in the incident",
     "untested rollback is a hope",
     "take a version back on purpose, then spec.rollout.lastRehearsal: {date, durationSeconds}",
     rollback_rehearsed, false, false},
    {"PRR-ROLL-07", "model-route-pinned", "-WBB", "spec.observability.modelRoutes", "always",
     "provider swaps the model under an alias",
     "the model you evaluated can change without a deploy",
     "spec.observability.modelRoutes[]: {provider, model: a version rather than an alias, revision or digest}",
     model_route_pinned, false, true},
    {"PRR-ROLL-08", "pause-authority", "-WBB", "spec.rollout.pauseAuthority", "always",
     "nobody dares to press stop at night",
     "a switch without authority is not used",
     "spec.rollout.pauseAuthority[]: roles/groups (must include on-call)",
     pause_authority, false, true},
    // ---- Ownership: somebody answers.
    {"PRR-OWN-01", "owner-team", "BBBB", "spec.ownership.team", "always",
     "orphan feature",
     "someone must answer for it",
     "name the owning team in spec.ownership.team",
     owner_team, false, false},
    {"PRR-OWN-02", "incident-owner", "BBBB", "spec.ownership.incidents", "always",
     "page goes nowhere",
     "the alert must reach a person",
     "spec.ownership.incidents: {contact: a pager service or receiver, team: where it is not the owning team}",
     incident_owner, false, true},
    {"PRR-OWN-03", "model-change-owner", "WBBB", "spec.ownership.modelChanges", "always",
     "prompt edited in a console by whoever had access",
     "behaviour changes with prompts and models, not only code",
     "name the group that may change models and prompts in spec.ownership.modelChanges",
     model_change_owner, false, true},
    {"PRR-OWN-04", "feedback-owner", "-WBB", "spec.ownership.userFeedback", "always",
     "feedback collected and never read",
     "quality decays in silence",
     "name the group that reads users' feedback in spec.ownership.userFeedback",
     feedback_owner, false, true},
    {"PRR-OWN-05", "owner-is-a-group", "-WBB", "spec.ownership", "an owner is named",
     "owner leaves the company",
     "people go on holiday",
     "name a team or group in spec.ownership; the parameter groups in the policy lists those that only look like a person",
     owner_is_a_group, false, true},
    // ---- Risks: accepted, mitigated or blocked.
    {"PRR-RISK-01", "tier-not-understated", "BBBB", "spec.declaredTier", "always",
     "team picks \"low\" to skip gates",
     "the gate set follows the inherent risk, not the wish",
     "remove spec.declaredTier, or lower the real exposure",
     tier_not_understated, false, true},
    {"PRR-RISK-02", "risks-registered", "-WBB", "spec.risks", "always",
     "\"no risks\" on an agent",
     "an empty register means nobody looked",
     "list the risks under spec.risks[] with id, title, category, severity, likelihood and disposition",
     risks_registered, false, true},
    {"PRR-RISK-03", "every-risk-disposed", "BBBB", "spec.risks", "risks present",
     "risk listed, decision never made",
     "the review must answer: accepted, mitigated or blocked",
     "spec.risks[].disposition: accepted|mitigated|blocked",
     every_risk_disposed, false, true},
    {"PRR-RISK-04", "no-blocked-risk", "BBBB", "spec.risks", "always",
     "launch with an open blocker",
     "your own review says do not launch",
     "resolve it or change the disposition with approval: spec.risks[].disposition",
     no_blocked_risk, false, true},
    {"PRR-RISK-05", "acceptance-has-authority", "BBBB", "spec.risks", "a risk is accepted",
     "engineer accepts a company risk for ever",
     "acceptance needs someone allowed to accept, and an end date",
     "spec.risks[]: acceptedBy, rationale (at least 20 characters), until (in the future, within the limit), severity",
     acceptance_has_authority, false, false},
    {"PRR-RISK-06", "mitigation-linked", "-WBB", "spec.risks", "a risk is mitigated",
     "mitigation is a sentence",
     "if nothing checks it, it is not mitigated",
     "spec.risks[]: mitigation, and controls[] (gate ids, test names or object references) or tests[]",
     mitigation_linked, false, true},
    {"PRR-RISK-07", "rule-of-two", "-WBB", "spec.risks", "two or three of: untrusted input, sensitive data, state change/outbound",
     "injected web page makes agent exfiltrate data",
     "all three together is the exfiltration recipe",
     "drop one leg, or tools[].approval: per-action (all three), or a risk with category lethal-combination (two)",
     rule_of_two, false, true},
    // ---- Approvals: people, bound to what they read.
    {"PRR-APPR-01", "required-roles-approved", "-BBB", "ReadinessApproval", "always",
     "launch by one person",
     "one pair of eyes misses what it is used to",
     "have each role approve the review as it stands: a ReadinessApproval with its present digest",
     required_roles_approved, false, false},
    {"PRR-APPR-02", "approver-independent", "-WBB", "ReadinessApproval", "approvals present",
     "author approves own work",
     "a second pair of eyes finds what you cannot",
     "have somebody outside of the owning team approve it",
     approver_independent, false, false},
    {"PRR-APPR-03", "approval-binds-spec", "-BBB", "ReadinessApproval.spec.reviewDigest", "approvals present",
     "approve, then edit",
     "what was approved is not what you apply",
     "have the review approved again as it stands now",
     approval_binds_spec, false, false},
    {"PRR-APPR-04", "approval-verified", "--WB", "ReadinessApproval.spec.signature", "approvals present",
     "someone types another person's name",
     "YAML can say anything",
     "sign the approval with a key of trust.approvers of the policy",
     approval_verified, false, false},
    // ---- Expiry: trust has an end.
    {"PRR-EXP-01", "review-in-date", "BBBB", "spec.expiresAt", "always",
     "two-year-old review of a different product",
     "reviews rot; reality moved",
     "review it again and set a new spec.expiresAt",
     review_in_date, false, false},
    {"PRR-EXP-02", "validity-within-limit", "BBBB", "spec.expiresAt", "always",
     "expiresAt: 2099",
     "higher risk, shorter trust",
     "lower spec.expiresAt; without it the limit is used",
     validity_within_limit, false, false},
    {"PRR-EXP-03", "no-unreviewed-material-change", "-WBB", "spec", "approvals present",
     "new tool or model slips in under an old approval",
     "model, prompt, tools, data class and audience are the product",
     "have the review approved again as it stands now, or take the change back",
     no_unreviewed_material_change, false, false},
    {"PRR-EXP-04", "waivers-in-date", "BBBB", "ReadinessWaiver", "waivers concern the review",
     "temporary exception becomes permanent",
     "an exception with no end is a policy change",
     "meet the gate and delete the waiver, or have it granted anew",
     waivers_in_date, false, false},
    // ---- Agents: what can act is bounded (only where tools or acting automation are declared).
    {"PRR-AGT-01", "tools-listed", "BBBB", "spec.useCase.tools", "tools[] non-empty or automation>=act-with-approval",
     "agent has a tool nobody reviewed",
     "every tool is a way to do harm",
     "spec.useCase.tools[]: {name, effect: read|write-internal|external-message|money|access|code-exec|infra, reversibility, approval}",
     tools_listed, false, true},
    {"PRR-AGT-02", "irreversible-needs-human", "-BBB", "spec.useCase.tools", "tools[] non-empty",
     "agent deletes, pays or mails without asking",
     "you cannot roll back a sent e-mail",
     "spec.useCase.tools[].approval: per-action|threshold, .approvalTimeoutSeconds, .onTimeout: block",
     irreversible_needs_human, false, true},
    {"PRR-AGT-03", "execution-budgets", "-BBB", "spec.agent.limits", "tools[] non-empty or automation>=act-with-approval",
     "agent loops all night",
     "agents repeat themselves",
     "spec.agent.limits: {maxSteps, maxTokensPerRun, maxCostPerRun, maxSeconds, and at critical maxToolCallsPerMinute}",
     execution_budgets, false, true},
    {"PRR-AGT-04", "least-privilege-identity", "-WBB", "spec.template.spec.serviceAccountName", "tools[] non-empty or automation>=act-with-approval",
     "agent uses a cluster-admin or shared key",
     "stolen instructions get all its rights",
     "own ServiceAccount, automountServiceAccountToken: false unless used, narrow Role; spec.agent.identity",
     least_privilege_identity, false, false},
    {"PRR-AGT-05", "egress-restricted", "-WBB", "spec.agent.allowedHosts", "tools[] non-empty or automation>=act-with-approval",
     "data leaves to any host the prompt names",
     "exfiltration needs only one open port",
     "a NetworkPolicy with policyTypes: [Egress] that selects the pods and names their destinations; list them in spec.agent.allowedHosts[]",
     egress_restricted, false, false},
    {"PRR-AGT-06", "mcp-pinned", "-WBB", "spec.agent.mcpServers", "MCP servers are listed, or the pod template names one",
     "tool server updated under you",
     "a new tool description can carry instructions",
     "spec.agent.mcpServers[]: {name, image digest | url + toolsDigest}",
     mcp_pinned, false, false},
    {"PRR-AGT-07", "memory-policy", "--WB", "spec.agent.memory", "persistent memory is declared",
     "poisoned memory steers later sessions",
     "memory writes are privileged",
     "spec.agent.memory: {store, scope, ttlDays, writeGate, resettable}",
     memory_policy, false, false},
    {"PRR-AGT-08", "out-of-band-stop", "--WB", "spec.rollout.killSwitch", "tools[] non-empty or automation>=act-with-approval",
     "agent controls its own off switch",
     "a switch the agent can flip is not a switch",
     "a switch that the agent's account cannot write, and spec.agent.stopsInFlight: true",
     out_of_band_stop, false, false},
    {"PRR-AGT-09", "action-audit", "-WBB", "spec.agent.auditSink", "tools[] non-empty or automation>=act-with-approval",
     "cannot tell who did what",
     "an action without a record cannot be undone or explained",
     "spec.agent.auditSink: where actions are recorded, and spec.observability.signals.toolCalls",
     action_audit, false, false},
    {"PRR-AGT-10", "code-exec-sandboxed", "-BBB", "spec.agent.sandbox", "tool effect=code-exec",
     "model-written code runs with the service's rights",
     "this is remote code execution as a feature",
     "set runtimeClassName (gVisor, Kata) or name the place where code runs in spec.agent.sandbox; no privileged, no host access",
     code_exec_sandboxed, false, false},
    {"PRR-AGT-11", "user-context-propagated", "--WB", "spec.agent.identity", "tools[] non-empty",
     "confused deputy: user A reads user B",
     "authorization must follow the user, not the bot",
     "spec.agent.identity.mode: on-behalf-of-user|service (reason)",
     user_context_propagated, false, true},
    {"PRR-AGT-12", "inter-agent-trust", "--WB", "spec.agent.peers", "other agents are listed",
     "one bad agent instructs the others",
     "failures and injections cascade",
     "spec.agent.peers[]: {name, auth: mtls|jwt, direction}",
     inter_agent_trust, false, false},
    // ---- Security.
    {"PRR-SEC-01", "untrusted-content-handled", "-WBB", "spec.security.untrustedContent", "the input is untrusted",
     "text in a document becomes a command",
     "filters fail; the design must contain it",
     "spec.security.untrustedContent: {sources[], separation, screening}",
     untrusted_content_handled, false, true},
    {"PRR-SEC-02", "output-validated", "-WBB", "spec.security.outputSinks", "output sinks or tools are listed",
     "model output executed downstream",
     "model output is untrusted input",
     "spec.security.outputSinks[]: {type, validation: schema|escape|allow-list}",
     output_validated, false, true},
    {"PRR-SEC-03", "no-secrets-in-context", "WBBB", "spec.observability.promptRefs", "prompts in ConfigMaps/env",
     "system prompt leak = key leak",
     "assume the prompt is public",
     "move it to a Secret used by code, not by the prompt",
     no_secrets_in_context, true, false},
    {"PRR-SEC-04", "provider-key-from-secret", "BBBB", "spec.template.spec.containers[].env", "it has pod templates",
     "API key in the manifest",
     "everyone with `get deploy` has your key",
     "env[].valueFrom.secretKeyRef, or workload identity",
     provider_key_from_secret, true, false},
    {"PRR-SEC-05", "model-provenance", "--WB", "spec.security.models", "a model is self-hosted",
     "poisoned or swapped weights",
     "weights are code",
     "spec.security.models[]: {uri with revision, digest, aibom}",
     model_provenance, false, false},
    {"PRR-SEC-06", "retrieval-authorised", "-WBB", "spec.security.retrieval", "retrieval is enabled",
     "tenant A's documents in tenant B's answer",
     "vector search ignores permissions unless you add them",
     "spec.security.retrieval: {authz: per-user|per-tenant|public, enforcedAt: query|post}",
     retrieval_authorised, false, true},
    {"PRR-SEC-07", "pii-handling", "-WBB", "spec.security.pii", "the data is confidential or restricted",
     "personal data in outputs and logs",
     "outputs and logs are the leak paths",
     "spec.security.pii: {input, output, logs: block|redact|allow, reason}",
     pii_handling, false, true},
    // clang-format on
};

}  // namespace

std::span<const Gate> gate_table() { return rows; }

GateMode Gate::baseline(Tier tier) const {
  const char c = tiers[static_cast<std::size_t>(tier)];
  return c == 'B' ? GateMode::Block : c == 'W' ? GateMode::Warn : GateMode::Off;
}

std::optional<std::size_t> find_gate(std::string_view text) {
  std::string upper{text};
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  if (upper.rfind("PRR-", 0) != 0) upper = "PRR-" + upper;
  for (std::size_t i = 0; i < std::size(rows); ++i)
    if (rows[i].id == upper || rows[i].slug == text) return i;
  return {};
}

std::optional<std::string> validate_gate_table() {
  for (const Gate& g : rows) {
    const auto complain = [&](std::string_view what) { return "gate " + std::string{g.id} + ": " + std::string{what}; };
    if (g.id.substr(0, 4) != "PRR-" || g.id.size() < 10) return complain("the id is not PRR-<SECTION>-NN");
    if (g.tiers.size() != 4 || g.tiers.find_first_not_of("BW-") != std::string_view::npos)
      return complain("tiers is not four of B, W and -");
    // A higher tier never asks for less: the order of strictness is - < W < B.
    for (std::size_t t = 1; t < 4; ++t)
      if (g.baseline(kTiers[t]) < g.baseline(kTiers[t - 1]))
        return complain("a higher tier is less strict than a lower");
    if (g.slug.empty() || g.path.empty() || g.applies.empty() || g.catches.empty() || g.why.empty() || g.fix.empty())
      return complain("a text is empty");
    const auto twins = std::count_if(std::begin(rows), std::end(rows),
                                     [&](const Gate& o) { return o.id == g.id || o.slug == g.slug; });
    if (twins != 1) return complain("its id or slug stands twice");
  }
  return {};
}

}  // namespace launchgate
