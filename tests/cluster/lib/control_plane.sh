# A control plane on the loopback: etcd, kube-apiserver, kube-controller-manager, on free ports, in one directory.
#
#   control_plane_up DIR ETCD_TOOLS KUBERNETES_TOOLS [with-controllers]
#   stop_part apiserver KILL; api_start                   an outage of the API server alone, and its end
#   stop_all                                              everything that was started for DIR
#
# After it DIR ($plane) holds admin.conf, launchgate.conf (a service account, with a token file), log/, pki/ and pid/: any
# shell that knows $plane can stop and start parts. Nothing is written outside DIR. Needs bash, openssl and curl.

free_port() {   # of the loopback, below the range that the kernel hands out by itself, so that no client takes it
  local port
  while :; do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}
wait_for() {   # wait_for SECONDS COMMAND...: until it succeeds
  local tries=$(($1 * 20)) i
  shift
  for ((i = 0; i < tries; i++)); do "$@" && return 0; sleep 0.05; done
  return 1
}

# ---- Processes, known by a file with their pid. A pid that is no longer what was started is left alone.

start_part() {   # start_part NAME COMMAND...: in the background, its output in log/NAME; the command names $plane
  local name=$1
  shift
  "$@" >>"$plane/log/$name" 2>&1 </dev/null &
  echo $! >"$plane/pid/$name"
  disown
}
runs() {   # runs NAME
  local pid
  pid=$(cat "$plane/pid/$1" 2>/dev/null) && grep -qsaF "$plane" "/proc/$pid/cmdline"
}
gone() { ! grep -qs '^[0-9]* (.*) [^Z]' "/proc/$1/stat"; }   # or a zombie: its ports are free
stop_part() {   # stop_part NAME [SIGNAL]: and waits until it has gone
  runs "$1" || return 0
  local pid
  pid=$(cat "$plane/pid/$1")
  kill "-${2:-TERM}" "$pid" 2>/dev/null || true
  wait_for 15 gone "$pid" || kill -KILL "$pid" 2>/dev/null || true
  rm -f "$plane/pid/$1"
}
stop_all() {
  local file
  for file in "$plane"/pid/*; do [ -e "$file" ] && stop_part "${file##*/}" KILL; done
  return 0
}

# ---- Who is who: one CA, a certificate for each component, and the service accounts' key.

certificate() {   # certificate NAME SUBJECT [SUBJECT-ALT-NAME]
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "$2" -keyout "$plane/pki/$1.key" -out "$plane/pki/$1.csr" 2>/dev/null
  openssl x509 -req -in "$plane/pki/$1.csr" -CA "$plane/pki/ca.crt" -CAkey "$plane/pki/ca.key" -CAcreateserial -days 2 -out "$plane/pki/$1.crt" \
    -extfile <(printf 'basicConstraints=CA:FALSE\nextendedKeyUsage=clientAuth,serverAuth\n%s\n' "${3:+subjectAltName=$3}") 2>/dev/null
}

kubeconfig() {   # kubeconfig NAME USER-IN-YAML [NAMESPACE]
  cat >"$plane/$1.conf" <<CONF
apiVersion: v1
kind: Config
clusters: [{name: here, cluster: {server: "https://127.0.0.1:$api_port", certificate-authority: $plane/pki/ca.crt}}]
users: [{name: me, user: {$2}}]
contexts: [{name: here, context: {cluster: here, user: me, namespace: ${3:-default}}}]
current-context: here
CONF
}

make_identities() {
  mkdir -p "$plane/pki"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=cluster-ca \
    -keyout "$plane/pki/ca.key" -out "$plane/pki/ca.crt" 2>/dev/null
  openssl genrsa -out "$plane/pki/sa.key" 2048 2>/dev/null
  openssl rsa -in "$plane/pki/sa.key" -pubout -out "$plane/pki/sa.pub" 2>/dev/null
  certificate apiserver /CN=kube-apiserver IP:127.0.0.1,IP:10.96.0.1,DNS:localhost,DNS:kubernetes.default.svc
  certificate admin /O=system:masters/CN=admin
  certificate kcm /CN=system:kube-controller-manager
  kubeconfig admin "client-certificate: $plane/pki/admin.crt, client-key: $plane/pki/admin.key"
  kubeconfig kcm "client-certificate: $plane/pki/kcm.crt, client-key: $plane/pki/kcm.key"
  kubeconfig launchgate "tokenFile: $plane/launchgate.token" launchgate
}

# ---- The parts.

nobody_listens() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
api_start() {
  # The kernel takes a moment to tear down a killed server of 400 MB; its port is taken until then.
  wait_for 20 nobody_listens "$api_port" || { echo "port $api_port stays taken"; return 1; }
  start_part apiserver "$kubernetes_tools/kube-apiserver" --etcd-servers="http://127.0.0.1:$etcd_port" \
    --bind-address=127.0.0.1 --secure-port="$api_port" --endpoint-reconciler-type=none --service-cluster-ip-range=10.96.0.0/16 \
    --tls-cert-file="$plane/pki/apiserver.crt" --tls-private-key-file="$plane/pki/apiserver.key" --client-ca-file="$plane/pki/ca.crt" \
    --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$plane/pki/sa.pub" \
    --service-account-signing-key-file="$plane/pki/sa.key" --authorization-mode=Node,RBAC --watch-cache=true \
    --audit-policy-file="$plane/audit.yaml" --audit-log-path="$plane/log/audit" --audit-log-maxsize=100 \
    --max-requests-inflight=2000 --max-mutating-requests-inflight=1000 --etcd-compaction-interval=0 ${API_SERVER_FLAGS:-}
  wait_for 60 api_answers || { tail -n 20 "$plane/log/apiserver"; return 1; }
}
api_answers() {
  runs apiserver || return 1
  curl -fsS -o /dev/null --max-time 5 --cacert "$plane/pki/ca.crt" --cert "$plane/pki/admin.crt" --key "$plane/pki/admin.key" \
    "https://127.0.0.1:$api_port/readyz" 2>/dev/null
}
control_plane_up() {
  plane=$1 etcd_tools=$2 kubernetes_tools=$3
  mkdir -p "$plane/log" "$plane/pid"
  # Kept in files, because cases that stop the API server and start it again run in shells of their own.
  etcd_port=$(free_port) api_port=$(free_port)
  printf 'etcd_port=%s api_port=%s etcd_tools=%q kubernetes_tools=%q\n' "$etcd_port" "$api_port" "$etcd_tools" "$kubernetes_tools" >"$plane/parts"
  local peer=http://127.0.0.1:$(free_port)
  make_identities
  # Only what launchgate has annotated: the audit log is where its decisions are kept.
  printf 'apiVersion: audit.k8s.io/v1\nkind: Policy\nomitStages: [RequestReceived]\nrules: [{level: Metadata, verbs: [create, update, patch], resources: [{group: apps}, {group: batch}, {group: "", resources: [pods]}]}, {level: None}]\n' >"$plane/audit.yaml"
  start_part etcd "$etcd_tools/etcd" --data-dir "$plane/etcd" --unsafe-no-fsync --listen-client-urls "http://127.0.0.1:$etcd_port" \
    --advertise-client-urls "http://127.0.0.1:$etcd_port" --listen-peer-urls "$peer" --initial-advertise-peer-urls "$peer" --initial-cluster "default=$peer"
  api_start
  [ "${4:-}" = with-controllers ] || return 0
  start_part kcm "$kubernetes_tools/kube-controller-manager" --kubeconfig="$plane/kcm.conf" --leader-elect=false --bind-address=127.0.0.1 --secure-port=0 \
    --service-account-private-key-file="$plane/pki/sa.key" --root-ca-file="$plane/pki/ca.crt" --use-service-account-credentials
}
