# launchgate beside the control plane: replicas as processes, a balancer before them as the Service would be, and the
# webhook configuration that points there. Needs control_plane.sh and $plane, $binary.

here_lib=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

gate_start() {   # gate_start NAME FLAGS...: a replica; its ports stay the same when it is started again
  local name=$1 ports=$plane/ports.$1
  shift
  [ -e "$ports" ] || echo "$(free_port) $(free_port)" >"$ports"
  local tls plain
  read -r tls plain <"$ports"
  [ -n "${gate_certificate:-}" ] || local gate_certificate=(--tls-cert "$plane/webhook/tls.crt" --tls-key "$plane/webhook/tls.key")
  start_part "$name" "$binary" serve --listen "127.0.0.1:$tls" --plain "127.0.0.1:$plain" "${gate_certificate[@]}" \
    --threads 2 --shutdown-delay 1s "${gate_source[@]}" "$@"
  wait_for 60 gate_ready "$name" || { echo "launchgate $name is not ready:"; gate_page "$name" /readyz; tail -n 20 "$plane/log/$name"; return 1; }
}
gate_page() {   # gate_page NAME PATH: /readyz, /metrics, in clear text
  local plain
  read -r _ plain <"$plane/ports.$1"
  curl -sS --max-time 5 "http://127.0.0.1:$plain$2" 2>&1
}
gate_ready() {
  local plain
  read -r _ plain <"$plane/ports.$1"
  runs "$1" && curl -fsS -o /dev/null --max-time 5 "http://127.0.0.1:$plain/readyz" 2>/dev/null
}
gate_metric() { gate_page "$1" /metrics | sed -n "s/^$2 //p"; }
gate_memory() { awk '/^VmRSS/ {printf "%.1f", $2 / 1024}' "/proc/$(cat "$plane/pid/$1")/status"; }   # MiB

# ---- The certificate that the replicas share, and the CA bundle that the API server knows them by.

webhook_ca() {   # webhook_ca NAME
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=webhook-$1" \
    -keyout "$plane/webhook/$1.ca.key" -out "$plane/webhook/$1.ca.crt" 2>/dev/null
}
webhook_certificate() {   # webhook_certificate CA: the key first, so that a replica that looks in between waits for its pair
  local dir=$plane/webhook
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=launchgate -keyout "$dir/new.key" -out "$dir/new.csr" 2>/dev/null
  openssl x509 -req -in "$dir/new.csr" -CA "$dir/$1.ca.crt" -CAkey "$dir/$1.ca.key" -CAcreateserial -days 2 -out "$dir/new.crt" \
    -extfile <(printf 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n') 2>/dev/null
  mv "$dir/new.key" "$dir/tls.key"
  mv "$dir/new.crt" "$dir/tls.crt"
}
ca_bundle() { local ca; for ca in "$@"; do cat "$plane/webhook/$ca.ca.crt"; done | base64 -w 0; }   # ca_bundle CA...
webhook_bundle() {   # webhook_bundle CA...: those that the API server is to trust from now on
  echo "$*" >"$plane/webhook/trusted"
  kubectl patch validatingwebhookconfiguration launchgate --type=json -p "[{\"op\": \"replace\", \"path\": \"/webhooks/0/clientConfig/caBundle\", \"value\": \"$(ca_bundle "$@")\"}]"
}

balancer_start() {   # balancer_start NAME...: in front of these replicas; its port is in $plane/balancer.port
  local replica ports=()
  for replica in "$@"; do ports+=("$(tr ' ' : <"$plane/ports.$replica")"); done
  start_part balancer python3 "$here_lib/balancer.py" "$plane/balancer.port" "${ports[@]}"
  wait_for 10 test -s "$plane/balancer.port"
}

webhook_configuration() {   # prints it, with where the balancer listens and the CAs that are trusted
  local trusted
  read -ra trusted <"$plane/webhook/trusted"
  sed -e "s|URL|https://127.0.0.1:$(cat "$plane/balancer.port")/validate|" -e "s|CA_BUNDLE|$(ca_bundle "${trusted[@]}")|" "$here_lib/../objects/webhook.yaml"
}
