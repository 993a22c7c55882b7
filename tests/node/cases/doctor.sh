# helm test runs doctor in the cluster: every phase is well, the rights of the chart's own account included.
accepted helm test "$release" -n "$release_ns" --timeout 150s
shows 'Succeeded' -- echo "$out"
invalid 'not found' -- kubectl -n "$release_ns" get job launchgate-doctor   # it cleans up behind itself
invalid 'not found' -- kubectl get clusterrole launchgate-doctor

# The same as a person, with the plugin: nothing fails, and a dry run of an LLM workload is refused or let pass by policy.
run kubectl launchgate doctor --namespace "$release_ns" --service-account launchgate
[ "$code" = 0 ] || miss 'doctor to find all well' "$out"
for line in 'ok    webhook: way: the API server reaches a replica' 'ok    permissions: service account launchgate/launchgate' 'ok    Lease: held by launchgate-'; do
  [[ $out == *"$line"* ]] || miss "$line" "$out"
done
