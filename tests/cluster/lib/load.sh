# A steady load of creates through the API server and the webhook, from four connections, none of which is kept (dryRun).
#
#   load_start; …; load_stop; no_request_failed

. "$lib/answers.sh"

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
load_stop() { load_end 200; }
no_request_failed() {
  [ "$(failures)" = 0 ] || miss 'no request to fail' "$(failures) of $(load_count): $(cat "$WORK"/load.[1-4] | sort | uniq -c | tr '\n' ' ')"
  echo "measured: $(load_count) requests, none failed"
}
