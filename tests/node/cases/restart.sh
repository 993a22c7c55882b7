# A rolling restart under load: no request fails, and none passes unasked.
load_start
accepted kubectl -n "$release_ns" rollout restart deployment/launchgate
accepted kubectl -n "$release_ns" rollout status deployment/launchgate --timeout=90s
gone() { [ "$(pods | wc -l)" = 2 ] || miss 'two Pods' "$(pods)"; }
eventually gone
load_stop
no_request_failed 'a rolling restart, Ignore:'
no_call_skipped 'a rolling restart, Ignore:'
