# The status of a review: its tier with reasons, each gate, what it covers with digest and verdict, and the way back.
review bot | accepted apply
workload Deployment bot | accepted apply
of() { kubectl get rr bot -o jsonpath="{$1}"; }
covers_it() { shows '"kind":"Deployment"' '"name":"bot"' 'r1:sha256:' '"verdict":"' -- of .status.workloads; }
eventually covers_it
shows low -- of .status.tier
shows base -- of .status.tierReasons
shows PRR-COST-01 Pass -- of .status.gates
observed() { [ "$(of .status.observedGeneration)" = "$(of .metadata.generation)" ] || miss 'the generation to be observed' "$(of .status.observedGeneration)"; }
observed
accepted kubectl patch rr bot --type=merge -p '{"spec": {"suspend": true}}'
eventually observed
suspended() { accepted kubectl wait rr bot --for=condition=Suspended=True --timeout=1s; }
eventually suspended
accepted kubectl wait rr bot --for=condition=Ready=False --timeout=5s
approved bot 1
