#!/usr/bin/env bash
# case.sh FILE: runs one case in a namespace of its own. run.sh calls it and has set PLANE, WORK and the rest.
set -euo pipefail
lib=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
plane=$PLANE binary=$BINARY
. "$lib/control_plane.sh"
. "$lib/launchgate.sh"
. "$lib/objects.sh"
. "$lib/expect.sh"
eval "$(cat "$plane/parts")"
. "$lib/load.sh"
read -ra gate_source <"$plane/source"

NS=$(basename "$1" .sh)
OBJECTS=$lib/../objects ROOT=$(cd "$lib/../../.." && pwd)
sed "s/namespace: default/namespace: $NS/" "$plane/admin.conf" >"$WORK/kubeconfig"
export KUBECONFIG=$WORK/kubeconfig HOME=$WORK
kubectl create namespace "$NS" >/dev/null
has_service_account() { kubectl get serviceaccount default >/dev/null 2>&1; }   # without it the API server takes no Pod
wait_for 30 has_service_account
policy_of_case() { kubectl delete rrpol "$NS" --ignore-not-found >/dev/null 2>&1 || true; }
trap policy_of_case EXIT
. "$1"
