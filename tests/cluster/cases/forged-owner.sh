# An owner reference that names nothing, or not this uid, or a kind that is not gated, excuses nobody.
review bot | accepted apply
workload Deployment bot | accepted apply
eventually shows bot- -- kubectl get rs -o name
set_name=$(kubectl get rs -l app=bot -o jsonpath='{.items[0].metadata.name}')
config=$(kubectl get configmap kube-root-ca.crt -o jsonpath='{.metadata.uid}')
owned_by() { workload Pod forged | sed "s|metadata: {name|metadata: {ownerReferences: [{apiVersion: $1, kind: $2, name: $3, uid: $4, controller: true}], name|"; }
owned_by apps/v1 ReplicaSet nothing 00000000-0000-0000-0000-000000000001 | refused 'no ReadinessReview covers' -- apply
owned_by apps/v1 ReplicaSet "$set_name" 00000000-0000-0000-0000-000000000001 | refused 'no ReadinessReview covers' -- apply
owned_by v1 ConfigMap kube-root-ca.crt "$config" | refused 'no ReadinessReview covers' -- apply
