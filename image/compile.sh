#!/bin/sh
# Inside the build: compile.sh BINARY INTO. Takes BINARY where one is given, else compiles the release program.
set -eu
binary=$1 into=$2
mkdir -p "$(dirname "$into")"
if [ -n "$binary" ]; then
  cp "$binary" "$into"
else
  scripts/install-deps.sh build
  cmake --preset release -DLAUNCHGATE_TESTS=OFF
  cmake --build --preset release --target launchgate -j "$(nproc)"
  cp build/launchgate "$into"
fi
