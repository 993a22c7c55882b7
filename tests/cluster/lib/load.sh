# A steady load of creates through the API server and the webhook, from four connections, none of which is kept (dryRun).
#
#   load_start; …; load_stop; no_request_failed

api=https://127.0.0.1:$api_port
api_client=(--silent --show-error --cacert "$plane/pki/ca.crt" --cert "$plane/pki/admin.crt" --key "$plane/pki/admin.key")

load_start() {
  review bot | accepted apply
  workload Deployment bot | kubectl create --dry-run=client -o json -f - >"$WORK/body.json"
  load=()
  local i
  for i in 1 2 3 4; do
    curl "${api_client[@]}" -H 'Content-Type: application/json' --data-binary @"$WORK/body.json" -o /dev/null -w '%{stderr}%{http_code}\n' \
      "$api/apis/apps/v1/namespaces/$NS/deployments?dryRun=All&n=[1-1000000]" 2>"$WORK/load.$i" &   # what goes to stderr is written at once
    load+=($!)
  done
  answered 50
}
load_count() { cat "$WORK"/load.[1-4] | wc -l; }
answered() {   # answered N: waits for so many more answers
  local wanted=$(($(load_count) + $1)) i
  for ((i = 0; i < 600; i++)); do [ "$(load_count)" -ge "$wanted" ] && return 0; sleep 0.1; done
  miss "$1 more answers within 60 s" "$(($(load_count) + $1 - wanted))"
}
load_stop() {
  answered 200
  kill "${load[@]}"
  wait "${load[@]}" 2>/dev/null || true
}
failures() { cat "$WORK"/load.[1-4] | grep -vc '^201$' || true; }
no_request_failed() {
  [ "$(failures)" = 0 ] || miss 'no request to fail' "$(failures) of $(load_count): $(cat "$WORK"/load.[1-4] | sort | uniq -c | tr '\n' ' ')"
  echo "measured: $(load_count) requests, none failed"
}
