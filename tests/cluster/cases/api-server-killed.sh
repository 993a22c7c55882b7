# alone
# The API server dies and comes back: launchgate answers from what it knows, stays ready, and catches up by itself. A
# replica that starts meanwhile waits for it.
review bot | accepted apply
workload Deployment bot | accepted apply
stop_part apiserver KILL
read -r tls _ <"$plane/ports.gate-a"
sleep 3
answer() { curl -sS --max-time 10 --cacert "$plane/webhook/$(tail -n 1 "$plane/webhook/trusted").ca.crt" -H 'Content-Type: application/json' --data-binary @"$ROOT/tests/data/admission-reviews/$1.json" "https://127.0.0.1:$tls/validate"; }
shows '"allowed":true' -- answer create-deployment-not-llm
shows '"allowed":false' 'PRR-COV-01' -- answer create-deployment-labelled
gate_ready gate-a || miss 'a ready replica' "$(gate_page gate-a /readyz)"
gate_start gate-c --no-operator &
api_start
for ((i = 0; i < 20; i++)); do           # and after: a server that has just started forbids everything for a moment
  gate_ready gate-a && gate_ready gate-b || miss 'both replicas to stay ready' "$(gate_page gate-a /readyz) $(gate_page gate-b /readyz)"
  sleep 0.25
done
wait $! || miss 'a replica that started during the outage to become ready' "$(gate_page gate-c /readyz)"
stop_part gate-c
review late | accepted apply
deploy() { workload Deployment late | accepted apply; }
eventually deploy
accepted kubectl delete rr late
caught_up() { workload Deployment late bot:v2 | refused 'no ReadinessReview covers' -- try; }
eventually caught_up
