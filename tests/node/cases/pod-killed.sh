# A replica dies under load: no request fails, and it comes back.
load_start
in_node kill -KILL "$(in_node pgrep -x launchgate | sed -n 1p)"   # the process, as the out-of-memory killer would
answered 120
accepted kubectl -n "$release_ns" delete "$(serving | tail -n 1)" --grace-period=0 --force   # the Pod, as a lost node would
answered 120
load_stop
no_request_failed 'a killed process and a killed Pod:'
all_ready() { accepted kubectl -n "$release_ns" rollout status deployment/launchgate --timeout=2s; }
eventually all_ready
