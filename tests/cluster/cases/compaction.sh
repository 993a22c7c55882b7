# alone
# While a replica hangs, the world changes and etcd forgets the history (410 Gone): it lists again, and knows what has gone.
review bot | accepted apply
workload Deployment bot | accepted apply
for replica in gate-a gate-b; do runs "$replica" && kill -STOP "$(cat "$plane/pid/$replica")"; done
accepted kubectl delete rr bot
review other | accepted apply
etcd() { curl -sS --max-time 20 "http://127.0.0.1:$etcd_port/v3/kv/$1" -d "$2"; }
revision=$(etcd range '{"key": "AA==", "limit": 1}' | sed -n 's/.*"revision":"\([0-9]*\)".*/\1/p')
shows '"header"' -- etcd compaction "{\"revision\": $revision, \"physical\": true}"
stop_part apiserver KILL                 # its own memory of the history, too
api_start
for replica in gate-a gate-b; do runs "$replica" && kill -CONT "$(cat "$plane/pid/$replica")"; done
gone_is_gone() { workload Deployment bot bot:v2 | refused 'no ReadinessReview covers' -- try; }
eventually gone_is_gone
new_is_there() { workload Deployment other | accepted try; }
eventually new_is_there
