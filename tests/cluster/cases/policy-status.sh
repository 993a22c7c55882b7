# A policy says how many namespaces it holds in, and when it holds in none.
policy "$NS" warn | accepted apply
holds() { accepted kubectl wait rrpol "$NS" --for=condition=Accepted=True --timeout=1s; }
eventually holds
shows 1 -- kubectl get rrpol "$NS" -o jsonpath='{.status.matchedNamespaces}'
accepted kubectl patch rrpol "$NS" --type=merge -p '{"spec": {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "nowhere"}}}}'
nowhere() { accepted kubectl wait rrpol "$NS" --for=condition=Ready=False --timeout=1s; }
eventually nowhere
policy "$NS" warn 'gates: {PRR-COST-99: {mode: block}}' | accepted apply
unknown() { shows 'PRR-COST-99' -- kubectl get rrpol "$NS" -o jsonpath='{.status.conditions[?(@.type=="Accepted")]}'; }
eventually unknown
