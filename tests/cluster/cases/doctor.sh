# doctor names the phase that fails, and changes nothing.

doctor() { case " $* " in *" --namespace "*) "$binary" doctor "$@" ;; *) "$binary" doctor --namespace launchgate "$@" ;; esac; }
result() {   # result NAME < JSON: of one check
  python3 -c 'import json,sys; print(next((c["result"] for c in json.load(sys.stdin)["checks"] if c["name"]==sys.argv[1]), "none"))' "$1"
}
run doctor -o json --service-account launchgate --probe-namespace "$NS"
[ "$code" -le 1 ] || miss "exit 0 or 1" "$code: $out"
for check in kubeconfig 'API server: TCP' 'API server: TLS' 'API server: HTTP' 'API server: credentials' APIs CRDs 'webhook: configuration' 'webhook: exclusions' 'webhook: certificate' probe; do
  [ "$(result "$check" <<<"$out")" = ok ] || miss "$check to be ok" "$out"
done
[ -z "$(kubectl get deployments -o name)" ] || miss "nothing to be created" "$(kubectl get deployments)"

run doctor --name nothing --probe-namespace ''
[ "$code" = 1 ] && [[ $out == *'FAIL  webhook: configuration: there is no ValidatingWebhookConfiguration nothing'* ]] || miss "the missing webhook to be named" "$out"

# Somebody without rights: what is lacking is listed.
kubectl create serviceaccount nobody >/dev/null
run doctor --service-account nobody --namespace "$NS" --probe-namespace ''
[[ $out == *"service account $NS/nobody may not list readinessreviews.launchgate.dev (to judge)"* ]] || miss "the permissions that are lacking" "$out"

# The way to the API server, phase by phase.
sed "s|$plane/pki/ca.crt|$plane/webhook/first.ca.crt|" "$KUBECONFIG" >"$WORK/wrong-ca"
run doctor --kubeconfig "$WORK/wrong-ca"
[ "$code" = 2 ] && [[ $out == *'FAIL  API server: TLS: its certificate is not trusted'* ]] || miss "TLS to be named" "$code: $out"
sed "s|127.0.0.1:$api_port|127.0.0.1:1|" "$KUBECONFIG" >"$WORK/wrong-port"
run doctor --kubeconfig "$WORK/wrong-port"
[ "$code" = 2 ] && [[ $out == *'FAIL  API server: TCP: 127.0.0.1:1: Connection refused'* ]] || miss "TCP to be named" "$code: $out"
sed "s|127.0.0.1:$api_port|no-such-host.invalid:443|" "$KUBECONFIG" >"$WORK/wrong-name"
run doctor --kubeconfig "$WORK/wrong-name"
[ "$code" = 2 ] && [[ $out == *'FAIL  API server: DNS: no-such-host.invalid'* ]] || miss "DNS to be named" "$code: $out"
run doctor --kubeconfig "$WORK/nothing"
[ "$code" = 2 ] && [[ $out == *'FAIL  kubeconfig: '* ]] || miss "the kubeconfig to be named" "$code: $out"
