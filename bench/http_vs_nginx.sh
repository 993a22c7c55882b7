#!/usr/bin/env bash
# The server against nginx: requests/s, latency and server CPU for each request, side by side on the same core.
#
#   bench/http_vs_nginx.sh SERVER [ROUNDS=3] [SECONDS=5] [CONNECTIONS=16]
#
# SERVER is the constant_server of this folder, which answers without judging, or launchgate itself: then REVIEWS names
# the directory to serve and BODY the AdmissionReview to post. Each answer has to be a full judgement that allows; the
# second and one behind the last round are looked at.
#
# nginx: the same certificate, protocol and cipher suite, keep-alive without end, no access log, a 134-byte JSON answer.
# It answers with `return 200`, which receives and decrypts the whole body but throws it away 4 KiB at a time: less than
# what any real backend does with it. Rounds are interleaved A B A B, so that a noisy neighbour hits both.
# Loopback only; ends only what it started.
set -euo pipefail
server=${1:?usage: http_vs_nginx.sh SERVER [ROUNDS] [SECONDS] [CONNECTIONS]}
rounds=${2:-3} seconds=${3:-5} connections=${4:-16}
. "$(dirname "$0")/lib.sh"
nginx_port=$(free_port)

answer='{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"705ab4f5-6393-11e8-b7cc-42010a800002","allowed":true}}'
cat >"$dir/nginx.conf" <<EOT
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
EOT
if [ -n "${BODY:-}" ]; then
  use_body "$BODY"
else
  cat >"$dir/post.lua" <<'EOT'
local object = '{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"705ab4f5","object":"'
wrk.method = "POST"
wrk.body = object .. string.rep("x", 5 * 1024 - #object - 3) .. '"}}'
wrk.headers["Content-Type"] = "application/json"
EOT
fi

if [ "$(basename "$server")" = launchgate ]; then
  start_launchgate "$server" "${REVIEWS:?names the directory to serve}"
else
  port=$(free_port)
  start ours "$server" --port "$port" --cert "$dir/tls.crt" --key "$dir/tls.key"
fi
ours_pid=$pid ours_port=$port
start nginx nginx -c "$dir/nginx.conf" -p "$dir"
nginx_pid=$pid
for port in "$ours_port" "$nginx_port"; do answers_on "$port"; done

if [ -n "${BODY:-}" ]; then for look in first second; do is_judged "$ours_port"; done; fi
for warm in 1 2; do
  load warm "$ours_pid" "$ours_port" 1 "$connections" >/dev/null
  load warm "$nginx_pid" "$nginx_port" 1 "$connections" >/dev/null
done
heading server
for ((i = 0; i < rounds; i++)); do
  load ours "$ours_pid" "$ours_port" "$seconds" "$connections" | show
  load nginx "$nginx_pid" "$nginx_port" "$seconds" "$connections" | show
done
if [ -n "${BODY:-}" ]; then is_judged "$ours_port"; fi
medians ours nginx
