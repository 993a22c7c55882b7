# The API server takes what the chart renders, schema and CEL expressions included. full.yaml needs CRDs of others. Under
# another name, for launchgate itself runs here with a webhook that has a URL.
charted() { sed 's/^  name: launchgate$/  name: charted/' "$ROOT/tests/chart/golden/$1.yaml" | kubectl apply --dry-run=server --server-side -f -; }
for set in default closed own; do
  accepted charted "$set"
  shows 'deployment.apps/charted' 'validatingwebhookconfiguration.admissionregistration.k8s.io/charted' 'validatingadmissionpolicy.admissionregistration.k8s.io/launchgate-approver' \
    -- charted "$set"
done
