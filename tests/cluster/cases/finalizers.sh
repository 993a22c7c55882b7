# A dying object can always be let go: launchgate never keeps anything alive.
review bot | accepted apply
workload Deployment bot | sed 's/metadata: {name: bot,/metadata: {name: bot, finalizers: [example.com\/hold],/' | accepted apply
accepted kubectl delete rr bot
accepted kubectl delete deployment bot --wait=false
shows deletionTimestamp -- kubectl get deployment bot -o yaml
accepted kubectl patch deployment bot --type=merge -p '{"metadata": {"finalizers": null}}'
eventually invalid 'not found' -- kubectl get deployment bot
