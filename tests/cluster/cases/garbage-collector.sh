# The garbage collector does its work: children go with their owner, and orphans are set free, review or none.
review bot | accepted apply
workload Deployment bot | accepted apply
eventually shows pod/bot- -- kubectl get pods -o name
accepted kubectl delete rr bot
accepted kubectl delete deployment bot --cascade=orphan
free() { [ -z "$(kubectl get rs -l app=bot -o jsonpath='{.items[0].metadata.ownerReferences}')" ] || miss 'an orphan without owner' "$(kubectl get rs -o yaml)"; }
eventually free
accepted kubectl delete rs -l app=bot
none() { [ -z "$(kubectl get pods -o name)" ] || miss 'no pods' "$(kubectl get pods)"; }
eventually none
