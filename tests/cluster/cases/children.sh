# A gated Deployment's ReplicaSet and Pods are let through: their root was judged.
review bot | accepted apply
workload Deployment bot | accepted apply
eventually shows bot- -- kubectl get pods
settled OwnedByGated Pod bot-
settled OwnedByGated ReplicaSet bot-
accepted kubectl delete pod -l app=bot --wait=false          # no review is needed to replace one
accepted kubectl delete rr bot
accepted kubectl scale deployment bot --replicas=3
three() { [ "$(kubectl get pods -l app=bot -o name | wc -l)" -ge 3 ] || miss 'three pods' "$(kubectl get pods)"; }
eventually three
