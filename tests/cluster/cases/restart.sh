# kubectl rollout restart changes an annotation of the template, and nothing that was reviewed.
review bot | accepted apply
workload Deployment bot | accepted apply
accepted kubectl delete rr bot
accepted kubectl rollout restart deployment bot
settled Unchanged Deployment bot
