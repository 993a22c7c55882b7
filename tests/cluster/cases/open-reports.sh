# alone
# A Report of OpenReports beside each LLM workload: what it says follows the review, it is not written twice, one that somebody
# deletes comes back, and it goes with its workload.
accepted kubectl apply -f "$OBJECTS/openreports.yaml"
accepted kubectl wait --for=condition=Established crd/reports.openreports.io --timeout=30s
accepted kubectl create clusterrole "$NS" --verb=get,create,patch,delete --resource=reports.openreports.io
accepted kubectl create clusterrolebinding "$NS" --clusterrole="$NS" --serviceaccount=launchgate:launchgate
review bot | accepted apply
workload Deployment bot | accepted apply
gate_start reports-a --open-reports --lease "$NS" --namespace launchgate
uid=$(kubectl get deployment bot -o jsonpath='{.metadata.uid}')
report() { kubectl get report "launchgate-$uid" -o jsonpath="{$1}"; }
# To the letter: that there is none names it as well.
written() { [ "$(report .source)" = launchgate ] || miss 'a Report' none; }
eventually written
shows '"kind":"Deployment"' '"name":"bot"' "\"uid\":\"$uid\"" -- report .scope
shows "$uid" -- report .metadata.ownerReferences
shows PRR-OWN-01 pass -- report '.results[?(@.rule=="PRR-OWN-01 owner-team")]'
shows launchgate -- report '.metadata.managedFields[*].manager'
version=$(report .metadata.resourceVersion)

accepted kubectl annotate rr bot note=none
accepted kubectl scale deployment bot --replicas=2
sleep 3
[ "$(report .metadata.resourceVersion)" = "$version" ] || miss 'a Report that says the same to be left alone' "$(report .metadata.resourceVersion)"

accepted kubectl patch rr bot --type=merge -p '{"spec": {"cost": {"budget": null}}}'
fails() { shows PRR-COST-01 fail 'fix' -- report '.results[?(@.rule=="PRR-COST-01 budget-set")]'; }
eventually fails

accepted kubectl delete report "launchgate-$uid"
stop_part reports-a
gate_start reports-a --open-reports --lease "$NS" --namespace launchgate
eventually fails

accepted kubectl delete deployment bot
gone() { ! report .source >/dev/null 2>&1 || miss 'the Report to go with its workload' "$(report .source)"; }
for _ in 1 2 3 4 5; do (eventually gone) >/dev/null && break; done   # it looks for new kinds every half minute
gone
stop_part reports-a
accepted kubectl delete crd reports.openreports.io
