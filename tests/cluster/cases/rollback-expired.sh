# An expired review never stops the way back.
review bot | accepted apply
workload Deployment bot registry.example.com/bot:v1 | accepted apply
approved bot 1
workload Deployment bot registry.example.com/bot:v2 | accepted apply
approved bot 2
accepted kubectl patch rr bot --type=merge -p '{"spec": {"expiresAt": "2025-01-01T00:00:00Z"}}'
forward() { refused 'PRR-EXP-01' 'A rollback to a revision that was admitted before is still allowed' -- kubectl set image deployment/bot bot=bot:v3 --dry-run=server; }
eventually forward
accepted kubectl rollout undo deployment bot
settled Rollback Deployment bot
