# helm upgrade and helm rollback under load: no request fails, and none passes unasked.
accepted upgrade --set policy.mode=enforce,logLevel=info
before=$(helm list -n "$release_ns" -o json | sed -n 's/.*"revision":"\([0-9]*\)".*/\1/p')
load_start
accepted upgrade --set logLevel=debug
shows 'log-level=debug' -- kubectl -n "$release_ns" get deployment launchgate -o 'jsonpath={.spec.template.spec.containers[0].args}'
accepted helm rollback "$release" "$before" -n "$release_ns" --wait --timeout 120s
shows 'log-level=info' -- kubectl -n "$release_ns" get deployment launchgate -o 'jsonpath={.spec.template.spec.containers[0].args}'
load_stop
no_request_failed 'helm upgrade and rollback, Ignore:'
no_call_skipped 'helm upgrade and rollback, Ignore:'
workload Deployment other "$run_image" | refused 'no ReadinessReview covers' -- try
