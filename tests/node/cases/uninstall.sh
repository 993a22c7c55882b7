# helm uninstall leaves nothing of launchgate but the reviews and their CRDs, every deployment can be made and changed, and
# a reinstall gates again.
review kept | accepted apply
workload Deployment kept "$run_image" | accepted apply
approved kept 1

# Failing closed and under load, so that a call to what has gone would show.
accepted upgrade --set webhook.failurePolicy=Fail
load_start
accepted uninstall
load_stop
no_request_failed 'helm uninstall, Fail:'

left=$(kubectl get validatingwebhookconfigurations,validatingadmissionpolicies,validatingadmissionpolicybindings,clusterroles,clusterrolebindings,rrpol -o name |
  sed 's|[^/]*/||' | grep -E '^launchgate|^default$' || true)
[ -z "$left" ] || miss 'nothing of launchgate in the cluster' "$left"
empty() {
  local kinds left
  kinds=$(kubectl api-resources --namespaced --verbs=list -o name | grep -vE '^events|^bindings' | paste -sd,)
  left=$(kubectl -n "$release_ns" get "$kinds" -o name --ignore-not-found | grep -vE '^serviceaccount/default$|^configmap/kube-root-ca.crt$' || true)
  [ -z "$left" ] || miss "nothing in namespace $release_ns" "$left"
}
eventually empty

shows kept -- kubectl get rr
workload Deployment unreviewed "$run_image" | silent apply
accepted kubectl set image deployment/kept "bot=other.test/bot:3"
accepted kubectl rollout restart deployment/kept
accepted kubectl delete deployment unreviewed
accepted kubectl delete rr kept --wait=true --timeout=20s   # no finalizer holds it

accepted install --set policy.mode=enforce,webhook.failurePolicy=Fail   # at once: its own Pods are never held up
gates() { workload Deployment unreviewed "$run_image" | refused 'no ReadinessReview covers' -- try; }
eventually gates
