# enforceFrom: a date ahead warns with a countdown, a date behind refuses.
policy "$NS" enforce "enforceFrom: \"$(date -u -d '+9 days' +%F)\"" | accepted apply
counting() { workload Deployment bot | warned 'enforced from' 'days' -- try; }
eventually counting
accepted kubectl patch rrpol "$NS" --type=merge -p '{"spec": {"enforceFrom": "2026-01-01"}}'
over() { workload Deployment bot | refused 'PRR-COV-01' -- try; }
eventually over
