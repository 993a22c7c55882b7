#!/usr/bin/env bash
# Tests everything, part by part, and goes on after a failure.
#
#   scripts/test.sh                 all parts
#   scripts/test.sh unit fuzz       only these
#   scripts/test.sh --list          their names
#
# Prints each part's minutes, at the end a table, and as the last line "N passed, M failed, K skipped". Exits 1 if a
# part failed. A part is skipped only where this machine lacks a toolchain, and says so; with CI=true that is a failure.
# JOBS (cores), FUZZ_SECONDS (each target, 20).
set -uo pipefail
cd "$(dirname "$0")/.."
jobs=${JOBS:-$(nproc)}
ci=${CI:-false}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# name|what it is: the function part_<name> does it. A new part is a line here and a function below.
parts=(
  "format|the product's sources are formatted"
  "unit|unit tests, release build"
  "schemas|the CRDs and their samples, JSON schema"
  "apiserver|the CRDs and their samples, the API server's own library"
  "server|the server over TLS"
  "cli|the command line"
  "report|the page of launchgate report, in headless Chromium"
  "cluster|launchgate in a real control plane"
  "chart|the Helm chart"
  "image|the container image, built for real"
  "node|the chart and the image, installed by helm on a real node"
  "docs|the generated pages of docs/ are those of this program"
  "walkthrough|every command that the documentation shows, run"
  "demo|the demo, and that it leaves nothing behind"
  "asan|unit tests, address and undefined behaviour sanitizers"
  "tsan|unit tests with threads, thread sanitizer"
  "fuzz|fuzz targets, ${FUZZ_SECONDS:-20} s each"
)

# ---- The parts. Each runs in a subshell with errexit, in the repository's root.

part_format() { scripts/format.sh --check; }

part_unit() {
  cmake --preset release -DLAUNCHGATE_TESTS=ON -DLAUNCHGATE_WERROR=ON >/dev/null
  build release
  tests_of build
}

part_schemas() {
  need crds/share.py tests/crds/validate_samples.py
  python crds/share.py --check
  python tests/crds/validate_samples.py
}

part_apiserver() {
  need tests/crds/apiserver/go.mod
  need_go tests/crds/apiserver "the API server's library"
  cd tests/crds/apiserver
  go test ./...
}

part_server() { need tests/server/run.sh build/launchgate; tests/server/run.sh build/launchgate; }
part_cli() {
  need tests/cli/run.sh tests/cli/formats.sh build/launchgate
  tests/cli/run.sh build/launchgate
  tests/cli/formats.sh build/launchgate
  # In a subshell: without Go only this is left out, and said so, where CI allows.
  (need_go tests/cluster/tools/kubernetes "kubectl and helm") || { [ $? = 77 ] || return 1; echo "left out: kustomize and helm on standard input"; return 0; }
  tests/cli/rendered.sh build/launchgate
}

part_report() { need tests/report/run.sh build/launchgate; tests/report/run.sh build/launchgate; }

part_cluster() {
  need tests/cluster/run.sh build/launchgate
  need_go tests/cluster/tools/kubernetes "the control plane"
  tests/cluster/run.sh build/launchgate
}

part_chart() {
  need tests/chart/run.sh build/launchgate
  need_go tests/cluster/tools/kubernetes "helm"
  tests/chart/run.sh build/launchgate
}

part_image() {
  need tests/image/run.sh build/launchgate
  need_root "an image is built in a chroot"
  mountpoint -q / || skip "/ is no mount point, as in a bare chroot: layers of an image cannot be unpacked there"
  tests/image/run.sh build/launchgate build/image/launchgate.tar
}

part_node() {
  need tests/node/run.sh build/launchgate
  need_go tests/cluster/tools/kubernetes "the control plane"
  local reason
  ! reason=$(tests/node/run.sh --cannot) || skip "$reason"
  # The image of this program, unless the part before this one has just built it.
  [ build/image/launchgate.tar -nt build/launchgate ] || tests/image/run.sh build/launchgate build/image/launchgate.tar
  tests/node/run.sh build/launchgate build/image/launchgate.tar
}

part_docs() { need scripts/docs.sh build/launchgate; scripts/docs.sh --check build/launchgate; }

part_walkthrough() {
  need tests/docs/run.sh build/launchgate
  need_go tests/cluster/tools/kubernetes "the control plane"
  tests/docs/run.sh build/launchgate
}

part_demo() {
  need scripts/demo.sh build/launchgate
  local before mark
  before=$(tree_state)
  mark=launchgate-demo-$$-$RANDOM
  mkdir "$scratch/demo"
  TMPDIR=$scratch/demo LAUNCHGATE_DEMO_MARK=$mark scripts/demo.sh build/launchgate
  [ -z "$(ls -A "$scratch/demo")" ] || fail "the demo left files behind: $(ls -A "$scratch/demo")"
  [ "$(tree_state)" = "$before" ] || fail "the demo changed files of the repository"
  # Not through a pipe: its processes would carry no mark, but grep must not miss one that ends meanwhile.
  local left
  left=$(grep -lsaF "LAUNCHGATE_DEMO_MARK=$mark" /proc/[0-9]*/environ || true)
  [ -z "$left" ] || fail "the demo left processes behind: $left"
}

part_asan() {
  cmake --preset asan-ubsan >/dev/null
  build asan-ubsan
  UBSAN_OPTIONS=print_stacktrace=1 tests_of build/asan-ubsan
}

part_tsan() {
  cmake --preset tsan >/dev/null
  build tsan
  TSAN_OPTIONS="halt_on_error=1 second_deadlock_stack=1" tests_of build/tsan -L threads
}

part_fuzz() {
  need tests/fuzz/run.sh
  cmake --preset fuzz >/dev/null
  build fuzz
  tests/fuzz/run.sh build/fuzz
}


# ---- What they share.

fail() { printf '%s\n' "$1"; exit 1; }
skip() {   # skip REASON: ends the part
  [ "$ci" = true ] && fail "CI skips nothing: $1"
  printf '%s' "$1" >"$scratch/reason"
  exit 77
}
need() {   # need PATH...: what a part tests must be there
  local path
  for path in "$@"; do [ -e "$path" ] || fail "$path is missing"; done
}
need_go() {   # need_go MODULE WHAT: a Go that builds WHAT, as the module's go.mod asks; else the part is skipped
  local wanted
  wanted=$(sed -n 's/^go //p' "$1/go.mod")
  command -v go >/dev/null || skip "no Go toolchain (go $wanted or newer) to build $2"
  (cd "$1" && go version >/dev/null 2>&1) || skip "$(GOTOOLCHAIN=local go env GOVERSION) cannot build $2: go $wanted or newer"
}
need_root() { [ "$(id -u)" = 0 ] || skip "not root: $1"; }   # need_root WHY
build() { cmake --build --preset "$1" -j "$jobs" | progress; }
progress() {   # of a build that is no terminal: the last line, and whatever the compiler says
  if [ -t 1 ]; then cat; else grep -vE '^\[[0-9]+/[0-9]+\] (Building|Linking|Generating|Re-running)' || true; fi
}
tests_of() {   # tests_of BUILD_DIR CTEST-ARGUMENTS...: failures in full, and ctest's own summary
  local folder=$1
  shift
  ctest --test-dir "$folder" --output-on-failure --no-tests=error -j "$jobs" "$@" |
    { grep -vE '^ *Start +[0-9]+:|^ *[0-9]+/[0-9]+ Test +#.* Passed +[0-9.]+ sec' || true; }
}
python() {   # the first Python that has what the scripts import; Debian's has python3-yaml and python3-jsonschema
  local candidate
  for candidate in python3 /usr/bin/python3; do
    "$candidate" -c 'import yaml, jsonschema' 2>/dev/null && { "$candidate" "$@"; return; }
  done
  fail "no Python with yaml and jsonschema: scripts/install-deps.sh test"
}
tree_state() { git status --porcelain 2>/dev/null || true; }

# ---- Running them.

asked=()
for argument in "$@"; do
  if [ "$argument" = --list ]; then
    printf '%s\n' "${parts[@]}" | awk -F '|' '{printf "%-11s %s\n", $1, $2}'
    exit 0
  fi
  printf '%s\n' "${parts[@]}" | grep -q "^$argument|" || { echo "test.sh: no part '$argument'; see --list" >&2; exit 2; }
  asked+=("$argument")
done

passed=0 failed=0 skipped=0 table=()
minutes_since() { awk -v from="$1" -v to="$(date +%s.%N)" 'BEGIN {printf "%.1f", (to - from) / 60}'; }
started=$(date +%s.%N)
for part in "${parts[@]}"; do
  name=${part%%|*} what=${part#*|}
  [ ${#asked[@]} -eq 0 ] || [[ " ${asked[*]} " == *" $name "* ]] || continue
  printf '\n=== %s: %s\n' "$name" "$what"
  from=$(date +%s.%N)
  : >"$scratch/reason"
  (set -e; "part_$name") </dev/null
  case $? in
    0) result=passed; passed=$((passed + 1)) ;;
    77) result=skipped; skipped=$((skipped + 1)) ;;
    *) result=FAILED; failed=$((failed + 1)) ;;
  esac
  reason=$(cat "$scratch/reason")
  took=$(minutes_since "$from")
  printf '=== %s: %s after %s minutes%s\n' "$name" "$result" "$took" "${reason:+ ($reason)}"
  table+=("$(printf '%7s  %-8s %-11s %s' "$took" "$result" "$name" "$what${reason:+: $reason}")")
done

printf '\nminutes  result   part\n'
printf '%s\n' "${table[@]}"
printf '%7s  in all\n\n' "$(minutes_since "$started")"
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
