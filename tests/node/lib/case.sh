#!/usr/bin/env bash
# case.sh FILE: runs one case, with a namespace of its own for what it deploys. run.sh calls it and has set NODE, WORK and
# the rest. Cases are written with the words of tests/cluster (expect.sh, objects.sh) and those of release.sh and load.sh.
set -euo pipefail
lib=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
node=$NODE
. "$lib/node.sh"
. "$lib/../../cluster/lib/objects.sh"
. "$lib/../../cluster/lib/expect.sh"
. "$lib/release.sh"
. "$lib/load.sh"

NS=$(basename "$1" .sh) run_image=launchgate.test/pause:1   # an image that is on the node, so that what is admitted runs
sed "s/user: me}/user: me, namespace: $NS}/" "$node/admin.conf" >"$WORK/kubeconfig"
export KUBECONFIG=$WORK/kubeconfig
kubectl create namespace "$NS" >/dev/null
diagnose() {
  local code=$?
  load_kill
  [ "$code" != 0 ] || return 0
  echo '--- what stood in the cluster'
  {
    kubectl -n "$release_ns" get pods,jobs -o wide
    kubectl -n "$release_ns" get events --sort-by=.lastTimestamp | grep Warning | grep -v MissingClusterDNS | tail -n 8
    logs 12
  } 2>&1 | cut -c1-300
}
trap diagnose EXIT
. "$1"
