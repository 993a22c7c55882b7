#!/usr/bin/env bash
# Packs the binary as a kubectl plugin: the archive, and the krew manifest that names it with its digest.
#   scripts/krew.sh LAUNCHGATE OS ARCH FOLDER     e.g. build/launchgate linux amd64 dist
set -euo pipefail
[ $# -eq 4 ] || { echo "usage: scripts/krew.sh LAUNCHGATE OS ARCH FOLDER" >&2; exit 2; }
binary=$1 os=$2 arch=$3 into=$4
version=v$("$binary" version | cut -d' ' -f2)
root=$(cd "$(dirname "$0")/.." && pwd)
archive=launchgate-$version-$os-$arch.tar.gz
mkdir -p "$into"
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
install -m 755 "$binary" "$stage/kubectl-launchgate"
install -m 644 "$root/LICENSE" "$stage/LICENSE"
# The same bytes for the same input: names in order, no owner, one date.
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@${SOURCE_DATE_EPOCH:-0}" -C "$stage" -cf - . |
  gzip -n >"$into/$archive"
sum=$(sha256sum "$into/$archive" | cut -d' ' -f1)
cat >"$into/launchgate.yaml" <<MANIFEST
apiVersion: krew.googlecontainertools.github.com/v1alpha2
kind: Plugin
metadata:
  name: launchgate
spec:
  version: $version
  homepage: https://github.com/launchgate/launchgate
  shortDescription: Readiness reviews for LLM workloads
  description: |
    Holds the rollout of an LLM workload against its ReadinessReview: owner, budget, telemetry, a way back, and by risk
    tier what else it takes. Judges manifests offline as the cluster's webhook would, and writes first reviews.
  platforms:
  - selector: {matchLabels: {os: $os, arch: $arch}}
    uri: https://github.com/launchgate/launchgate/releases/download/$version/$archive
    sha256: $sum
    bin: kubectl-launchgate
    files:
    - {from: kubectl-launchgate, to: .}
    - {from: LICENSE, to: .}
MANIFEST
