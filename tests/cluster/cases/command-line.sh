# launchgate itself against the cluster: status and audit say what kubectl would meet, suspend and resume are the pause switch.
review bot | accepted apply
workload Deployment bot | accepted apply
approved bot 1
lg() { "$binary" "$@" --kubeconfig "$KUBECONFIG"; }
shows 'bot' 'low' -- lg status bot
shows "Deployment $NS/bot" -- lg audit
accepted lg suspend bot
stopped() { refused 'is suspended' -- kubectl set image deployment/bot bot=bot:v2 --dry-run=server; }
eventually stopped
accepted lg resume bot
eventually accepted kubectl set image deployment/bot bot=bot:v2 --dry-run=server
