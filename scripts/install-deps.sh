#!/usr/bin/env bash
# Installs what is missing on Debian 12, from Debian's packages only. Fast, and silent, when nothing is.
#   scripts/install-deps.sh build|test|bench
set -euo pipefail

build=(g++ make cmake ninja-build ccache libboost1.81-dev nlohmann-json3-dev libyaml-cpp-dev libspdlog-dev libssl-dev
  libcli11-dev libre2-dev libsimdjson-dev prometheus-cpp-dev curl ca-certificates)
test=(libgtest-dev libgmock-dev clang-14 libclang-rt-14-dev clang-format-14 openssl python3 python3-yaml python3-jsonschema)
bench=(nginx-light wrk openssl)
case "${1:-build}" in
  build) wanted=("${build[@]}") ;;
  test) wanted=("${build[@]}" "${test[@]}") ;;
  bench) wanted=("${build[@]}" "${bench[@]}") ;;
  *) echo "usage: install-deps.sh build|test|bench" >&2; exit 2 ;;
esac

missing=()
for package in "${wanted[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

command -v apt-get >/dev/null || { echo "install-deps.sh: needs Debian's apt-get; install these yourself: ${missing[*]}" >&2; exit 1; }
root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "install-deps.sh: run as root, or install these yourself: ${missing[*]}" >&2; exit 1; }
  root=(sudo)
fi
echo "installing ${missing[*]}"
for try in 1 2 3; do
  "${root[@]}" apt-get update -q && break
  [ "$try" = 3 ] && exit 1
  sleep $((try * 5))
done
DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}"
