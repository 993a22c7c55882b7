# The operator writes status with the rights that the chart gives, and no call of any replica is refused for want of one.
accepted upgrade --set policy.mode=enforce
review bot | accepted apply
workload Deployment bot "$run_image" | accepted apply
ready() { shows 'True' -- kubectl get rr bot -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}'; }
eventually ready
approved bot 1
shows 'Deployment/bot' -- kubectl get rr bot -o 'jsonpath={.status.workloads[*].kind}/{.status.workloads[*].name}'

# A review that cannot pass: an Event tells, and a policy gets its status as well.
review bad | sed 's/amount: 300/amount: 0/' | accepted apply
workload Deployment bad "$run_image" | refused 'PRR-COST-01' -- apply
event() { shows ReadinessReview/bad -- kubectl get events -o 'jsonpath={range .items[*]}{.involvedObject.kind}/{.involvedObject.name} {end}'; }
eventually event
policy "$NS" warn | accepted apply
has_status() { [ -n "$(kubectl get "$@" -o 'jsonpath={.status.conditions}')" ] || miss "a status of $*" none; }
eventually has_status rrpol "$NS"
accepted kubectl delete rrpol "$NS"

written=$(logs)
[ "$(wc -l <<<"$written")" -ge 10 ] || miss 'the logs of the replicas' "$written"
refusals=$(grep -E '"level":"(warn|error)"' <<<"$written" | grep -iE ': 40[13] |forbidden|unauthorized' || true)
[ -z "$refusals" ] || miss 'no call of launchgate to be refused' "$refusals"
