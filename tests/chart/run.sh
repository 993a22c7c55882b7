#!/usr/bin/env bash
# Tests charts/launchgate: tests/chart/run.sh PATH-TO-LAUNCHGATE [--update]. --update writes the golden files anew.
set -euo pipefail
launchgate=$(realpath "$1") update=${2:-}
cd "$(dirname "$0")/../.."
helm=$(tests/cluster/tools/build.sh helm)/helm promql=$(tests/cluster/tools/build.sh promql)/promql
python=python3
for candidate in python3 /usr/bin/python3; do "$candidate" -c 'import yaml' 2>/dev/null && python=$candidate && break; done
chart=charts/launchgate golden=tests/chart/golden failed=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
wrong() { echo "FAILED: $1"; failed=1; }

for set in default closed full own; do
  values=tests/chart/values/$set.yaml
  "$helm" lint --strict "$chart" -f "$values" >"$scratch/lint" 2>&1 || { cat "$scratch/lint"; wrong "lint of $set"; }
  for time in 1 2; do "$helm" template launchgate "$chart" -n launchgate -f "$values" >"$scratch/$set.$time"; done
  cmp -s "$scratch/$set.1" "$scratch/$set.2" || wrong "$set renders differently the second time"
  [ "$update" != --update ] || cp "$scratch/$set.1" "$golden/$set.yaml"
  diff -u "$golden/$set.yaml" "$scratch/$set.1" || wrong "$set is not as in $golden; if it should be: tests/chart/run.sh BINARY --update"
done

notes() {   # notes NAME SETTING...: what helm tells who has installed it with these
  local name=$1 setting
  shift
  for setting in "$@"; do set -- "$@" --set "$setting"; shift; done
  "$helm" install launchgate "$chart" -n launchgate --dry-run=client "$@" 2>"$scratch/err" | sed '1,/^NOTES:$/d' >"$scratch/notes" || { cat "$scratch/err"; wrong "notes of $name"; }
  [ "$update" != --update ] || cp "$scratch/notes" "$golden/notes/$name.txt"
  diff -u "$golden/notes/$name.txt" "$scratch/notes" || wrong "the notes of $name are not as in $golden/notes; if they should be: tests/chart/run.sh BINARY --update"
}
notes warns
notes records policy.mode=audit name=gate
notes refuses policy.mode=enforce 'webhook.failClosedLabels.closed=yes'
notes own-policies policy.create=false webhook.failurePolicy=Fail
notes one-replica replicas=1
notes one-replica-fails replicas=1 webhook.failurePolicy=Fail
notes one-replica-fails-closed replicas=1 'webhook.failClosedLabels.closed=yes'

"$helm" template launchgate "$chart" -n launchgate --set prometheusRule.enabled=true,grafanaDashboard.enabled=true >"$scratch/monitoring.yaml"
"$python" tests/chart/monitoring.py "$promql" "$scratch/monitoring.yaml" || failed=1

refused() {   # refused WHAT-THE-MESSAGE-SAYS SETTING
  if "$helm" template launchgate "$chart" --set "$2" >"$scratch/out" 2>&1; then wrong "$2 is taken"; return; fi
  grep -qi -- "$1" "$scratch/out" || { cat "$scratch/out"; wrong "$2: the message does not say '$1'"; }
}
refused replica replica=3
refused failurePolicy webhook.failurePolicy=Maybe
refused timeoutSeconds webhook.timeoutSeconds=1
refused mode policy.mode=block
refused https ports.https=443
refused issuerRef certificates.mode=cert-manager
refused caBundle certificates.mode=secret

for file in webhook-rules:webhook-rules match-conditions:match-conditions rbac:rbac-kinds; do
  "$launchgate" kinds -o "${file%%:*}" | diff -u "$chart/files/${file##*:}.yaml" - ||
    wrong "run: launchgate kinds -o ${file%%:*} > $chart/files/${file##*:}.yaml"
done
diff -ru --exclude='*.py' crds "$chart/crds" || wrong "run: cp crds/*.yaml $chart/crds/"
[ "$failed" = 0 ] && echo "chart: all as expected"
exit "$failed"
