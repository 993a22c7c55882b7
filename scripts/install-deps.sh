#!/usr/bin/env bash
# Installs what is missing on Debian 12, from Debian's packages only. Fast, and silent, when nothing is.
#
#   scripts/install-deps.sh build    to build launchgate, and to run the demo
#   scripts/install-deps.sh test     what `make test` needs besides
#   scripts/install-deps.sh bench    what `make bench` needs besides
#   scripts/install-deps.sh run      what the built program loads, and nothing else: for the container image
set -euo pipefail

build=(g++ make cmake ninja-build ccache libboost1.81-dev nlohmann-json3-dev libyaml-cpp-dev libspdlog-dev libssl-dev
  libcli11-dev libre2-dev libsimdjson-dev prometheus-cpp-dev libgtest-dev libgmock-dev curl ca-certificates)
test=(clang-14 libclang-rt-14-dev clang-format-14 curl openssl python3 python3-yaml python3-jsonschema procps libxml2-utils openssh-client)
test+=(chromium fonts-dejavu-core poppler-utils)                                                # the page of launchgate report
test+=(buildah mmdebstrap)                                                                    # the container image
test+=(containerd runc containernetworking-plugins conntrack nftables iptables iproute2 gcc libc6-dev)   # a real node
run=(libstdc++6 libssl3 libyaml-cpp0.7 libfmt9 libre2-9 libsimdjson14 libprometheus-cpp-core1.0 ca-certificates)
bench=(nginx-light wrk curl openssl)

case "${1:-}" in
  build) wanted=("${build[@]}") ;;
  test) wanted=("${build[@]}" "${test[@]}") ;;
  bench) wanted=("${build[@]}" "${bench[@]}") ;;
  run) wanted=("${run[@]}") ;;
  *) echo "usage: scripts/install-deps.sh build|test|bench|run" >&2; exit 2 ;;
esac

die() { printf 'install-deps.sh: %s\n' "$1" >&2; exit 1; }
command -v dpkg-query >/dev/null ||
  die "not a Debian system: install the equivalents of these yourself: ${wanted[*]}"

missing() {   # the packages of the list that are not installed; one call for all of them
  local installed package
  installed=$'\n'$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)$'\n'
  for package in "$@"; do
    [[ $installed == *$'\n'"installed $package"$'\n'* ]] || printf '%s\n' "$package"
  done
}
mapfile -t lacking < <(missing "${wanted[@]}")
[ ${#lacking[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || die "run it as root, or install these yourself: apt-get install ${lacking[*]}"
  as_root=(sudo)
fi
command -v apt-get >/dev/null || die "no apt-get: install these yourself: ${lacking[*]}"

retry() {   # retry COMMAND...: mirrors fail now and then
  local try
  for try in 1 2 3 4; do
    "$@" && return 0
    [ "$try" = 4 ] || { echo "install-deps.sh: try $try failed, again in $((try * 5)) s" >&2; sleep $((try * 5)); }
  done
  return 1
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
quietly() { "${as_root[@]}" "$@" >"$log" 2>&1 || { tail -20 "$log" >&2; return 1; }; }
echo "installing ${#lacking[@]} packages of Debian and what they need: ${lacking[*]}"
retry quietly apt-get update -q -o Acquire::Retries=3 || die "apt-get update failed; nothing was installed"
retry quietly env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
  -o Acquire::Retries=3 "${lacking[@]}" || die "could not install: ${lacking[*]}"
