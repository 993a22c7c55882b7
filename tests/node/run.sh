#!/usr/bin/env bash
# launchgate as a user has it: the chart, installed by helm from the image, on a real node.
#
#   tests/node/run.sh LAUNCHGATE_BINARY IMAGE_FILE [CASE...]     CASE: a file name of cases/, without .sh
#   tests/node/run.sh --cannot                                   why this machine cannot; exit 1 where it can
#
# IMAGE_FILE is what tests/image/run.sh writes. Needs root, Go once (tests/cluster/tools/build.sh), and what lib/node.sh
# lists. Cases run one after the other on one node, in the order below, and stand on the release that is installed first.
# Prints a line a case, what a failed one saw, and "N passed, M failed". KEEP_LOGS=DIR keeps the logs of a run that failed.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib/node.sh"
[ "${1:-}" != --cannot ] || { node_cannot; exit; }
binary=$(realpath "${1:?usage: run.sh LAUNCHGATE_BINARY IMAGE_FILE [CASE...]}")
image=$(realpath "${2:?usage: run.sh LAUNCHGATE_BINARY IMAGE_FILE [CASE...]}")
shift 2
if reason=$(node_cannot); then echo "run.sh: $reason" >&2; exit 1; fi

cases=(
  security          # the Pods, as the kernel sees them
  doctor            # helm test: every phase is well
  gate              # refused without a review, admitted with it, through the Service
  rights            # status, Events: written with the chart's rights, and nothing is refused
  metrics           # scraped, and the alerts' series are there
  plugin            # kubectl launchgate
  approver          # nobody approves in somebody else's name
  pod-killed        # under load
  restart           # under load
  upgrade           # helm upgrade and rollback, under load
  fail-closed       # the same with failurePolicy Fail, and all replicas away
  uninstall         # nothing is left, everything works, and a reinstall gates again
  other-name        # another release, namespace and name; it takes the release away
  host-network      # on the node's own network and ports; it takes the release away
  own-certificate   # certificates.mode secret; it takes the release away
)
[ $# -gt 0 ] || set -- "${cases[@]}"
for name in "$@"; do [ -e "$here/cases/$name.sh" ] || { echo "run.sh: no case '$name' in $here/cases" >&2; exit 2; }; done

build=$here/../cluster/tools/build.sh
etcd_of=$("$build" etcd) && helm_of=$("$build" helm) &&
  tools_of=$("$build" kubernetes kube-apiserver kube-controller-manager kube-scheduler kube-proxy kubelet kubectl) ||
  { echo "run.sh: the node's programs could not be built" >&2; exit 1; }
export PATH=$tools_of:$helm_of:$PATH

work=$(mktemp -d)
finish() {
  [ "${failed:-1}" = 0 ] || [ -z "${KEEP_LOGS:-}" ] || { mkdir -p "$KEEP_LOGS" && cp -r "$work"/node/log "$work/out" "$KEEP_LOGS"; }
  node_down
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM
mkdir -p "$work/out" "$work/bin" "$work/home"
ln -s "$binary" "$work/bin/kubectl-launchgate"
began=$SECONDS
cd "$here/../.." || exit 1

node_up "$work/node" "$etcd_of" "$tools_of" || { echo "run.sh: the node did not come up; KEEP_LOGS=DIR keeps its logs" >&2; exit 1; }
node_import "$image" || { tail -n 5 "$node/log/import"; exit 1; }
export NODE=$node BINARY=$binary HOME=$work/home PATH=$work/bin:$PATH KUBECONFIG=$node/admin.conf NODE_ADDRESS=$node_ip API=https://$node_ip:6443 ROOT=$PWD
echo "a node of Kubernetes $(kubectl version -o json | sed -n 's/.*"gitVersion": "\(.*\)".*/\1/p' | tail -n 1) with containerd $(containerd --version | awk '{print $3}') is up after $((SECONDS - began)) s"

failed=0 passed=0
for name in install "$@"; do
  [ "$name" != install ] || [ -z "${installed:-}" ] || continue
  installed=true
  mkdir -p "$work/out/$name.work"
  from=$SECONDS
  WORK=$work/out/$name.work timeout -k 5 "${CASE_SECONDS:-240}" bash "$here/lib/case.sh" "$here/cases/$name.sh" >"$work/out/$name.log" 2>&1 </dev/null
  code=$?
  if [ "$code" = 0 ]; then
    passed=$((passed + 1))
    printf 'passed  %3s s  %s\n' "$((SECONDS - from))" "$name"
    sed -n 's/^measured: /                /p' "$work/out/$name.log"   # what a case wants to be seen
  else
    failed=$((failed + 1))
    printf 'FAILED  %3s s  %s%s\n' "$((SECONDS - from))" "$name" "$([[ $code == @(124|137) ]] && echo ' (out of time)')"
    sed 's/^/    /' "$work/out/$name.log" | tail -n 60
    [ "$name" != install ] || break   # nothing else can stand on it
  fi
done
printf '%s passed, %s failed after %s s\n' "$passed" "$failed" "$((SECONDS - began))"
[ "$failed" = 0 ]
