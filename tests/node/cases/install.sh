# helm installs the chart in a namespace that takes restricted Pods only; both replicas are ready, and the API server trusts
# and calls them.
restricted_namespace "$release_ns"
from=$SECONDS
accepted install
echo "measured: installed after $((SECONDS - from)) s"
shows "$(printf 'True\nTrue')" -- kubectl -n "$release_ns" get pods "${selector[@]}" -o 'jsonpath={range .items[*]}{.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}'
shows deployed -- helm status "$release" -n "$release_ns"
is_called() { try <<<"$probe" >/dev/null; [ "$(called)" -gt 0 ] || miss 'a call of the webhook' 'none'; }
probe=$(workload Deployment probe "$run_image")
eventually is_called
