# The objects that cases deploy: the smallest that show the point. Each prints YAML for `kubectl apply -f -`.

# workload KIND NAME [IMAGE] [LABELS]: an LLM workload, by its label.
workload() {
  local kind=$1 name=$2 image=${3:-registry.example.com/bot:v1} restart=Always
  local labels="app: $name, ${4:-launchgate.dev/llm: \"true\"}"
  case $kind in Job | CronJob) restart=Never ;; esac
  local selector="selector: {matchLabels: {app: $name}}"
  local pod="{automountServiceAccountToken: false, restartPolicy: $restart, containers: [{name: bot, image: \"$image\", env: [{name: LLM_MODEL, value: m-2026-01-01}]}]}"
  local template="template: {metadata: {labels: {$labels}}, spec: $pod}" version=apps/v1 spec
  case $kind in
    Deployment | ReplicaSet) spec="{replicas: 1, $selector, $template}" ;;
    StatefulSet) spec="{replicas: 1, serviceName: $name, $selector, $template}" ;;
    DaemonSet) spec="{$selector, $template}" ;;
    Job) version=batch/v1 spec="{$template}" ;;
    CronJob) version=batch/v1 spec="{schedule: \"0 3 1 1 *\", jobTemplate: {spec: {$template}}}" ;;
    Pod) version=v1 spec=$pod ;;
  esac
  printf 'apiVersion: %s\nkind: %s\nmetadata: {name: %s, labels: {%s}}\nspec: %s\n' "$version" "$kind" "$name" "$labels" "$spec"
}

# review NAME [KIND]: of the workload of that name, tier low, in which no gate fails or warns.
review() {
  cat <<YAML
apiVersion: launchgate.dev/v1alpha1
kind: ReadinessReview
metadata: {name: $1}
spec:
  covers: [{kind: ${2:-Deployment}, name: $1}]
  useCase: {intents: ["Summarise one ticket"], audience: internal, dataClassification: internal, automation: suggest, regulatedDomain: none}
  evaluation:
    reports: [{ref: "https://evals.example.com/bot.json", digest: "sha256:$(printf '0%.0s' {1..64})", format: promptfoo}]
    thresholds: [{metric: passRate, op: ">=", value: 0.9}]
  observability:
    exporter: otlp
    signals: {modelRoute: gen_ai.response.model, promptVersion: gen_ai.prompt.version, latency: bot_seconds, tokens: bot_tokens, refusals: bot_refusals, feedback: bot_thumbs}
  support: {runbooks: [{name: bot, ref: "https://runbooks.example.com/bot"}]}
  cost:
    budget: {amount: 300, currency: EUR, period: month}
    quota: {enforcedBy: gateway, limit: 300, per: month, ref: "https://gateway.example.com/bot"}
  latency: {fallback: {mode: disable, trigger: "errors over 2 % for 10 minutes"}}
  rollout:
    killSwitch: {type: flag, ref: "https://flags.example.com/bot", maxSeconds: 60}
    rollback: {method: rollout-undo}
    rollbackTriggers: [{metric: bot_seconds, op: ">", threshold: 6, window: 10m, action: page}]
    pauseAuthority: [helpdesk-oncall]
  ownership: {team: helpdesk, incidents: {team: helpdesk-oncall, contact: pager}, modelChanges: helpdesk}
YAML
}

# policy NAME MODE [LINE...]: for the case's own namespace only; lines are added to the spec.
policy() {
  printf 'apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessPolicy\nmetadata: {name: %s}\nspec:\n  namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s}}\n  mode: %s\n' "$1" "$NS" "$2"
  shift 2
  [ $# -eq 0 ] || printf '  %s\n' "$@"
}
