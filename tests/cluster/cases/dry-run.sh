# kubectl apply --dry-run=server says what would happen, and nothing remembers it.
workload Deployment bot | refused 'no ReadinessReview covers' -- try
review bot | accepted apply
workload Deployment bot | accepted try
invalid 'not found' -- kubectl get deployment bot
accepted kubectl patch rr bot --type=merge -p '{"spec": {"suspend": true}}'
suspended() { workload Deployment bot | refused 'is suspended' -- try; }
eventually suspended                                         # what was only tried is no revision to go back to
