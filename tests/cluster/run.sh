#!/usr/bin/env bash
# launchgate in a real control plane: every case through kubectl, each in a namespace of its own.
#
#   tests/cluster/run.sh LAUNCHGATE_BINARY [CASE...]     CASE: a file name of cases/, without .sh
#
# Needs Go once (the control plane's programs are built by tools/build.sh and kept outside the tree), bash, curl, openssl,
# python3. Everything listens on free ports of the loopback, lives in one temporary directory, and is ended by its pid.
# Prints a line a case, what a failed one saw, and the summary "N passed, M failed". KEEP_LOGS=DIR keeps the logs of a
# run that failed; JOBS cases run at a time (4); a case that says "# alone" in its first lines runs by itself.
set -uo pipefail
binary=$(realpath "${1:?usage: run.sh LAUNCHGATE_BINARY [CASE...]}")
shift
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib/control_plane.sh"
. "$here/lib/launchgate.sh"

etcd_of=$("$here/tools/build.sh" etcd) && tools_of=$("$here/tools/build.sh" kubernetes kube-apiserver kube-controller-manager kubectl) &&
  older_of=$("$here/tools/build.sh" kubernetes-older kube-apiserver) &&
  constant_of=$("$here/tools/build.sh" constant) || { echo "run.sh: the control plane could not be built" >&2; exit 1; }
export PATH=$tools_of:$PATH OLDER=$older_of ETCD=$etcd_of KUBERNETES=$tools_of CONSTANT=$constant_of/constant

work=$(mktemp -d)
finish() {
  stop_all
  [ "${failed:-1}" = 0 ] || [ -z "${KEEP_LOGS:-}" ] || { mkdir -p "$KEEP_LOGS" && cp -r "$work/plane/log" "$work/out" "$KEEP_LOGS"; }
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM
mkdir -p "$work/plane/webhook" "$work/out"
began=$(date +%s)
since() { echo $(($(date +%s) - began)); }

# ---- The control plane, launchgate in it, and the webhook that joins them.

control_plane_up "$work/plane" "$etcd_of" "$tools_of" with-controllers || exit 1
export KUBECONFIG=$plane/admin.conf
kubectl apply --server-side -f "$here/../../crds" >/dev/null || exit 1
kubectl wait --for=condition=Established crd --all --timeout=30s >/dev/null || exit 1
kubectl apply -f "$here/objects/rbac.yaml" >/dev/null || exit 1
kubectl -n launchgate create token launchgate --duration=2h >"$plane/launchgate.token" || exit 1
webhook_ca first
webhook_certificate first
echo first >"$plane/webhook/trusted"
gate_source=(--kubeconfig "$plane/launchgate.conf")
replicas=(gate-a gate-b)
echo "${gate_source[*]}" >"$plane/source"
for replica in "${replicas[@]}"; do gate_start "$replica" || exit 1; done
balancer_start "${replicas[@]}"
webhook_configuration | kubectl apply -f - >/dev/null || exit 1
webhook_is_asked() { kubectl create job probe --image=probe --dry-run=server >/dev/null 2>&1 && grep -q '"name":"probe"' "$plane"/log/gate-*; }
wait_for 20 webhook_is_asked || { echo "run.sh: the API server does not call the webhook" >&2; exit 1; }
echo "a control plane of Kubernetes $(kubectl version -o json | sed -n 's/.*"gitVersion": "\(.*\)".*/\1/p' | tail -n 1) with ${#replicas[@]} replicas of launchgate is up after $(since) s"

# ---- The cases.

together=() alone=()
[ $# -gt 0 ] || set -- $(cd "$here/cases" && printf '%s\n' *.sh | sed 's/\.sh$//')
for name in "$@"; do
  [ -e "$here/cases/$name.sh" ] || { echo "run.sh: no case '$name' in $here/cases" >&2; exit 2; }
  if head -n 5 "$here/cases/$name.sh" | grep -q '^# alone'; then alone+=("$name"); else together+=("$name"); fi
done

export PLANE=$plane BINARY=$binary
one() {   # one NAME: its output and its outcome in out/
  local from
  from=$(date +%s)
  mkdir "$work/out/$1.work"
  WORK=$work/out/$1.work timeout -k 5 "${CASE_SECONDS:-180}" bash "$here/lib/case.sh" "$here/cases/$1.sh" >"$work/out/$1.log" 2>&1 </dev/null
  local code=$?
  echo "$code $(($(date +%s) - from))" >"$work/out/$1.code"
  report "$1"
}
report() {
  local code took
  read -r code took <"$work/out/$1.code"
  if [ "$code" = 0 ]; then
    printf 'passed  %3s s  %s\n' "$took" "$1"
    sed -n 's/^measured: /                /p' "$work/out/$1.log"   # what a case wants to be seen
  else
    printf 'FAILED  %3s s  %s%s\n' "$took" "$1" "$([[ $code == @(124|137) ]] && echo ' (out of time)')"
    sed 's/^/    /' "$work/out/$1.log" | tail -n 40
  fi
}
for name in "${together[@]}"; do
  while [ "$(jobs -rp | wc -l)" -ge "${JOBS:-4}" ]; do wait -n; done
  one "$name" &
done
wait
for name in "${alone[@]}"; do one "$name"; done

failed=$(cat "$work"/out/*.code | awk '$1 != 0' | wc -l)
passed=$(($(ls "$work"/out/*.code | wc -l) - failed))
printf '%s passed, %s failed after %s s\n' "$passed" "$failed" "$(since)"
[ "$failed" = 0 ]
