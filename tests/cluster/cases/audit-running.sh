# What runs without what it needs is told by an Event on the workload; nothing that runs is stopped.
policy "$NS" audit | accepted apply
quietly() { workload Deployment bot | silent apply; }
eventually quietly
policy "$NS" enforce | accepted apply
told() { shows Warning NoReview Deployment/bot 'it runs without a ReadinessReview' PRR-COV-01 -- kubectl events --for deployment/bot; }
eventually told
shows bot -- kubectl get deployment bot
