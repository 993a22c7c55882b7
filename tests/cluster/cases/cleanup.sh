# alone
# cleanup takes launchgate out of the cluster: nothing is refused any more, what runs goes on, the reviews stay.
review kept | accepted apply
workload Deployment kept | accepted apply
workload Deployment bot | refused 'no ReadinessReview covers' -- apply
clean() { "$binary" cleanup --kubeconfig "$KUBECONFIG" --namespace launchgate "$@"; }
shows 'would delete ValidatingWebhookConfiguration launchgate' -- clean --dry-run
workload Deployment bot | refused 'no ReadinessReview covers' -- try
accepted clean
invalid 'not found' -- kubectl get validatingwebhookconfiguration launchgate
free() { workload Deployment bot | accepted apply; }
eventually free
accepted kubectl set image deployment/kept bot=bot:v2
shows kept -- kubectl get rr
accepted clean                           # a second time there is nothing to do
webhook_configuration | accepted apply   # installed again, it gates again
gated() { workload Deployment other | refused 'no ReadinessReview covers' -- try; }
eventually gated
