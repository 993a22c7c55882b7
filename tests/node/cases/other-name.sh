# Another release name, another namespace, another values.name: everything follows, and goes again.
uninstall >/dev/null 2>&1 || true
release=gates release_ns=platform selector=(-l "app.kubernetes.io/instance=gates")
restricted_namespace "$release_ns"
accepted install --set name=doorkeeper,policy.mode=enforce,webhook.failClosedLabels.closed=yes
gated() { workload Deployment bot "$run_image" | refused 'validate.launchgate.dev' 'no ReadinessReview covers' -- try; }
eventually gated
review bot | accepted apply
ready() { shows 'True' -- kubectl get rr bot -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}'; }
eventually ready   # so the Lease of that name is held
shows doorkeeper -- kubectl -n "$release_ns" get lease -o name
refusals=$(logs | grep -E '"level":"(warn|error)"' | grep -iE '40[13]|forbidden' || true)
[ -z "$refusals" ] || miss 'no call of launchgate to be refused' "$refusals"

# A namespace that is to fail closed does so, and only that one.
kubectl label namespace "$NS" closed=yes >/dev/null
accepted kubectl -n "$release_ns" scale deployment/doorkeeper --replicas=0
closed() { workload Deployment bot "$run_image" | invalid 'failed calling webhook "validate-closed.launchgate.dev"' -- try; }
eventually closed
workload Deployment bot "$run_image" | accepted kubectl apply -n default --dry-run=server -f -

accepted uninstall   # with no replica there
left=$(kubectl get validatingwebhookconfigurations,validatingadmissionpolicies,clusterroles,clusterrolebindings -o name | grep doorkeeper || true)
[ -z "$left" ] || miss 'nothing of it in the cluster' "$left"
left=$(kubectl -n "$release_ns" get lease,secret,job,serviceaccount,role,rolebinding -o name | grep -v serviceaccount/default || true)
[ -z "$left" ] || miss 'nothing of it in its namespace' "$left"
workload Deployment unreviewed "$run_image" | accepted apply
