#!/usr/bin/env bash
# Builds the container image: image/build.sh [--tag NAME] [--binary FILE] [FLAGS-OF-THE-BUILDER...]
#
#   image/build.sh                                      launchgate:VERSION, compiled from this tree in the build
#   image/build.sh --binary build/launchgate            with a program that was built on Debian 12 already
#   image/build.sh --build-arg BASE=mirror.example.com/debian:12-slim
#
# With buildah or podman two builds of one commit, on one base, give the same image id: every time in it is the commit's.
# With docker the files carry the time of the build. BUILDER names one of the three; else the first that is there.
set -euo pipefail
cd "$(dirname "$0")/.."
die() { printf 'image/build.sh: %s\n' "$1" >&2; exit 1; }

version=$(sed -n 's/^project(launchgate VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
tag=launchgate:$version binary='' more=()
while [ $# -gt 0 ]; do
  case $1 in
    --tag) tag=${2:?--tag NAME}; shift 2 ;;
    --binary) binary=${2:?--binary FILE}; shift 2 ;;
    *) more+=("$1"); shift ;;
  esac
done
[ -z "$binary" ] || [ -x "$binary" ] || die "$binary is no program; build it: make build"

# A tree without git, as from an archive of the source, has no commit.
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
revision=$(git rev-parse HEAD 2>/dev/null || echo unknown)
[ -z "$(git status --porcelain --untracked-files=no 2>/dev/null)" ] || revision+=-modified

builder=${BUILDER:-}
[ -n "$builder" ] || for builder in buildah podman docker ''; do command -v "$builder" >/dev/null && break; done
[ -n "$builder" ] || die "needs buildah, podman or docker"
arguments=(--file image/Dockerfile --tag "$tag" --build-arg BINARY="$binary" --build-arg VERSION="$version"
  --build-arg REVISION="$revision" --build-arg CREATED="$(date -u -d "@$epoch" +%FT%TZ)")
case $(basename "$builder") in
  docker) arguments+=(--build-arg SOURCE_DATE_EPOCH="$epoch") ;;
  *) arguments+=(--timestamp "$epoch" --format oci --layers=false --identity-label=false) ;;
esac
"$builder" build "${arguments[@]}" "${more[@]}" .
