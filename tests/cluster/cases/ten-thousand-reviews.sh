# alone
# 10,000 reviews: how long a replica takes from its start to ready, and what it holds. Printed, not asserted.
for replica in gate-a gate-b; do stop_part $replica; done    # they would be writing 10,000 statuses meanwhile
review seed | kubectl create --dry-run=client -o json -f - >"$WORK/seed.json"
url=$api/apis/launchgate.dev/v1alpha1/namespaces/$NS/readinessreviews
pki=$plane/pki
create_every_fourth() {   # create_every_fourth FIRST: over one connection
  for ((i = $1; i < 10000; i += 4)); do
    [ $i = $1 ] || echo next
    printf 'url = "%s"\noutput = /dev/null\nheader = "Content-Type: application/json"\ndata = "@%s"\nwrite-out = "%%{http_code}\\n"\ncacert = "%s"\ncert = "%s"\nkey = "%s"\nsilent\n' "$url" "$WORK/seed.$i" "$pki/ca.crt" "$pki/admin.crt" "$pki/admin.key"
  done >"$WORK/config.$1"
  curl -K "$WORK/config.$1" >"$WORK/created.$1"
}
one_line=$(tr -d '\n' <"$WORK/seed.json")
for ((i = 0; i < 10000; i++)); do printf '%s' "${one_line//\"seed\"/\"feature-$i\"}" >"$WORK/seed.$i"; done
for first in 0 1 2 3; do create_every_fourth $first & done
wait
[ "$(cat "$WORK"/created.* | grep -c 201)" = 10000 ] || miss '10000 reviews created' "$(cat "$WORK"/created.* | sort | uniq -c)"
started=$(date +%s%N)
gate_start gate-c --no-operator
echo "measured: ready $((($(date +%s%N) - started) / 1000000)) ms after the start with 10,000 reviews; $(gate_memory gate-c) MiB resident"
for replica in gate-a gate-b; do gate_start $replica; done
workload Deployment feature-9999 | accepted apply
stop_part gate-c
