# alone
# What LLM platforms deploy, as stub CRDs: a new rollout is refused at its root, everything else about it is let in.
export NS BINARY
kinds() { python "$lib/llm_kinds.py" "$@"; }
python() { for p in python3 /usr/bin/python3; do "$p" -c 'import yaml' 2>/dev/null && { "$p" "$@"; return; }; done; }
kinds crds >"$WORK/crds.yaml"
accepted kubectl apply --server-side -f "$WORK/crds.yaml"
accepted kubectl wait --for=condition=Established -f "$WORK/crds.yaml" --timeout=60s
kinds create
webhook_configuration >"$WORK/webhook.yaml"
kinds webhooks "$WORK/webhook.yaml" >"$WORK/kinds.json"
accepted kubectl apply -f "$WORK/kinds.json"
trap 'kubectl delete validatingwebhookconfiguration "$NS" --ignore-not-found >/dev/null; policy_of_case' EXIT
refused_at_last() { kinds ask >"$WORK/asked" 2>&1; }
eventually refused_at_last || { cat "$WORK/asked"; exit 1; }
echo "measured: $(head -n 1 "$WORK/asked")"
accepted kubectl delete -f "$WORK/crds.yaml" --wait=false
