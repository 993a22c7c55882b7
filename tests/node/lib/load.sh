# A steady load of creates through the API server and the webhook, from four connections at a bounded rate; none is kept
# (dryRun). The workload is covered and carries what its review asks for, so that every one of them is judged and admitted.
#
#   load_start; …; load_stop; no_request_failed; no_call_skipped

. "$lib/../../cluster/lib/answers.sh"

load=()
load_start() {
  review bot | accepted apply
  workload Deployment bot "$run_image" | kubectl create --dry-run=client -o json -f - >"$WORK/body.json"
  rm -f "$WORK"/load.[1-4]
  called_before=$(called) skipped_before=$(skipped)
  local i pki=$node/pki
  for i in 1 2 3 4; do
    curl --silent --show-error --cacert "$pki/ca.crt" --cert "$pki/admin.crt" --key "$pki/admin.key" --rate 30/s --max-time 20 \
      -H 'Content-Type: application/json' --data-binary @"$WORK/body.json" -o "$WORK/answer.$i" -w '%{stderr}%{http_code}\n' \
      "$API/apis/apps/v1/namespaces/$NS/deployments?dryRun=All&n=[1-1000000]" 2>"$WORK/load.$i" &
    load+=($!)
  done
  answered 60
}
load_kill() { [ ${#load[@]} -eq 0 ] || kill "${load[@]}" 2>/dev/null || true; load=(); }
load_stop() { load_end 120; }
no_request_failed() {
  [ "$(failures)" = 0 ] || miss 'no request to fail' "$(failures) of $(load_count): $(cat "$WORK"/load.[1-4] | sort | uniq -c | tr '\n' ' ')" "$(cat "$WORK"/answer.* | grep -m 1 '"message"' || true)"
  echo "measured: ${1:-} $(load_count) creates, none failed"
}
no_call_skipped() {   # with failurePolicy Ignore a lost call does not show in the answers
  local calls=$(($(called) - called_before)) lost=$(($(skipped) - skipped_before))
  [ "$lost" = 0 ] || miss 'no call to be passed over' "$lost of $(load_count)"
  [ "$calls" -ge "$(load_count)" ] || miss "at least $(load_count) calls of the webhook" "$calls"
  echo "measured: ${1:-} $calls calls of the webhook, none passed over"
}
