# What would a policy refuse of what runs in the cluster, before it is applied?
review bot | accepted apply
workload Deployment bot | accepted apply
lg() { "$binary" "$@" --kubeconfig "$KUBECONFIG"; }
printf 'apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessPolicy\nmetadata: {name: %s-trial}\nspec: {mode: enforce, packs: [baseline], gates: {PRR-SUP-03: {mode: block}}, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s}}}\n' "$NS" "$NS" >"$WORK/trial-$NS.yaml"
shows 'PRR-SUP-03' 'newly refused' -- lg preview -f "$WORK/trial-$NS.yaml"
accepted kubectl set image deployment/bot bot=bot:v2 --dry-run=server   # nothing was applied
shows 'PRR-' -- lg plan --pack strict
