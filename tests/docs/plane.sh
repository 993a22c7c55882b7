#!/usr/bin/env bash
# A control plane for one page: plane.sh up|pods|down DIR. LAUNCHGATE, ETCD and KUBERNETES come from run.sh.
#
# There is no kubelet. What the Deployment launchgate would run is run here instead, as the chart says: its arguments, its
# service account, its webhook rules; only the address is another, and so the webhook configuration names a URL.
set -euo pipefail
verb=$1 plane=$2
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../cluster/lib/control_plane.sh"

up() {
  control_plane_up "$plane" "$ETCD" "$KUBERNETES" with-controllers
  has_default() { kubectl get serviceaccount default >/dev/null 2>&1; }
  wait_for 30 has_default
}

pods() {
  # The namespace of the Deployment that helm has made, if there is one.
  local namespace
  namespace=$(kubectl get deployment -A -l app.kubernetes.io/name=launchgate -o jsonpath='{.items[0].metadata.namespace}' 2>/dev/null) || true
  [ -n "$namespace" ] || { stop_part gate; return 0; }
  runs gate || gate_start "$namespace"
}
gate_start() {
  local namespace=$1 port count i patch= args
  port=$(free_port) plain=$(free_port)
  . "$plane/parts"
  kubectl -n "$namespace" create token launchgate --duration=2h >"$plane/launchgate.token"
  count=$(kubectl get validatingwebhookconfiguration launchgate -o json | python3 -c 'import json,sys; print(len(json.load(sys.stdin)["webhooks"]))')
  for ((i = 0; i < count; i++)); do
    patch+="${patch:+,}{\"op\": \"replace\", \"path\": \"/webhooks/$i/clientConfig\", \"value\": {\"url\": \"https://127.0.0.1:$port/validate\"}}"
  done
  kubectl patch validatingwebhookconfiguration launchgate --type=json -p "[$patch]" >/dev/null
  mapfile -t args < <(kubectl -n "$namespace" get deployment launchgate -o json |
    python3 -c 'import json,sys; print(*json.load(sys.stdin)["spec"]["template"]["spec"]["containers"][0]["args"], sep="\n")')
  POD_NAME=launchgate-0 POD_NAMESPACE=$namespace start_part gate "$LAUNCHGATE" "${args[@]}" --kubeconfig "$plane/launchgate.conf" \
    --listen "127.0.0.1:$port" --plain "127.0.0.1:$plain" --tls-name 127.0.0.1
  ready() { curl -fsS -o /dev/null --max-time 5 "http://127.0.0.1:$plain/readyz" 2>/dev/null; }
  wait_for 60 ready || { curl -sS "http://127.0.0.1:$plain/readyz"; tail -n 20 "$plane/log/gate"; return 1; }
  # The API server learns of a configuration a moment later.
  asked() { kubectl create job probe --image=probe --dry-run=server >/dev/null 2>&1 && grep -q '"name":"probe"' "$plane/log/gate"; }
  wait_for 20 asked || { echo "the API server does not call the webhook"; tail -n 5 "$plane/log/gate"; return 1; }
}

case $verb in
  up) up ;;
  pods) pods ;;
  down) stop_all ;;
esac
