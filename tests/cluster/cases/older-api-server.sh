# An API server a year older: it takes the CRDs with their CEL rules and the webhook's match conditions, and launchgate reads it.
newer=$plane plane=$WORK/older API_SERVER_FLAGS=
mkdir -p "$plane/webhook"
trap stop_all EXIT
control_plane_up "$plane" "$ETCD" "$OLDER"
export KUBECONFIG=$plane/admin.conf
shows 'v1.34' -- kubectl version
NS=older
accepted kubectl create namespace older
accepted kubectl config set-context --current --namespace=older
accepted kubectl apply --server-side -f "$ROOT/crds"
accepted kubectl wait --for=condition=Established crd --all --timeout=30s
accepted kubectl apply -f "$OBJECTS/rbac.yaml"
kubectl create serviceaccount default >/dev/null
kubectl -n launchgate create token launchgate >"$plane/launchgate.token"
. "$(dirname "$1")/crd-rules.sh"
webhook_ca first
webhook_certificate first
echo first >"$plane/webhook/trusted"
gate_source=(--kubeconfig "$plane/launchgate.conf")
gate_start gate-old
balancer_start gate-old
webhook_configuration | cat - "$OBJECTS/match-conditions.yaml" | accepted apply
asked() { workload Deployment bot | refused 'no ReadinessReview covers' -- try; }
eventually asked
review bot | accepted apply
workload Deployment bot | accepted apply
. "$(dirname "$1")/match-conditions.sh"
