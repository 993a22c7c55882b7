# A new image is a rollout: without its review it is refused, by whichever command it comes.
review bot | accepted apply
workload Deployment bot | accepted apply
accepted kubectl delete rr bot
change() { refused 'no ReadinessReview covers' -- "$@"; }
eventually change kubectl set image deployment/bot bot=registry.example.com/bot:v2 --dry-run=server
change kubectl set env deployment/bot LLM_MODEL=m-2026-02-02
change kubectl patch deployment bot --type=json -p '[{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "bot:v3"}]'
workload Deployment bot bot:v4 | change kubectl replace -f -
shows 'registry.example.com/bot:v1' -- kubectl get deployment bot -o yaml
