# alone
# Both replicas are replaced in turn under load, as a rolling restart does: no request fails.
load_start
for replica in gate-a gate-b; do
  stop_part "$replica"
  gate_start "$replica"
  answered 100
done
load_stop
no_request_failed
