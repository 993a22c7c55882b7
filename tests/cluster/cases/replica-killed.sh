# alone
# One of two replicas is killed under load, without a warning: no request fails with failurePolicy Ignore, the chart's
# default. With Fail, what was in that replica's hands at this moment is lost; how much is measured.
policy_of() { accepted kubectl patch validatingwebhookconfiguration launchgate --type=json -p "[{\"op\": \"replace\", \"path\": \"/webhooks/0/failurePolicy\", \"value\": \"$1\"}]"; }
policy_of Ignore
sleep 1                                  # the API server takes it up
load_start
stop_part gate-b KILL
answered 300
gate_start gate-b
load_stop
no_request_failed
policy_of Fail
sleep 1
load_start
stop_part gate-a KILL
load_stop
echo "measured: failing closed, $(failures) of $(load_count) requests failed at the kill"
[ "$(failures)" -le 8 ] || miss 'at most what was in flight to fail' "$(failures)"
gate_start gate-a
