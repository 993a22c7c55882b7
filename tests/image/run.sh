#!/usr/bin/env bash
# Builds the container image for real, twice, and holds it to what it promises: tests/image/run.sh LAUNCHGATE_BINARY [INTO]
#
# INTO gets the image as a file for `ctr images import` (docker-archive, named launchgate:test). Needs root (the build's
# commands run in a chroot), buildah, mmdebstrap. No registry is asked: the base is bootstrapped from Debian's packages and
# goes by the name of the one in image/Dockerfile. The program is LAUNCHGATE_BINARY, built on Debian 12 already, so that it
# is compiled once; WITH_COMPILE=true compiles it in the build as a person's `make image` does (ten minutes on two cores).
# Everything lives in one temporary directory.
set -euo pipefail
binary=$(realpath "${1:?usage: run.sh LAUNCHGATE_BINARY [INTO]}") into=${2:-}
cd "$(dirname "$0")/../.."
limit_mb=40
scratch=$(mktemp -d)
finish() { buildah rm --all >/dev/null 2>&1 || true; rm -rf "$scratch"; }
trap finish EXIT
trap 'exit 130' INT TERM
miss() { printf 'FAILED: %s\n' "$1"; shift; printf '  saw: %s\n' "$@"; exit 1; }
holds() { printf 'holds: %s\n' "$1"; }
from=$SECONDS

# A store of its own, in files: no driver of the kernel is needed, and nothing is left.
printf '[storage]\ndriver = "vfs"\ngraphroot = "%s/store"\nrunroot = "%s/run"\n' "$scratch" "$scratch" >"$scratch/storage.conf"
export CONTAINERS_STORAGE_CONF=$scratch/storage.conf BUILDAH_ISOLATION=chroot TMPDIR=$scratch BUILDER=buildah

# ---- The base, under the name that the Dockerfile gives it, with the libraries in it, so that the build needs no network.
wanted=$(sed -n 's/^run=(\(.*\))$/\1/p' scripts/install-deps.sh)
bootstrap() {
  mmdebstrap --quiet --variant=minbase --aptopt='Acquire::Retries "3"' --include="${wanted// /,}" bookworm "$scratch/base.tar" >"$scratch/log" 2>&1
}
bootstrap || { sleep 10; bootstrap; } || { tail -n 20 "$scratch/log"; miss 'mmdebstrap to make a base' "see above"; }   # mirrors fail now and then
base=$(buildah from --quiet scratch)
buildah add --quiet "$base" "$scratch/base.tar" / >/dev/null
buildah commit --quiet --rm "$base" docker.io/library/debian:12-slim >/dev/null
rm "$scratch/base.tar"
echo "a base of Debian 12 stands after $((SECONDS - from)) s"

# ---- The image, twice.
mine=(--binary build/launchgate)
[ "$binary" = "$(realpath build/launchgate 2>/dev/null)" ] || miss 'the binary to be build/launchgate: the build sees nothing outside the tree' "$binary"
[ "${WITH_COMPILE:-false}" != true ] || mine=()
for time in 1 2; do
  [ "$time" = 1 ] || { touch README.md image/Dockerfile; sleep 1; }   # times of files and of the build must not tell
  image/build.sh --tag "launchgate:$time" "${mine[@]}" --build-arg BASE=docker.io/library/debian:12-slim --pull-never >"$scratch/log" 2>&1 ||
    { tail -n 30 "$scratch/log"; miss 'the image to build' "see above"; }
  buildah push --quiet --digestfile "$scratch/digest.$time" "launchgate:$time" "oci-archive:$scratch/image.$time.tar:launchgate:test" >/dev/null
done
id() { buildah inspect --type image --format '{{.FromImageID}}' "$1"; }
[ "$(id launchgate:1)" = "$(id launchgate:2)" ] || miss 'two builds to give one image id' "$(id launchgate:1)" "$(id launchgate:2)"
cmp -s "$scratch/digest.1" "$scratch/digest.2" || miss 'two builds to give one digest' "$(cat "$scratch/digest.1")" "$(cat "$scratch/digest.2")"
holds "two builds give the same image, $(cat "$scratch/digest.1")"

# ---- What is in it.
container=$(buildah from --quiet --pull-never launchgate:1)
root=$(buildah mount "$container")
size=$(du -s --apparent-size --block-size=1 "$root" | cut -f1)
[ "$size" -le $((limit_mb * 1000000)) ] || miss "at most $limit_mb MB" "$((size / 1000000)) MB"
holds "$(awk -v b="$size" 'BEGIN {printf "%.1f", b / 1e6}') MB uncompressed, $(awk -v b="$(stat -c %s "$scratch/image.1.tar")" 'BEGIN {printf "%.1f", b / 1e6}') MB to pull; at most $limit_mb MB"
programs=$(cd "$root" && find . -type f -perm /111 ! -name '*.so*' | sort | tr '\n' ' ')
[ "$programs" = './usr/bin/launchgate ' ] || miss 'no program but launchgate: no shell, no package manager' "$programs"
holds "no shell and no other program is in it"
open=$(cd "$root" && find . ! -type l \( -perm /022 -o -perm /6000 \) -printf '%p ' )
[ -z "$open" ] || miss 'nothing that others may write, and no setuid' "$open"
setting() { buildah inspect --type image --format "$1" launchgate:1; }
[ "$(setting '{{.OCIv1.Config.User}}')" = 65532:65532 ] || miss 'user 65532:65532, by number' "$(setting '{{.OCIv1.Config.User}}')"
[ "$(setting '{{.OCIv1.Config.Entrypoint}}')" = '[/usr/bin/launchgate]' ] || miss 'the entry point launchgate' "$(setting '{{.OCIv1.Config.Entrypoint}}')"
labels=(title description licenses version created)
! git rev-parse HEAD >/dev/null 2>&1 || labels+=(revision)   # an archive of the source has no commit
for label in "${labels[@]}"; do
  value=$(setting "{{index .OCIv1.Config.Labels \"org.opencontainers.image.$label\"}}")
  [ -n "$value" ] && [ "$value" != unknown ] || miss "a label org.opencontainers.image.$label" "${value:-none}"
done
[ "$(ls "$root/var/lib/dpkg/status.d" | grep -c .)" -ge 8 ] || miss 'the packages in status.d, for scanners' "$(ls "$root/var/lib/dpkg/status.d")"
[ "$(readlink "$root/usr/lib/ssl/cert.pem")" = /etc/ssl/certs/ca-certificates.crt ] && grep -q 'BEGIN CERTIFICATE' "$root/etc/ssl/certs/ca-certificates.crt" ||
  miss 'CA certificates where OpenSSL looks' "$(ls -l "$root/usr/lib/ssl")"
holds "user 65532, entry point, labels, CA certificates and the packages' names are as they should be"

# ---- It runs: as that user, without capabilities, on a root that is read-only, without a shell.
inside() {   # inside ARGUMENTS...: launchgate as a Pod has it
  unshare --mount --fork bash -c '
    set -e
    root=$1; shift
    mount --bind "$root" "$root"
    mount -o remount,bind,ro,nosuid "$root"
    exec chroot --userspec=65532:65532 --groups= "$root" /usr/bin/launchgate "$@"' _ "$root" "$@"
}
shown=$(inside version 2>&1) || miss 'launchgate version to run' "$shown"
[[ $shown == *"$(setting '{{index .OCIv1.Config.Labels "org.opencontainers.image.version"}}')"* ]] || miss 'the version of the label' "$shown"
inside gates >"$scratch/gates" 2>&1 || miss 'launchgate gates to run' "$(tail -n 3 "$scratch/gates")"
[ "$(grep -c 'PRR-' "$scratch/gates")" -ge 90 ] || miss 'the catalogue of gates' "$(head -n 3 "$scratch/gates")"
holds "it runs as user 65532 on a read-only root: $shown"
through=$(buildah run --isolation chroot "$container" -- /usr/bin/launchgate version 2>&1) || miss 'buildah run of launchgate version' "$through"
if buildah run --isolation chroot "$container" -- /bin/sh -c true >"$scratch/log" 2>&1; then miss 'no /bin/sh to run' "it ran"; fi

if [ -n "$into" ]; then
  mkdir -p "$(dirname "$into")"
  buildah push --quiet launchgate:1 "docker-archive:$scratch/into.tar:docker.io/library/launchgate:test" >/dev/null
  mv "$scratch/into.tar" "$into"
fi
echo "image: all as expected after $((SECONDS - from)) s"
