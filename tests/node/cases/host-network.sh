# hostNetwork, for clusters whose API server cannot reach Pods: other ports, and a rollout that needs no second Pod's ports on
# the only node.
uninstall >/dev/null 2>&1 || true
release=host release_ns=host-net selector=(-l "app.kubernetes.io/instance=host")
kubectl create namespace "$release_ns" >/dev/null   # the standard "restricted" forbids the host's network
accepted install --set hostNetwork=true,replicas=1,ports.https=18443,ports.plain=18080,policy.mode=enforce
shows "$NODE_ADDRESS" -- kubectl -n "$release_ns" get pods "${selector[@]}" -o 'jsonpath={.items[*].status.podIP}'
shows 'launchgate_build_info' -- in_node curl -sS --max-time 5 "http://127.0.0.1:18080/metrics"
gated() { workload Deployment bot "$run_image" | refused 'no ReadinessReview covers' -- try; }
eventually gated
accepted kubectl -n "$release_ns" rollout restart deployment/launchgate
accepted kubectl -n "$release_ns" rollout status deployment/launchgate --timeout=60s
eventually gated
accepted uninstall
