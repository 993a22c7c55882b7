# bench/lib.sh: what the measurements over TLS share. Sourced. Makes $dir, and at the exit ends what start() started.
#
# Servers have one thread, pinned to core 0; the client (wrk, one thread) is pinned to core 1. All servers have the same
# P-256 certificate and speak TLS 1.3. Where the client is the limit, requests/s say little and the server's CPU time for
# each request (user + system, from /proc) says it all.
for tool in nginx wrk openssl taskset curl; do
  command -v "$tool" >/dev/null || { echo "$(basename "$0"): $tool is missing" >&2; exit 2; }
done
[ "$(nproc)" -ge 2 ] || { echo "$(basename "$0"): needs two cores" >&2; exit 2; }

dir=$(mktemp -d)
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait || true
  rm -rf "$dir"
}
trap finish EXIT
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
  -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' -keyout "$dir/tls.key" -out "$dir/tls.crt" 2>/dev/null

die() { echo "$(basename "$0"): $*" >&2; cat "$dir"/*.log >&2 2>/dev/null | tail -20; exit 1; }

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# start NAME COMMAND...: on core 0, its output in NAME.log; $pid is its process.
start() {
  local name=$1
  shift
  taskset -c 0 "$@" >"$dir/$name.log" 2>&1 &
  pid=$!
  pids+=("$pid")
}

# start_launchgate BINARY REVIEWS: serves them; returns when they are loaded. $pid and $port say where.
start_launchgate() {
  start ours "$1" serve --from "$2" --listen 127.0.0.1:0 --plain off --threads 1 --tls-cert "$dir/tls.crt" --tls-key "$dir/tls.key" --log-to stdout
  await_ready "$dir/ours.log"
  port=$(grep '"msg":"listening"' "$dir/ours.log" | grep -o '"port":[0-9]*' | head -1 | cut -d: -f2)
}

# "listening" comes first: until "ready" the reviews are being read.
await_ready() {
  for ((i = 0; i < 1200; i++)); do
    grep -q '"msg":"ready"' "$1" 2>/dev/null && return
    sleep 0.1
  done
  die "the server was not ready within two minutes"
}

answers_on() {
  curl -s -o /dev/null --retry 20 --retry-delay 1 --retry-connrefused --cacert "$dir/tls.crt" "https://127.0.0.1:$1/" ||
    die "nothing answers on port $1"
}

# The request that is posted. As a dry run: what was admitted is remembered, and its second time would be a rollback
# (step 6), which is answered without a judgement. A dry run has no such effect.
use_body() {
  sed 's/"dryRun":false/"dryRun":true/' "$1" >"$dir/body.json"
  grep -q '"dryRun":true' "$dir/body.json" || die "$1 does not say dryRun"
  cat >"$dir/post.lua" <<LUA
local file = io.open("$dir/body.json", "rb")
wrk.method = "POST"
wrk.body = file:read("*a")
wrk.headers["Content-Type"] = "application/json"
LUA
}

# A full judgement that allows: gates were run (a tier), and no earlier step settled it (a note would say which).
is_judged() {
  local answer
  answer=$(curl -s --cacert "$dir/tls.crt" -H 'Content-Type: application/json' --data-binary @"$dir/body.json" "https://127.0.0.1:$1/validate")
  grep -q '"allowed":true.*"tier":"' <<<"$answer" && ! grep -q '"note":' <<<"$answer" || die "not a full judgement that allows: $answer"
}

cpu_ticks() { awk '{sub(/.*\) /, ""); print $12 + $13}' "/proc/$1/stat"; }
rss_kib() { awk '/VmRSS/ {print $2}' "/proc/$1/status"; }

# load NAME PID PORT SECONDS CONNECTIONS: one run; a line "NAME req/s p50us p99us cpu_us_per_request rss_kib errors".
load() {
  local before after
  before=$(cpu_ticks "$2")
  taskset -c 1 wrk -t1 -c"$5" -d"${4}s" --latency -s "$dir/post.lua" "https://127.0.0.1:$3/validate?timeout=10s" >"$dir/wrk.out"
  after=$(cpu_ticks "$2")
  awk -v name="$1" -v ticks=$((after - before)) -v hz="$(getconf CLK_TCK)" -v rss="$(rss_kib "$2")" '
    function us(v) { return v ~ /ms$/ ? v * 1000 : v ~ /us$/ ? v + 0 : v * 1000000 }
    $1 == "50%" { p50 = us($2) }  $1 == "99%" { p99 = us($2) }
    / requests in / { n = $1 }    /^Requests\/sec/ { rps = $2 }
    /Socket errors|Non-2xx/ { errors = 1 }
    END { printf "%s %.0f %.0f %.0f %.2f %d %d\n", name, rps, p50, p99, n ? ticks * 1e6 / hz / n : 0, rss, errors }' "$dir/wrk.out"
}

heading() { printf '%-9s %10s %8s %8s %16s %9s\n' "$1" req/s 'p50 us' 'p99 us' 'CPU us/request' 'RSS KiB'; }

# Of load()'s lines: keeps them in $dir/results and prints them.
show() { tee -a "$dir/results" | awk '{ printf "%-9s %10d %8d %8d %16.2f %9d%s\n", $1, $2, $3, $4, $5, $6, $7 ? "  ERRORS" : "" }'; }

# medians A B: ratios A / B of the medians over all rounds; above 1 is good for req/s and CPU, below 1 for the rest.
medians() {
  awk -v a="$1" -v b="$2" '
    { for (f = 2; f <= 6; f++) v[$1, f, ++n[$1, f]] = $f; bad += $7 }
    function median(s, f,   x, i, j, k, t) {
      k = n[s, f]; for (i = 1; i <= k; i++) x[i] = v[s, f, i]
      for (i = 1; i < k; i++) for (j = i + 1; j <= k; j++) if (x[j] < x[i]) { t = x[i]; x[i] = x[j]; x[j] = t }
      return k % 2 ? x[(k + 1) / 2] : (x[k / 2] + x[k / 2 + 1]) / 2
    }
    END {
      printf "\nmedians, %s / %s: req/s %.2f   p50 %.2f   p99 %.2f   requests per CPU second %.2f   RSS %.2f   runs with errors %d\n",
        a, b, median(a, 2) / median(b, 2), median(a, 3) / median(b, 3), median(a, 4) / median(b, 4),
        median(b, 5) / median(a, 5), median(a, 6) / median(b, 6), bad
    }' "$dir/results"
}
