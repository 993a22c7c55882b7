# Scaling is not a rollout: it passes though the review has gone, by kubectl scale and by the manifest.
review bot | accepted apply
workload Deployment bot | accepted apply
accepted kubectl delete rr bot
accepted kubectl scale deployment bot --replicas=3
workload Deployment bot | sed 's/replicas: 1/replicas: 5/' | accepted apply
settled Unchanged Deployment bot
accepted kubectl autoscale deployment bot --min=1 --max=4
