# Labels, annotations, pausing: nothing that runs changes.
review bot | accepted apply
workload Deployment bot | accepted apply
accepted kubectl delete rr bot
accepted kubectl label deployment bot team=helpdesk
accepted kubectl annotate deployment bot note=x
accepted kubectl rollout pause deployment bot
settled Unchanged Deployment bot
accepted kubectl rollout resume deployment bot
