# In mode warn kubectl prints what would be refused, and the workload is admitted.
policy "$NS" warn | accepted apply
told() { workload Deployment bot | warned 'PRR-COV-01' -- try; }
eventually told
workload Deployment bot | warned 'PRR-COV-01' -- apply
shows bot -- kubectl get deployments
accepted kubectl patch rrpol "$NS" --type=merge -p '{"spec": {"mode": "enforce"}}'
not_any_more() { workload Deployment other | refused 'PRR-COV-01' -- try; }
eventually not_any_more
