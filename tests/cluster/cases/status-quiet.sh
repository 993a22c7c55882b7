# What does not change is not written: a status that says the same costs no write.
review bot | accepted apply
workload Deployment bot | accepted apply
approved bot 1
version() { kubectl get rr bot -o jsonpath='{.metadata.resourceVersion}'; }
sleep 3
before=$(version)
accepted kubectl scale deployment bot --replicas=2
accepted kubectl annotate deployment bot touched=yes
sleep 5
[ "$(version)" = "$before" ] || miss 'no write to the review' "$(kubectl get rr bot -o yaml --show-managed-fields | tail -n 60)"
