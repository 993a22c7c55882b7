#!/usr/bin/env bash
# make test: every part in order, each with its minutes; goes on after a failure and fails at the end.
# A part that cannot run here is skipped by name. With CI=true a skip for want of Go is a failure.
set -uo pipefail
cd "$(dirname "$0")/.."
jobs=${JOBS:-$(nproc)}
werror=OFF; [ "${CI:-}" = true ] && werror=ON
names=() minutes=() states=()

part() {   # part NAME FUNCTION
  local start state=passed
  start=$(date +%s)
  printf '\n=== %s\n' "$1"
  "$2"
  case $? in 0) ;; 77) state=skipped ;; *) state=FAILED ;; esac
  names+=("$1") states+=("$state")
  minutes+=("$(awk "BEGIN {printf \"%.1f\", ($(date +%s) - $start) / 60}")")
  printf '=== %s: %s after %s minutes\n' "$1" "$state" "${minutes[-1]}"
}

release() {
  cmake --preset release -DLAUNCHGATE_TESTS=ON -DLAUNCHGATE_WERROR=$werror >/dev/null && cmake --build build -j "$jobs" &&
    ctest --test-dir build --output-on-failure -j "$jobs" | tail -25
  return "${PIPESTATUS[0]}"
}
schemas() { python3 crds/share.py --check && python3 tests/crds/validate_samples.py; }
apiserver_schemas() {
  if ! command -v go >/dev/null; then
    echo "skipped: no Go toolchain; the CRDs were not tried with the API server's own library"
    [ "${CI:-}" = true ] && return 1
    return 77
  fi
  (cd tests/crds/apiserver && go test ./...)
}
server() { tests/server/run.sh build/launchgate; }
command_line() { tests/cli/run.sh build/launchgate; }
demo() { scripts/demo.sh build/launchgate; }
sanitized() {   # sanitized PRESET TARGET CTEST-ARGS...
  local preset=$1 target=$2; shift 2
  cmake --preset "$preset" >/dev/null && cmake --build "build/$preset" -j "$jobs" --target "$target" &&
    ctest --test-dir "build/$preset" --output-on-failure -j "$jobs" "$@" | tail -15
  return "${PIPESTATUS[0]}"
}
address() { sanitized asan-ubsan unit_tests -LE source; }
threads() { TSAN_OPTIONS=halt_on_error=1 sanitized tsan thread_tests -L threads; }
fuzz() { cmake --preset fuzz >/dev/null && cmake --build build/fuzz -j "$jobs" && tests/fuzz/run.sh build/fuzz; }
format() { git ls-files '*.h' '*.cpp' | xargs clang-format-14 --dry-run -Werror; }

part "unit tests (release)" release
part "schemas" schemas
part "schemas, with the API server's library" apiserver_schemas
part "the server over TLS" server
part "the command line" command_line
part "the demo" demo
part "unit tests (address and undefined behaviour sanitizers)" address
part "unit tests with threads (thread sanitizer)" threads
part "fuzzers" fuzz

printf '\n%8s  %-8s  %s\n' minutes result part
passed=0 failed=0 skipped=0
for i in "${!names[@]}"; do
  printf '%8s  %-8s  %s\n' "${minutes[$i]}" "${states[$i]}" "${names[$i]}"
  case ${states[$i]} in passed) ((passed++)) ;; skipped) ((skipped++)) ;; *) ((failed++)) ;; esac
done
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
