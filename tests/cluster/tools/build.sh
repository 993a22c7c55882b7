#!/usr/bin/env bash
# Builds the programs that the cluster tests run, from the Go module proxy, and prints the folder that holds them.
#
#   tests/cluster/tools/build.sh MODULE [PROGRAM...]     MODULE: a folder beside this file; no PROGRAM: all its tools
#
# They are built once and kept outside the tree, under a name that changes with what they are built from:
# ${LAUNCHGATE_TOOLS:-~/.cache/launchgate/tools}/MODULE-HASH. The version of Kubernetes is that of the module's go.mod.
set -euo pipefail
cd "$(dirname "$0")"
module=$1
shift
cd "$module"
hash=$(cat go.mod $(ls go.sum ./*.go 2>/dev/null) | sha256sum | cut -c1-12)
into=${LAUNCHGATE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/launchgate/tools}/$module-$hash
version=$(sed -n 's/.*k8s.io\/kubernetes \(v[0-9.]*\).*/\1/p' go.mod | head -1)
stamp="-X k8s.io/component-base/version.gitVersion=${version:-v0.0.0}"
mkdir -p "$into"

tools() { awk '$1 == "tool" && $2 != "(" {print $2} $1 == "tool" && $2 == "(" {inside = 1; next} $1 == ")" {inside = 0} inside {print $1}' go.mod; }
name_of() { case $1 in */server/v3) echo etcd ;; .) echo "$module" ;; *) basename "$1" ;; esac; }

packages=$(tools)
for package in ${packages:-.}; do   # no tools: the module is a program itself
  name=$(name_of "$package")
  if [ $# -gt 0 ]; then case " $* " in *" $name "*) ;; *) continue ;; esac; fi
  [ -x "$into/$name" ] && continue
  echo "building $name of $module, once" >&2
  # Beside it first: a build that is cut off leaves nothing that looks finished.
  CGO_ENABLED=0 go build -trimpath -ldflags "-s -w $stamp" -o "$into/$name.new" "$package" >&2
  mv "$into/$name.new" "$into/$name"
done
echo "$into"
