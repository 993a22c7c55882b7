# Match conditions take the call away where the API server can tell by itself, and are safe for objects without the fields.
webhook_configuration | sed -e "s/metadata: {name: launchgate}/metadata: {name: $NS}/" -e "s/operator: NotIn, values: .*/operator: In, values: [$NS]}]/" | cat - "$OBJECTS/match-conditions.yaml" | accepted apply
review held | accepted apply
workload Deployment held | sed 's/metadata: {name: held,/metadata: {name: held, finalizers: [example.com\/hold],/' | accepted apply
accepted kubectl delete deployment held --wait=false
accepted kubectl patch deployment held --type=merge -p '{"metadata": {"finalizers": null}}'
workload Pod plain | refused 'no ReadinessReview covers' -- apply
accepted kubectl delete validatingwebhookconfiguration "$NS"
