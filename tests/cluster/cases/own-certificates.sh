# alone
# Replicas that keep their own certificates: one Secret, one CA, the caBundle filled in; when the Secret is lost under load
# a new CA takes over beside the old one, and no request fails.
accepted kubectl create clusterrole "$NS" --verb=get,patch,update --resource=validatingwebhookconfigurations
accepted kubectl create clusterrolebinding "$NS" --clusterrole="$NS" --serviceaccount=launchgate:launchgate
echo "$(free_port) $(free_port)" >"$plane/ports.own-a"
read -r tls _ <"$plane/ports.own-a"
sed -e "s/metadata: {name: launchgate}/metadata: {name: $NS}/" -e "s|URL|https://127.0.0.1:$tls/validate|" -e 's/, caBundle: CA_BUNDLE//' \
  -e "s/operator: NotIn, values: .*/operator: In, values: [$NS]}]/" "$OBJECTS/webhook.yaml" | accepted apply
gate_certificate=(--tls-secret "$NS" --webhook-configuration "$NS" --namespace launchgate --tls-name 127.0.0.1)
gate_start own-a --no-operator
gate_start own-b --no-operator
bundle() { kubectl get validatingwebhookconfiguration "$NS" -o jsonpath='{.webhooks[0].clientConfig.caBundle}' | base64 -d; }
trusted() { bundle >"$WORK/ca.pem"; read -r tls _ <"$plane/ports.$1"; shows 'Verification: OK' -- openssl s_client -connect "127.0.0.1:$tls" -CAfile "$WORK/ca.pem"; }
trusted own-a
trusted own-b
load_start
before=$(bundle)
accepted kubectl -n launchgate delete secret "$NS"
new_ca() { [ "$(bundle)" != "$before" ] || miss 'a new CA in the caBundle' "$(bundle)"; }
eventually new_ca
eventually trusted own-a
answered 300
load_stop
no_request_failed
accepted kubectl delete validatingwebhookconfiguration "$NS"
stop_part own-a
stop_part own-b
