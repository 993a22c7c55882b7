# Server-side apply is judged like any other write.
ssa() { kubectl apply --server-side -f - "$@"; }
workload Deployment bot | refused 'no ReadinessReview covers' -- ssa
review bot | accepted ssa
workload Deployment bot | accepted ssa
accepted kubectl delete rr bot
workload Deployment bot | accepted ssa                       # nothing changes
again() { workload Deployment bot bot:v2 | refused 'no ReadinessReview covers' -- ssa --dry-run=server; }
eventually again
