# One real Kubernetes node with its own control plane: etcd, API server, controller manager, scheduler, kubelet, containerd,
# kube-proxy and a CNI bridge, in namespaces of its own.
#
#   node_cannot                       says why this machine cannot have one; fails where it can
#   node_up DIR ETCD_TOOLS KUBERNETES_TOOLS
#   node_import FILE                  an image, docker-archive
#   in_node COMMAND...                inside its namespaces and cgroups
#   node_down                         kills its first process, and with it everything; removes cgroups, veth, files
#
# After it DIR ($node) holds admin.conf (which works from the host), log/ and pki/. The host's network, sysctls, mounts, /run
# and /var/lib stay as they are; when the shell that called node_up dies, the node dies with it.
#
# What had to be known:
# - The node's cgroups (version 1) are nested below the caller's own, and a cgroup namespace makes them the root.
# - kubelet 1.37 takes cgroup v1 with failCgroupV1: false; containerd 1.6 cannot tell it the cgroup driver, so both are told.
# - Without CAP_SYS_RESOURCE runc dies of a negative oom_score_adj: restrict_oom_score_adj.
# - kubelet wants sysctls that are the whole machine's: files with the wanted values are mounted over them.
# - Without a route for the Services' range the node says "network is unreachable" before kube-proxy's rules are reached.
# - kube-proxy waits a second between two changes unless told otherwise; the tests keep that, as a real cluster has it.

node_programs=(containerd containerd-shim-runc-v2 runc ctr nft conntrack ip nsenter unshare setpriv pgrep openssl gcc tar)
pods_range=10.244.0.0/24 services_range=10.96.0.0/16

node_cannot() {   # prints the reason
  [ "$(id -u)" = 0 ] || { echo "not root: a node needs namespaces, cgroups and a network of its own"; return 0; }
  local program
  for program in "${node_programs[@]}" /usr/lib/cni/bridge /usr/lib/cni/host-local /usr/lib/cni/loopback; do
    command -v "$program" >/dev/null || { echo "$program is missing: scripts/install-deps.sh test"; return 0; }
  done
  grep -q '^[0-9]*:memory:' /proc/self/cgroup && [ -d /sys/fs/cgroup/memory ] ||
    { echo "cgroup version 2 only: the suite nests the node in hierarchies of version 1"; return 0; }
  unshare -m -n -u -i -p -C --fork --mount-proc true 2>/dev/null || { echo "the kernel or a sandbox refuses new namespaces"; return 0; }
  unshare -n nft 'add table ip probe; add chain ip probe nat { type nat hook output priority -100; }' 2>/dev/null ||
    { echo "the kernel has no nftables with NAT"; return 0; }
  unshare -n sh -c 'ip link add probe0 type veth peer name probe1 && ip link add probe2 type bridge' 2>/dev/null ||
    { echo "the kernel has no veth or no bridge"; return 0; }
  grep -qw overlay /proc/filesystems || { echo "the kernel has no overlayfs"; return 0; }
  return 1
}

node_wait() {   # node_wait SECONDS COMMAND...: until it succeeds
  local tries=$(($1 * 10)) i
  shift
  for ((i = 0; i < tries; i++)); do "$@" >/dev/null 2>&1 && return 0; sleep 0.1; done
  echo "not within $((tries / 10)) s: $*" >&2
  return 1
}

# ---- Images without a registry: a docker-archive of one folder.
node_image() {   # node_image NAME:TAG ROOT ENTRYPOINT OUT
  local work
  work=$(mktemp -d -p "$node")
  tar -C "$2" --sort=name --mtime=@0 --owner=0 --group=0 -cf "$work/layer.tar" .
  printf '{"architecture":"amd64","os":"linux","config":{"User":"65532:65532","Entrypoint":["%s"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$3" "$(sha256sum <"$work/layer.tar" | cut -d' ' -f1)" >"$work/config.json"
  printf '[{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$1" >"$work/manifest.json"
  tar -C "$work" -cf "$4" manifest.json config.json layer.tar
  rm -rf "$work"
}
node_import() { in_node ctr -n k8s.io images import "$1" >>"$node/log/import" 2>&1; }

# ---- Who is who.
node_certificate() {   # node_certificate NAME SUBJECT [SUBJECT-ALT-NAMES]
  local pki=$node/pki
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "$2" -keyout "$pki/$1.key" -out "$pki/$1.csr" 2>/dev/null
  openssl x509 -req -in "$pki/$1.csr" -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -CAcreateserial -days 2 -out "$pki/$1.crt" \
    -extfile <(printf 'basicConstraints=CA:FALSE\nextendedKeyUsage=clientAuth,serverAuth\n%s' "${3:+subjectAltName=$3}") 2>/dev/null
}
node_identity() {   # node_identity NAME SUBJECT: a certificate and a kubeconfig
  node_certificate "$1" "$2"
  cat >"$node/$1.conf" <<CONF
apiVersion: v1
kind: Config
clusters: [{name: here, cluster: {server: "https://$node_ip:6443", certificate-authority: $node/pki/ca.crt}}]
users: [{name: me, user: {client-certificate: $node/pki/$1.crt, client-key: $node/pki/$1.key}}]
contexts: [{name: here, context: {cluster: here, user: me}}]
current-context: here
CONF
}
node_identities() {
  local pki=$node/pki
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=cluster-ca -keyout "$pki/ca.key" -out "$pki/ca.crt" 2>/dev/null
  openssl genrsa -out "$pki/sa.key" 2048 2>/dev/null
  openssl rsa -in "$pki/sa.key" -pubout -out "$pki/sa.pub" 2>/dev/null
  node_certificate apiserver /CN=kube-apiserver "IP:127.0.0.1,IP:$node_ip,IP:10.96.0.1,DNS:localhost,DNS:kubernetes.default.svc"
  node_certificate kubelet-client /O=system:masters/CN=apiserver-kubelet-client   # for logs and exec
  node_identity admin /O=system:masters/CN=admin
  node_identity kcm /CN=system:kube-controller-manager
  node_identity scheduler /CN=system:kube-scheduler
  node_identity kubelet /O=system:nodes/CN=system:node:node
  node_identity proxy /CN=system:kube-proxy
}

# ---- The namespaces and cgroups.
node_cgroups() {   # below the caller's own, in each hierarchy; their list is what is removed at the end
  local controllers path folder own
  : >"$node/cgroups"
  while IFS=: read -r _ controllers path; do
    [ -n "$controllers" ] || continue
    folder=/sys/fs/cgroup/${controllers#name=}
    [ -d "$folder" ] || continue
    own=$folder${path%/}/$node_name
    mkdir -p "$own"
    if [ "$controllers" = cpuset ]; then
      cat "$folder$path/cpuset.cpus" >"$own/cpuset.cpus"
      cat "$folder$path/cpuset.mems" >"$own/cpuset.mems"
    fi
    echo "$controllers $own" >>"$node/cgroups"
  done </proc/self/cgroup
}
node_init_script() {   # what the node's first process does before it waits
  cat <<'INIT'
set -eu
mount --make-rprivate / && mount --make-rshared /   # kubelet wants shared propagation; nothing of it leaves
mount -t sysfs sysfs /sys
mount -t tmpfs -o mode=755 cgroup /sys/fs/cgroup
while read -r controllers _; do
  folder=/sys/fs/cgroup/${controllers#name=}
  mkdir "$folder"
  case $controllers in name=*) option=none,$controllers ;; *) option=$controllers ;; esac
  mount -t cgroup -o "$option" cgroup "$folder"
done <"$node/cgroups"
mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=755 tmpfs /var/lib
mkdir /run/netns /var/lib/kubelet /var/lib/cni
mount --bind "$node/kubelet" /var/lib/kubelet
mount --bind "$node/varlog" /var/log
mount --make-rshared /
for file in "$node"/sysctl/*; do mount --bind "$file" "/proc/sys/$(basename "$file" | tr . /)"; done
hostname node
ip link set lo up
sysctl -qw net.ipv4.ip_forward=1 net.bridge.bridge-nf-call-iptables=1 || sysctl -qw net.ipv4.ip_forward=1
touch "$node/began"
exec "$node/pause/pause"
INIT
}
node_namespaces() {
  printf 1 >"$node/sysctl/vm.overcommit_memory"; printf 0 >"$node/sysctl/vm.panic_on_oom"
  printf 10 >"$node/sysctl/kernel.panic"; printf 1 >"$node/sysctl/kernel.panic_on_oops"
  printf 1000000 >"$node/sysctl/kernel.keys.root_maxkeys"; printf 25000000 >"$node/sysctl/kernel.keys.root_maxbytes"
  node_init_script >"$node/init.sh"
  # The signal of a dead parent reaches unshare, and --kill-child the node.
  node=$node setpriv --pdeathsig KILL bash -c 'while read -r _ folder; do echo $$ >"$folder/cgroup.procs"; done <"$node/cgroups"
    exec unshare -m -n -u -i -p -C --fork --mount-proc --kill-child bash "$node/init.sh"' >"$node/log/init" 2>&1 </dev/null &
  local outer=$!
  disown
  node_wait 10 test -e "$node/began" || { cat "$node/log/init"; return 1; }
  pgrep -P "$outer" >"$node/pid"
  ip link add "$node_name" type veth peer name eth0 netns "$(cat "$node/pid")"
  ip addr add "$host_ip/30" dev "$node_name"
  ip link set "$node_name" up
  in_node sh -ec "ip addr add $node_ip/30 dev eth0; ip link set eth0 up
    ip link add services type bridge; ip link set services up; ip route add $services_range dev services src $node_ip"
}
in_node() {
  bash -c 'node=$1; shift; while read -r _ folder; do echo $$ >"$folder/cgroup.procs"; done <"$node/cgroups"
    exec nsenter -t "$(cat "$node/pid")" -m -n -u -i -p -C -W"$node" -- "$@"' _ "$node" "$@"
}
node_part() {   # node_part NAME COMMAND...: a daemon in the node
  local name=$1
  shift
  in_node "$@" >"$node/log/$name" 2>&1 </dev/null &
  disown
}

# ---- What runs in it.
node_control_plane() {
  local etcd=http://127.0.0.1
  node_part etcd "$1/etcd" --data-dir "$node/etcd" --unsafe-no-fsync --listen-client-urls $etcd:2379 --advertise-client-urls $etcd:2379 \
    --listen-peer-urls $etcd:2380 --initial-advertise-peer-urls $etcd:2380 --initial-cluster default=$etcd:2380
  node_part apiserver "$2/kube-apiserver" --etcd-servers=$etcd:2379 --secure-port=6443 --bind-address=0.0.0.0 --advertise-address="$node_ip" \
    --tls-cert-file=pki/apiserver.crt --tls-private-key-file=pki/apiserver.key --client-ca-file=pki/ca.crt \
    --service-account-issuer=https://kubernetes.default.svc --service-account-key-file=pki/sa.pub --service-account-signing-key-file=pki/sa.key \
    --kubelet-client-certificate=pki/kubelet-client.crt --kubelet-client-key=pki/kubelet-client.key --kubelet-preferred-address-types=InternalIP \
    --service-cluster-ip-range=$services_range --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction
}
node_controllers() {
  node_part kcm "$1/kube-controller-manager" --kubeconfig=kcm.conf --service-account-private-key-file=pki/sa.key --root-ca-file=pki/ca.crt \
    --use-service-account-credentials --bind-address=127.0.0.1 --leader-elect=false
  node_part scheduler "$1/kube-scheduler" --kubeconfig=scheduler.conf --bind-address=127.0.0.1 --leader-elect=false
}
node_containerd() {
  cat >"$node/containerd.toml" <<CONF
version = 2
root = "$node/containerd"
state = "/run/containerd"
[grpc]
  address = "/run/containerd/containerd.sock"
[plugins."io.containerd.internal.v1.opt"]
  path = "$node/containerd-opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "launchgate.test/pause:1"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$node/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      SystemdCgroup = false
CONF
  cat >"$node/cni/10-node.conflist" <<CONF
{"cniVersion": "1.0.0", "name": "node", "plugins": [
  {"type": "bridge", "bridge": "cni0", "isGateway": true, "hairpinMode": true,
   "ipam": {"type": "host-local", "ranges": [[{"subnet": "$pods_range"}]], "routes": [{"dst": "0.0.0.0/0"}]}}]}
CONF
  node_part containerd containerd --config containerd.toml
  node_wait 20 in_node ctr version
}
node_kubelet() {
  cat >"$node/kubelet.yaml" <<CONF
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
failCgroupV1: false
cgroupDriver: cgroupfs
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
authentication: {x509: {clientCAFile: $node/pki/ca.crt}, anonymous: {enabled: false}, webhook: {enabled: true}}
authorization: {mode: Webhook}
address: $node_ip
resolvConf: ""
volumePluginDir: $node/plugins
protectKernelDefaults: true
failSwapOn: false
imageGCHighThresholdPercent: 100
evictionHard: {memory.available: "100Mi", nodefs.available: "0%", nodefs.inodesFree: "0%", imagefs.available: "0%", imagefs.inodesFree: "0%"}
CONF
  cat >"$node/proxy.yaml" <<CONF
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
clientConnection: {kubeconfig: $node/proxy.conf}
clusterCIDR: $pods_range
conntrack: {maxPerCore: 0}
CONF
  node_part kubelet "$1/kubelet" --config=kubelet.yaml --kubeconfig=kubelet.conf --hostname-override=node --node-ip="$node_ip"
  node_part kube-proxy "$1/kube-proxy" --config=proxy.yaml --hostname-override=node
}

node_up() {
  node=$1
  # Names and addresses of this run: another one may be on this machine.
  node_name=lgnode$(($$ % 100000))
  local third=$(($$ % 250))
  host_ip=10.251.$third.1 node_ip=10.251.$third.2
  mkdir -p "$node"/{pki,etcd,log,cni,kubelet,containerd,varlog,sysctl,plugins,pause}
  gcc -Os -static -s -o "$node/pause/pause" "$(dirname "${BASH_SOURCE[0]}")/pause.c"
  node_image launchgate.test/pause:1 "$node/pause" /pause "$node/pause.tar"
  node_identities && node_cgroups && node_namespaces && node_control_plane "$2" "$3" && node_containerd || return 1
  node_import "$node/pause.tar"
  local kubectl=("$3/kubectl" --kubeconfig "$node/admin.conf")
  node_wait 60 "${kubectl[@]}" get --raw /readyz || { tail -n 5 "$node/log/apiserver"; return 1; }
  node_controllers "$3" && node_kubelet "$3"
  node_wait 60 "${kubectl[@]}" get node node || { tail -n 5 "$node/log/kubelet"; return 1; }
  "${kubectl[@]}" wait --for=condition=Ready node/node --timeout=60s >/dev/null || return 1
  node_wait 30 "${kubectl[@]}" -n default get serviceaccount default
}

node_down() {
  [ -e "${node:-/nonexistent}/cgroups" ] || return 0
  local pid
  pid=$(cat "$node/pid" 2>/dev/null || echo none)
  if [ "$(readlink "/proc/$pid/exe")" = "$node/pause/pause" ]; then   # it still is our node
    kill -KILL "$pid"
    node_wait 20 test ! -e "/proc/$pid"
  fi
  ip link del "$node_name" 2>/dev/null || true
  local i folder left
  for ((i = 0; i < 50; i++)); do
    left=0
    while read -r _ folder; do
      [ -d "$folder" ] || continue
      find "$folder" -depth -type d -exec rmdir {} + 2>/dev/null || true
      [ ! -d "$folder" ] || left=1
    done <"$node/cgroups"
    [ "$left" = 1 ] || break
    sleep 0.1
  done
  rm -f "$node/cgroups"
}
