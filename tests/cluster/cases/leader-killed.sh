# alone
# The replica that writes is killed; the other takes over when the Lease has run out, and nothing is lost.
holder() { kubectl -n launchgate get lease launchgate -o jsonpath='{.spec.holderIdentity}'; }
leads() { [ "$(gate_metric "$1" launchgate_leader)" = 1 ]; }
leader=gate-a other=gate-b
leads gate-a || { leader=gate-b other=gate-a; }
eventually leads "$leader"
before=$(holder)
stop_part "$leader" KILL
review bot | accepted apply
workload Deployment bot | accepted apply                     # admission does not wait for a leader
killed=$(date +%s)
wait_for 40 leads "$other" || miss 'another leader within 40 s' "$(holder)"
echo "measured: the other replica leads $(($(date +%s) - killed)) s after the kill"
[ "$(holder)" != "$before" ] || miss 'another holder' "$(holder)"
approved bot 1
gate_start "$leader"
