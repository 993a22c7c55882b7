# The API server takes what the chart renders, schema and CEL expressions included. full.yaml needs CRDs of others.
for set in default closed own; do
  accepted kubectl apply --dry-run=server --server-side --force-conflicts -f "$ROOT/tests/chart/golden/$set.yaml"
  shows 'deployment.apps/launchgate' 'validatingadmissionpolicy.admissionregistration.k8s.io/launchgate-approver' 'readinesspolicy.launchgate.dev/default' \
    -- kubectl apply --dry-run=server --server-side --force-conflicts -f "$ROOT/tests/chart/golden/$set.yaml"
done
