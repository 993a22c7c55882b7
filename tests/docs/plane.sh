#!/usr/bin/env bash
# A control plane for one scene: plane.sh up|asked|down DIR. LAUNCHGATE, ETCD and KUBERNETES come from run.sh.
# up: etcd, API server, controllers, and pods.py in the kubelet's place. asked: waits until the API server calls launchgate,
# which it does a moment after a webhook configuration has come.
set -euo pipefail
verb=$1 plane=$2
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../cluster/lib/control_plane.sh"

up() {
  control_plane_up "$plane" "$ETCD" "$KUBERNETES" with-controllers
  has_default() { kubectl get serviceaccount default >/dev/null 2>&1; }
  wait_for 30 has_default
  start_part pods python3 "$here/pods.py" "$LAUNCHGATE" "$plane"
}
asked() {
  called() { kubectl create job probe --image=probe --dry-run=server >/dev/null 2>&1 && grep -qs '"name":"probe"' "$plane"/log/pod-*; }
  wait_for 30 called || { echo "the API server does not call the webhook"; tail -n 5 "$plane"/log/pods "$plane"/log/pod-*; return 1; }
}
down() {
  stop_part pods TERM   # first, so that it ends what it has started
  stop_all
}
"$verb"
