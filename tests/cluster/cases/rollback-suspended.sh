# kubectl rollout undo passes while the review is suspended; going forward does not.
review bot | accepted apply
workload Deployment bot registry.example.com/bot:v1 | accepted apply
approved bot 1
workload Deployment bot registry.example.com/bot:v2 | accepted apply
approved bot 2
accepted kubectl patch rr bot --type=merge -p '{"spec": {"suspend": true}}'
forward() { refused 'is suspended' -- kubectl set image deployment/bot bot=bot:v3 --dry-run=server; }
eventually forward
accepted kubectl rollout undo deployment bot
settled Rollback Deployment bot
shows bot:v1 -- kubectl get deployment bot -o yaml
