# With failurePolicy Fail a lost call is a failed request: a restart and an upgrade lose none.
accepted upgrade --set webhook.failurePolicy=Fail
shows Fail -- kubectl get validatingwebhookconfiguration launchgate -o 'jsonpath={.webhooks[0].failurePolicy}'
load_start
accepted kubectl -n "$release_ns" rollout restart deployment/launchgate
accepted kubectl -n "$release_ns" rollout status deployment/launchgate --timeout=90s
accepted upgrade --set webhook.failurePolicy=Fail --set logLevel=debug
load_stop
no_request_failed 'a rolling restart and helm upgrade, Fail:'

# All replicas away: gated kinds wait, everything else goes on, launchgate's own Pods too.
accepted kubectl -n "$release_ns" scale deployment/launchgate --replicas=0
away() { workload Deployment bot "$run_image" | invalid 'failed calling webhook' -- try; }
eventually away
accepted kubectl create configmap goes-on
accepted kubectl -n "$release_ns" scale deployment/launchgate --replicas=2
accepted kubectl -n "$release_ns" rollout status deployment/launchgate --timeout=60s
back() { workload Deployment bot "$run_image" | accepted try; }
eventually back
accepted upgrade --set webhook.failurePolicy=Ignore --set logLevel=info
