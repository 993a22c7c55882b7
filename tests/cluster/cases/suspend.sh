# The pause switch stops a new rollout, and says who may lift it.
review bot | accepted apply
workload Deployment bot | accepted apply
accepted kubectl patch rr bot --type=merge -p '{"spec": {"suspend": true}}'
new_rollout() { refused 'review bot is suspended: no new rollout' 'helpdesk-oncall may lift it' 'spec.suspend: false' -- kubectl set image deployment/bot bot=bot:v2 --dry-run=server; }
eventually new_rollout
accepted kubectl scale deployment bot --replicas=2
accepted kubectl patch rr bot --type=merge -p '{"spec": {"suspend": false}}'
eventually accepted kubectl set image deployment/bot bot=bot:v2
