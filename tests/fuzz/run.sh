#!/usr/bin/env bash
# Runs each fuzz target for a bounded time on its corpus.
#
#   tests/fuzz/run.sh BUILD_DIR [TARGET...]     FUZZ_SECONDS=20 for each target
#
# Prints one line a target: executions, seconds, result. Exit 1 if one failed; what made it fail stays in
# BUILD_DIR/fuzz-findings/ (or $FUZZ_FINDINGS) and its path is printed: add it to tests/fuzz/corpus/ with the fix.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=${1:?usage: tests/fuzz/run.sh BUILD_DIR [TARGET...]}
shift
seconds=${FUZZ_SECONDS:-20}
findings=${FUZZ_FINDINGS:-$build/fuzz-findings}
mkdir -p "$findings"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
  for source in "$here"/*_fuzz.cpp; do
    name=$(basename "$source" _fuzz.cpp)
    targets+=("$name")
  done
fi

failed=0
for target in "${targets[@]}"; do
  binary=$(find "$build" -name "fuzz_$target" -type f -perm -u+x | head -n 1)
  if [ -z "$binary" ]; then
    echo "fuzz $target: no binary fuzz_$target below $build: cmake --preset fuzz && cmake --build --preset fuzz"
    failed=1
    continue
  fi
  mkdir -p "$work/$target"
  seeds=()
  [ -d "$here/corpus/$target" ] && seeds=("$here/corpus/$target")
  status=0
  "$binary" -max_total_time="$seconds" -max_len=16384 -timeout=10 -rss_limit_mb=2560 -print_final_stats=1 \
    -artifact_prefix="$findings/$target-" "$work/$target" "${seeds[@]}" >"$work/$target.log" 2>&1 || status=$?
  executions=$(awk '/^stat::number_of_executed_units:/ { print $2 }' "$work/$target.log")
  coverage=$(awk '/ cov: / { for (i = 1; i < NF; i++) if ($i == "cov:") c = $(i + 1) } END { print c + 0 }' "$work/$target.log")
  if [ "$status" -eq 0 ]; then
    echo "fuzz $target: ${executions:-0} execs in $seconds s, $coverage edges: ok"
  else
    failed=1
    echo "fuzz $target: ${executions:-0} execs: FAILED (exit $status)"
    grep -vE '^(#[0-9]+[[:space:]]+(NEW|REDUCE|pulse|RELOAD)|stat::)' "$work/$target.log" | tail -n 40 | cut -c1-400
  fi
done
exit "$failed"
