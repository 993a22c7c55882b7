#!/usr/bin/env bash
# signing.sh NAME: in the present folder the review faq-bot, and a policy that trusts NAME's new key; nothing else is left in it
# that --from . would read.
set -euo pipefail
cp examples/moderate/{namespace,profile,review,evidence,workload}.yaml .
rm -r examples policies crds charts/launchgate
mkdir -p ~/.ssh
ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/id_ed25519
cat >policy.yaml <<YAML
apiVersion: launchgate.dev/v1alpha1
kind: ReadinessPolicy
metadata: {name: keys}
spec:
  mode: enforce
  packs: [baseline]
  trust: {approvers: [{name: $1, publicKey: "$(cut -d' ' -f1,2 ~/.ssh/id_ed25519.pub)"}]}
YAML
