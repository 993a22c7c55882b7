# alone
# What launchgate adds to a create, beside a webhook that decides nothing. Printed as a ratio, not asserted.
start_part constant "$CONSTANT" "$plane/webhook/tls.crt" "$plane/webhook/tls.key" "$plane/constant.port"
wait_for 10 test -s "$plane/constant.port"
read -r tls _ <"$plane/ports.gate-a"
ca=$(kubectl get validatingwebhookconfiguration launchgate -o jsonpath='{.webhooks[0].clientConfig.caBundle}')
# Three namespaces: one that no webhook sees, one for each webhook, straight to the process.
for to in nothing constant launchgate; do accepted kubectl create namespace "$NS-$to"; review bot | accepted kubectl apply -n "$NS-$to" -f -; done
webhook_for() { sed -e "s/metadata: {name: launchgate}/metadata: {name: $NS-$1}/" -e "s|URL|https://127.0.0.1:$2/validate|" -e "s|CA_BUNDLE|$ca|" -e "s/operator: NotIn, values: .*/operator: In, values: [$NS-$1]}]/" "$OBJECTS/webhook.yaml" | accepted apply; }
webhook_for constant "$(cat "$plane/constant.port")"
webhook_for launchgate "$tls"
others() { accepted kubectl label validatingwebhookconfiguration launchgate x=y; accepted kubectl patch validatingwebhookconfiguration launchgate --type=json -p "[{\"op\": \"replace\", \"path\": \"/webhooks/0/namespaceSelector/matchExpressions/0/values\", \"value\": [$1]}]"; }
others "\"kube-system\", \"launchgate\", \"$NS-nothing\", \"$NS-constant\", \"$NS-launchgate\""
sleep 1
workload Deployment bot | kubectl create --dry-run=client -o json -f - | sed 's/"namespace": .*/"annotations": {}/' >"$WORK/body.json"
creates() { curl "${api_client[@]}" -H 'Content-Type: application/json' --data-binary @"$WORK/body.json" -o /dev/null -w '%{http_code} %{time_total}\n' "$api/apis/apps/v1/namespaces/$NS-$1/deployments?dryRun=All&n=[1-200]" >>"$WORK/times.$1"; }
for to in nothing constant launchgate; do creates $to; done
rm "$WORK"/times.*                       # that was for warming up
for round in 1 2 3 4 5; do for to in nothing constant launchgate; do creates $to; done; done
[ "$(grep -vhc '^201' "$WORK"/times.* | sort -u)" = 0 ] || miss 'every create to pass' "$(cut -c1-3 "$WORK"/times.* | sort | uniq -c)"
p50() { cut -d' ' -f2 "$WORK/times.$1" | sort -n | sed -n '500p'; }
awk -v n="$(p50 nothing)" -v c="$(p50 constant)" -v l="$(p50 launchgate)" 'BEGIN {
  printf "measured: p50 of a create %.2f ms; the constant webhook adds %.2f ms, launchgate %.2f ms: %.2f times\n", n * 1000, (c - n) * 1000, (l - n) * 1000, (l - n) / (c - n)}'
others '"kube-system", "kube-public", "kube-node-lease", "launchgate"'
accepted kubectl delete validatingwebhookconfiguration "$NS-constant" "$NS-launchgate"
stop_part constant
