# The release that the cases stand on, and how it is looked at.

release=launchgate release_ns=launchgate chart=$ROOT/charts/launchgate
values=(--values "$ROOT/tests/node/values.yaml")
selector=(-l "app.kubernetes.io/instance=$release")

install() { helm install "$release" "$chart" -n "$release_ns" "${values[@]}" --wait --timeout 150s "$@"; }
upgrade() { helm upgrade "$release" "$chart" -n "$release_ns" --reset-then-reuse-values --wait --timeout 150s "$@"; }   # keeps what was set before
uninstall() { helm uninstall "$release" -n "$release_ns" --wait --timeout 150s "$@"; }

# A namespace that takes only Pods under the standard "restricted": the release's must do.
restricted_namespace() {
  printf 'apiVersion: v1\nkind: Namespace\nmetadata: {name: %s, labels: {pod-security.kubernetes.io/enforce: restricted}}\n' "$1" | kubectl apply -f - >/dev/null
}

pods() { kubectl -n "$release_ns" get pods "${selector[@]}" -o "jsonpath={range .items[*]}{.metadata.name}{'\n'}{end}"; }
serving() { kubectl -n "$release_ns" get pods "${selector[@]}" --field-selector=status.phase=Running -o name; }
logs() { kubectl -n "$release_ns" logs "${selector[@]}" --prefix --tail="${1:--1}" --all-containers 2>&1 || true; }
metrics() { kubectl get --raw "/api/v1/namespaces/$release_ns/services/${1:-launchgate}:plain/proxy/metrics"; }

# The API server's own count: how often it called this webhook, and how often it let something pass because that failed.
api_metric() { kubectl get --raw /metrics | awk -v name="$1" 'index($1, name) == 1 && /launchgate\.dev/ {sum += $2} END {print sum + 0}'; }
called() { api_metric apiserver_admission_webhook_request_total; }
skipped() { api_metric apiserver_admission_webhook_fail_open_count; }
