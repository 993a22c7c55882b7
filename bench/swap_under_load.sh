#!/usr/bin/env bash
# What a reload costs the requests that are being answered meanwhile: the same load with and without a directory in which
# every review changes again and again. Rounds are interleaved; every answer has to be a 200.
#
#   bench/swap_under_load.sh LAUNCHGATE REVIEWS_DIR REQUEST.json [ROUNDS=3] [SECONDS=5]
#
# The server's threads (one for requests, one that reloads) share core 0; wrk is on core 1. Works on a copy of the
# directory. Loopback only; ends what it started.
set -euo pipefail
server=${1:?} reviews=${2:?} body=${3:?} rounds=${4:-3} seconds=${5:-5}
dir=$(mktemp -d)
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait || true
  rm -rf "$dir"
}
trap finish EXIT
cp -r "$reviews" "$dir/reviews"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
  -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' -keyout "$dir/tls.key" -out "$dir/tls.crt" 2>/dev/null
taskset -c 0 "$server" serve --from "$dir/reviews" --listen 127.0.0.1:0 --plain off --threads 1 --tls-cert "$dir/tls.crt" \
  --tls-key "$dir/tls.key" --log-to stdout >"$dir/log" &
pids+=($!)
for ((i = 0; i < 300; i++)); do grep -q '"msg":"ready"' "$dir/log" && break; sleep 0.1; done
port=$(grep -o '"msg":"listening".*' "$dir/log" | grep -o '"port":[0-9]*' | head -1 | cut -d: -f2)
cat >"$dir/post.lua" <<EOF
local file = io.open("$body", "rb")
wrk.method = "POST"
wrk.body = file:read("*a")
wrk.headers["Content-Type"] = "application/json"
EOF
# A label in every file, so that each reload reads and builds all of them.
change() {
  for ((n = 0; ; n++)); do
    taskset -c 1 sed -i "s/^metadata: {\(labels: {round: r[0-9]*}, \)\?name: app-/metadata: {labels: {round: r$n}, name: app-/" "$dir"/reviews/*.yaml
    sleep 0.5
  done
}
run() {
  taskset -c 1 wrk -t1 -c16 -d"${seconds}s" --latency -s "$dir/post.lua" "https://127.0.0.1:$port/validate?timeout=10s" >"$dir/wrk.out"
  awk -v name="$1" '
    function us(v) { return v ~ /ms$/ ? v * 1000 : v ~ /us$/ ? v + 0 : v * 1000000 }
    $1 == "50%" { p50 = us($2) }  $1 == "99%" { p99 = us($2) }  /^Requests\/sec/ { rps = $2 }
    /Socket errors|Non-2xx/ { errors = 1 }
    END { printf "%s %.0f %.0f %.0f %d\n", name, rps, p50, p99, errors }' "$dir/wrk.out" | tee -a "$dir/results"
}
loads() { grep -c '"msg":"loaded"' "$dir/log"; }
run warm >/dev/null
printf '%-9s %10s %8s %8s %7s\n' directory req/s 'p50 us' 'p99 us' errors
before=$(loads)
for ((i = 0; i < rounds; i++)); do
  run quiet
  change & changer=$!
  run changing
  kill $changer; wait $changer 2>/dev/null || true
done | awk '{ printf "%-9s %10d %8d %8d %7d\n", $1, $2, $3, $4, $5 }'
awk -v loads=$(($(loads) - before)) '
  $1 != "warm" { n[$1]++; for (f = 2; f <= 5; f++) v[$1, f] += $f }
  END { printf "\nmeans, changing / quiet: req/s %.2f   p50 %.2f   p99 %.2f   runs with errors %d   reloads %d\n",
        v["changing", 2] / v["quiet", 2], v["changing", 3] / v["quiet", 3], v["changing", 4] / v["quiet", 4], v["changing", 5] + v["quiet", 5], loads }' "$dir/results"
