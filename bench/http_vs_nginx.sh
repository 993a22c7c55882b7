#!/usr/bin/env bash
# edge/http against nginx: requests/s, latency and server CPU for each request, side by side on the same core.
#
#   bench/http_vs_nginx.sh SERVER [ROUNDS=3] [SECONDS=5] [CONNECTIONS=16]
#
# SERVER is the constant_server of this folder, which answers without judging, or launchgate itself: then REVIEWS names
# the directory to serve and BODY the AdmissionReview to post (every answer has to be one that allows).
#
# Both servers: one thread pinned to core 0, the same P-256 certificate, TLS 1.3 with the same cipher suite, keep-alive
# without end, no access log, a 134-byte JSON answer to a POST of 5 KB. nginx answers with `return 200`, which receives
# and decrypts the whole body but throws it away 4 KiB at a time: less than what any real backend does with it. The
# client (wrk, one thread) is pinned to core 1. Rounds are interleaved A B A B, so that a noisy neighbour hits both.
# Where the client is the limit, requests/s say little and "CPU us/request" (user + system, from /proc) says it all.
# Loopback only; ends only what it started.
set -euo pipefail

server=${1:?usage: http_vs_nginx.sh CONSTANT_SERVER [ROUNDS] [SECONDS] [CONNECTIONS]}
rounds=${2:-3} seconds=${3:-5} connections=${4:-16}
for tool in nginx wrk openssl taskset curl; do
  command -v "$tool" >/dev/null || { echo "http_vs_nginx.sh: $tool is missing" >&2; exit 2; }
done
[ "$(nproc)" -ge 2 ] || { echo "http_vs_nginx.sh: needs two cores" >&2; exit 2; }

dir=$(mktemp -d)
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait || true
  rm -rf "$dir"
}
trap finish EXIT
ours_port=${OURS_PORT:-24443} nginx_port=${NGINX_PORT:-24444}

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
  -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' -keyout "$dir/tls.key" -out "$dir/tls.crt" 2>/dev/null

answer='{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"705ab4f5-6393-11e8-b7cc-42010a800002","allowed":true}}'
cat >"$dir/nginx.conf" <<EOF
daemon off; master_process off; worker_processes 1; pid $dir/nginx.pid; error_log $dir/error.log error;
events { worker_connections 1024; }
http {
  access_log off; keepalive_requests 1000000000; keepalive_timeout 600s; tcp_nodelay on;
  client_max_body_size 7m; client_body_temp_path $dir/body; proxy_temp_path $dir/proxy;
  fastcgi_temp_path $dir/fastcgi; uwsgi_temp_path $dir/uwsgi; scgi_temp_path $dir/scgi;
  server {
    listen 127.0.0.1:$nginx_port ssl;
    ssl_certificate $dir/tls.crt; ssl_certificate_key $dir/tls.key; ssl_protocols TLSv1.3;
    ssl_prefer_server_ciphers on; ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256;
    default_type application/json;
    location / { return 200 '$answer'; }
  }
}
EOF
if [ -n "${BODY:-}" ]; then
  cp "$BODY" "$dir/body.json"
  cat >"$dir/post.lua" <<EOF
local file = io.open("$dir/body.json", "rb")
wrk.method = "POST"
wrk.body = file:read("*a")
wrk.headers["Content-Type"] = "application/json"
EOF
else
  cat >"$dir/post.lua" <<'EOF'
local object = '{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"705ab4f5","object":"'
wrk.method = "POST"
wrk.body = object .. string.rep("x", 5 * 1024 - #object - 3) .. '"}}'
wrk.headers["Content-Type"] = "application/json"
EOF
fi

if [ "$(basename "$server")" = launchgate ]; then
  arguments=(serve --from "${REVIEWS:?names the directory to serve}" --listen "127.0.0.1:$ours_port" --plain off --threads 1
    --tls-cert "$dir/tls.crt" --tls-key "$dir/tls.key" --log-to stdout)
else
  arguments=(--port "$ours_port" --cert "$dir/tls.crt" --key "$dir/tls.key")
fi
taskset -c 0 "$server" "${arguments[@]}" >"$dir/ours.log" &
ours_pid=$!; pids+=("$ours_pid")
taskset -c 0 nginx -c "$dir/nginx.conf" -p "$dir" 2>"$dir/nginx.log" &
nginx_pid=$!; pids+=("$nginx_pid")
for port in "$ours_port" "$nginx_port"; do
  curl -s -o /dev/null --retry 20 --retry-delay 1 --retry-connrefused --cacert "$dir/tls.crt" "https://127.0.0.1:$port/" ||
    { echo "http_vs_nginx.sh: nothing answers on port $port" >&2; cat "$dir"/*.log >&2; exit 1; }
done

cpu_ticks() { awk '{sub(/.*\) /, ""); print $12 + $13}' "/proc/$1/stat"; }
rss_kib() { awk '/VmRSS/ {print $2}' "/proc/$1/status"; }

# One run: name pid port seconds -> a line "name rps p50us p99us cpu_us_per_request rss_kib errors"
run() {
  local name=$1 pid=$2 port=$3 time=$4 before after
  before=$(cpu_ticks "$pid")
  taskset -c 1 wrk -t1 -c"$connections" -d"${time}s" --latency -s "$dir/post.lua" "https://127.0.0.1:$port/validate?timeout=10s" >"$dir/wrk.out"
  after=$(cpu_ticks "$pid")
  awk -v name="$name" -v ticks=$((after - before)) -v hz="$(getconf CLK_TCK)" -v rss="$(rss_kib "$pid")" '
    function us(v) { return v ~ /ms$/ ? v * 1000 : v ~ /us$/ ? v + 0 : v * 1000000 }
    $1 == "50%" { p50 = us($2) }  $1 == "99%" { p99 = us($2) }
    / requests in / { n = $1 }    /^Requests\/sec/ { rps = $2 }
    /Socket errors|Non-2xx/ { errors = 1 }
    END { printf "%s %.0f %.0f %.0f %.2f %d %d\n", name, rps, p50, p99, ticks * 1e6 / hz / n, rss, errors }' "$dir/wrk.out"
}

if [ -n "${BODY:-}" ]; then
  judged=$(curl -s --retry 20 --retry-delay 1 --retry-all-errors --cacert "$dir/tls.crt" -H 'Content-Type: application/json' --data-binary @"$BODY" \
    "https://127.0.0.1:$ours_port/validate")
  grep -q '"allowed":true.*"tier"' <<<"$judged" || { echo "http_vs_nginx.sh: not a full judgement that allows: $judged" >&2; exit 1; }
fi
run warm "$ours_pid" "$ours_port" 1 >/dev/null
run warm "$nginx_pid" "$nginx_port" 1 >/dev/null
printf '%-6s %10s %8s %8s %16s %9s\n' server req/s 'p50 us' 'p99 us' 'CPU us/request' 'RSS KiB'
for ((i = 0; i < rounds; i++)); do
  run ours "$ours_pid" "$ours_port" "$seconds" | tee -a "$dir/results"
  run nginx "$nginx_pid" "$nginx_port" "$seconds" | tee -a "$dir/results"
done | awk '{ printf "%-6s %10d %8d %8d %16.2f %9d%s\n", $1, $2, $3, $4, $5, $6, $7 ? "  ERRORS" : "" }'

# Medians; ratios above 1 are in our favour for req/s and CPU, below 1 for latency.
awk '
  { for (f = 2; f <= 6; f++) v[$1, f, ++n[$1, f]] = $f }
  function median(s, f,   a, i, j, k, t) {
    k = n[s, f]; for (i = 1; i <= k; i++) a[i] = v[s, f, i]
    for (i = 1; i < k; i++) for (j = i + 1; j <= k; j++) if (a[j] < a[i]) { t = a[i]; a[i] = a[j]; a[j] = t }
    return k % 2 ? a[(k + 1) / 2] : (a[k / 2] + a[k / 2 + 1]) / 2
  }
  END {
    printf "\nmedians, ours / nginx: req/s %.2f   p50 %.2f   p99 %.2f   requests per CPU second %.2f   RSS %.2f\n",
      median("ours", 2) / median("nginx", 2), median("ours", 3) / median("nginx", 3),
      median("ours", 4) / median("nginx", 4), median("nginx", 5) / median("ours", 5), median("ours", 6) / median("nginx", 6)
  }' "$dir/results"
