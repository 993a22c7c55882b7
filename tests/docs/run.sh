#!/usr/bin/env bash
# Runs every command that the documentation shows, and compares what it prints with what the page says.
#
#   tests/docs/run.sh LAUNCHGATE [--offline] [PAGE...]     PAGE as in docs/policies.md; --offline: no page that needs a cluster
#
# Each page has a folder of its own, with a copy of examples, policies, crds and charts, and launchgate in the PATH. A page
# with <!-- docs-test: cluster --> has a control plane of its own (tests/cluster/tools, built once; needs Go), where helm
# and kubectl are the real ones. SHOW=1 prints what every command printed, to copy from. table.yaml names the commands that are not run, and why. README.md has the rules.
set -euo pipefail
launchgate=$(realpath "${1:?usage: run.sh LAUNCHGATE [--offline] [PAGE...]}")
shift
offline=no
if [ "${1:-}" = --offline ]; then offline=yes; shift; fi
here=$(cd "$(dirname "$0")" && pwd)
tools=$here/../cluster/tools/build.sh
if [ "$offline" = no ]; then
  ETCD=$("$tools" etcd) KUBERNETES=$("$tools" kubernetes kube-apiserver kube-controller-manager kubectl) helm=$("$tools" helm)
  export ETCD KUBERNETES PATH=$KUBERNETES:$helm:$PATH
fi
export LAUNCHGATE=$launchgate PYTHONDONTWRITEBYTECODE=1
for candidate in python3 /usr/bin/python3; do
  "$candidate" -c 'import yaml' 2>/dev/null || continue
  "$candidate" "$here/harness_test.py"
  exec "$candidate" "$here/walk.py" "$launchgate" "$offline" "$@"
done
echo "run.sh: no Python with yaml: scripts/install-deps.sh test" >&2
exit 1
