# Both replicas can be scraped, and the series are those that docs and alerts name.
for pod in $(pods); do
  page=$(kubectl get --raw "/api/v1/namespaces/$release_ns/pods/$pod:8080/proxy/metrics")
  for series in launchgate_build_info launchgate_cert_trusted launchgate_store_age_seconds launchgate_cert_not_after_seconds; do
    grep -q "^$series" <<<"$page" || miss "$series of $pod" "$(grep -c . <<<"$page") lines"
  done
  [ "$(sed -n 's/^launchgate_cert_trusted\({.*}\)\? //p' <<<"$page" | sort -u)" = 1 ] || miss 'a certificate that is trusted' "$(grep launchgate_cert_trusted <<<"$page")"
done
# As Prometheus would, from inside the cluster, at the Service's address.
address=$(kubectl -n "$release_ns" get service launchgate -o 'jsonpath={.spec.clusterIP}')
shows '# TYPE launchgate_build_info gauge' -- in_node curl -sS --max-time 5 "http://$address:8080/metrics"
# Every series that the chart's alerts are about exists; one of errors appears with the first.
alerts=$(helm template "$release" "$chart" --set prometheusRule.enabled=true --show-only templates/monitoring.yaml | grep -o 'launchgate_[a-z_]*' | sort -u)
for series in $alerts; do grep -q "^| \`$series\`" "$ROOT/docs/metrics.md" || miss "the series $series of an alert" 'docs/metrics.md does not list it'; done
