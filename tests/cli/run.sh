#!/usr/bin/env bash
# The command line as people use it: exit codes, streams and shapes (DESIGN: the table of verbs).
#   tests/cli/run.sh LAUNCHGATE
set -uo pipefail
cd "$(dirname "$0")/../.."
launchgate=$(realpath "${1:?usage: run.sh LAUNCHGATE}")
requests=tests/data/admission-reviews
now=2026-11-24T12:00:00Z
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); printf 'FAILED %s\n' "$1"; sed 's/^/    out| /' "$work/out" | head -20; sed 's/^/    err| /' "$work/err" | head -20; }
# run CODE NAME ARGS...: runs launchgate, keeps its streams, checks the exit code.
run() {
  local code=$1 name=$2; shift 2
  timeout 30 "$launchgate" "$@" >"$work/out" 2>"$work/err" </dev/null
  local got=$?
  if [ "$got" = "$code" ]; then ok; else bad "$name: exit code $got, expected $code"; fi
}
says() { if grep -qF -- "$1" "$work/out"; then ok; else bad "stdout lacks: $1"; fi; }
complains() { if grep -qF -- "$1" "$work/err"; then ok; else bad "stderr lacks: $1"; fi; }
silent() { if [ ! -s "$work/out" ]; then ok; else bad "stdout is not empty: $1"; fi; }
json() { if python3 -c "import json,sys; d=json.load(open('$work/out')); sys.exit(not ($1))"; then ok; else bad "json: $1"; fi; }

# admit
run 0 "admit a covered workload" admit --from examples/moderate --now $now $requests/create-deployment-labelled.json
json "d['response']['allowed'] is True and d['response']['uid'] == json.load(open('$requests/create-deployment-labelled.json'))['request']['uid'] and d['kind'] == 'AdmissionReview' and d['apiVersion'] == 'admission.k8s.io/v1'"
mkdir "$work/empty"
run 1 "admit without a review" admit --from "$work/empty" --now $now $requests/create-deployment-labelled.json
json "d['response']['status']['code'] == 403 and d['response']['status']['reason'] == 'Forbidden' and d['response']['status']['details']['causes'][0]['reason'] == 'PRR-COV-01'"
for request in "$requests"/*.json; do
  timeout 30 "$launchgate" admit --from examples/moderate --now $now "$request" >"$work/out" 2>"$work/err"
  case $? in 0 | 1) ok ;; *) bad "admit $request" ;; esac
  json "d['response']['uid'] == json.load(open('$request'))['request']['uid']"
done
for fault in '{' '[]' '{"kind":"AdmissionReview"}' '{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1beta1","request":{"uid":"1"}}' \
  '{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{}}' '{"a":1,"a":2}' "$(printf '[%.0s' $(seq 5000))"; do
  printf '%s' "$fault" >"$work/fault.json"
  run 2 "admit ${fault:0:40}" admit --from examples/moderate "$work/fault.json"
  silent "admit ${fault:0:40}"
done
run 2 "admit a file that is not there" admit --from examples/moderate "$work/nothing.json"
run 2 "admit from a directory that is not there" admit --from "$work/nothing" $requests/create-deployment-labelled.json
run 2 "admit from a broken directory" admit --from examples/broken $requests/create-deployment-labelled.json
silent "admit from a broken directory"

# check
run 0 "check the low example" check --now $now examples/low
says "passed"
for tier in low moderate high critical; do
  run 0 "check -o json $tier" check --now $now -o json examples/$tier
  json "d['kind'] == 'CheckReport' and d['apiVersion'] == 'launchgate.dev/v1alpha1' and d['results'][0]['tier'] == '$tier' and d['results'][0]['allowed'] is True"
  json "all(k in d['results'][0] for k in 'file line workload allowed mode tier tierReasons review detection gates counts'.split())"
  json "all(k in g for g in d['results'][0]['gates'] for k in 'id slug result strength reason message fix path'.split())"
done
for file in examples/broken/*.yaml; do   # each says in its header what happens
  code=$(sed -n 's/^# launchgate check: exit \([0-9]\).*/\1/p' "$file" | head -1)
  run "${code:-?}" "check $file" check --now $now "$file"
  for gate in $(sed -n 's/^# launchgate check: exit [0-9]\.\(.*\)/\1/p' "$file" | grep -o 'PRR-[A-Z]*-[0-9]*' | sort -u); do says "$gate"; done
done
"$launchgate" check --now $now - <examples/low/workload.yaml >"$work/out" 2>"$work/err"
[ $? = 1 ] && ok || bad "check from standard input"
if grep -q $'\e' "$work/out"; then bad "colour in a pipe"; else ok; fi

# tier
run 0 "tier" tier examples/high/review.yaml --from examples/high/profile.yaml -o json
json "d['tier'] == 'high' and d['reasons'][0]['code'] == 'base' and d['reasons'][0]['text']"
run 0 "tier as text" tier examples/critical/review.yaml
says "critical"
run 2 "tier of no review" tier examples/low/workload.yaml

# the catalogue
run 0 "gates" gates
says "PRR-COST-01"
run 0 "gates -o json" gates -o json
json "len(d) >= 58 and all(g['why'] and g['fix'] for g in d)"
run 0 "explain by id" explain PRR-COST-01
says "a loop spends the quarter in a weekend"
run 0 "explain by name" explain budget-set
run 2 "explain nothing" explain PRR-NO-99
run 0 "version" version
run 0 "help" --help
says "Exit codes"
for verb in serve admit check tier gates explain version; do run 0 "$verb --help" $verb --help; done
run 2 "no verb"
run 2 "no such verb" frobnicate
run 2 "no such option" check --frobnicate x

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
