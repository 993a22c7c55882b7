# How a load counts its answers: one line for each in $WORK/load.1 to load.4, the pids of its clients in the array `load`.

load_count() { cat "$WORK"/load.[1-4] | wc -l; }
answered() {   # answered N: waits for so many more answers
  local wanted=$(($(load_count) + $1)) i
  for ((i = 0; i < 600; i++)); do [ "$(load_count)" -ge "$wanted" ] && return 0; sleep 0.1; done
  miss "$1 more answers within 60 s" "$(($(load_count) + $1 - wanted))"
}
load_end() {   # load_end N: after so many more answers
  answered "$1"
  kill "${load[@]}"
  wait "${load[@]}" 2>/dev/null || true
  load=()
}
failures() { cat "$WORK"/load.[1-4] | grep -vc '^201$' || true; }
