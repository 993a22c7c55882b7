#!/usr/bin/env bash
# make demo: the main job on a terminal. A webhook serves reviews from a directory on loopback; real AdmissionReviews,
# recorded from an API server, are posted to it as an API server would. It ends by itself and leaves nothing behind.
set -euo pipefail
cd "$(dirname "$0")/.."
launchgate=${1:-build/launchgate}
requests=tests/data/admission-reviews

work=$(mktemp -d)
server=
finish() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap finish EXIT

if [ -t 1 ]; then bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' off=$'\e[0m'; else bold= red= green= off=; fi
say() { printf '\n%s== %s%s\n' "$bold" "$1" "$off"; }
die() { printf 'demo: %s\n' "$1" >&2; cat "$work/log" >&2 || true; exit 1; }

# wait_for SECONDS COMMAND...: until it succeeds.
wait_for() {
  local tries=$(($1 * 20)); shift
  for ((i = 0; i < tries; i++)); do "$@" && return 0; sleep 0.05; done
  return 1
}

# post FILE EXPECTED: sends a recorded request and shows what a person would see.
post() {
  local answer message
  answer=$(curl -sS --cacert "$work/ca.pem" -H 'Content-Type: application/json' --data-binary @"$1" "https://localhost:$port/validate")
  message=$(sed -n 's/.*"message":"\(launchgate: .*\)","reason":"Forbidden".*/\1/p' <<<"$answer")
  if grep -q '"allowed":true' <<<"$answer"; then
    printf '%sallowed%s  (%s)\n' "$green" "$off" "$(sed -n 's/.*"auditAnnotations":{\(.*\)}.*/\1/p' <<<"$answer" | tr -d '"{}' | sed -E 's/(digest:r1:sha256:.{8})[0-9a-f]*/\1…/; s/,([a-z])/, \1/g')"
    [ "$2" = allowed ] || die "expected a refusal: $answer"
  else
    printf '%sError from server (Forbidden):%s admission webhook "validate.launchgate.dev" denied the request:\n%b\n' "$red" "$off" "${message//\\\"/\"}"
    [ "$2" = denied ] || die "expected acceptance: $answer"
  fi
}
loads() { curl -sS "http://127.0.0.1:$plain/metrics" | sed -n 's/^launchgate_reload_total{result="ok"} \([0-9]*\).*/\1/p'; }
loaded_again() { [ "$(loads)" != "$1" ]; }
# change COMMAND...: edits the directory and waits until the server has read it again.
change() {
  local before; before=$(loads)
  "$@"
  wait_for 20 loaded_again "$before" || die "the directory was not read again"
}

reviews=$work/reviews
mkdir "$reviews"
cp examples/moderate/namespace.yaml examples/moderate/profile.yaml examples/moderate/evidence.yaml "$reviews"
# The examples carry dates, and dates pass. A demo must not age: its dates are set from today's.
sed -e '/expiresAt:/d' -e "s/until: \".*\"/until: \"$(date -u -d '+60 days' +%F)\"/" examples/moderate/review.yaml >"$work/review.yaml"

say "launchgate serves an empty team directory, with a certificate of its own"
"$launchgate" serve --from "$reviews" --listen 127.0.0.1:0 --plain 127.0.0.1:0 --write-ca "$work/ca.pem" 2>"$work/log" &
server=$!
ports_known() { grep -q '"msg":"listening"' "$work/log"; }
wait_for 20 ports_known || die "the server did not start"
port=$(sed -n 's/.*"msg":"listening".*"port":"\{0,1\}\([0-9]*\).*/\1/p' "$work/log" | head -1)
plain=$(sed -n 's/.*"msg":"listening".*"plain_port":"\{0,1\}\([0-9]*\).*/\1/p' "$work/log" | head -1)
ready() { curl -fsS -o /dev/null "http://127.0.0.1:$plain/readyz" 2>/dev/null; }
wait_for 20 ready || die "the server did not become ready"
echo "ready on port $port"

say "1. A team deploys its FAQ bot. Nobody has reviewed it."
post $requests/create-deployment-labelled.json denied

say "2. The team writes a review, but leaves out the budget and the off switch."
first_try() { sed -e '/^    budget:/d' -e '/^    killSwitch:/d' "$work/review.yaml" >"$reviews/review.yaml"; }
change first_try
post $requests/create-deployment-labelled.json denied

say "3. The fix, as the message says: a budget and an off switch."
whole() { cp "$work/review.yaml" "$reviews/review.yaml"; }
diff -U0 "$reviews/review.yaml" "$work/review.yaml" | grep '^[+] ' || true
change whole
post $requests/create-deployment-labelled.json denied

say "Somebody of another team reads it, and approves what it says: the digest of the review."
digest=$("$launchgate" check -o json "$reviews" examples/moderate/workload.yaml | sed -n 's/.*"reviewDigest": "\(v1:sha256:[0-9a-f]*\)".*/\1/p' | head -1) || true
approve() { sed "s/reviewDigest: .*/reviewDigest: $digest/" examples/moderate/approvals.yaml >"$reviews/approvals.yaml"; }
change approve
post $requests/create-deployment-labelled.json allowed

say "4. Answers go wrong. The team pauses the feature; a new image may not roll out."
pause() { sed 's/^spec:/spec:\n  suspend: true/' "$work/review.yaml" >"$work/paused.yaml"; mv "$work/paused.yaml" "$reviews/review.yaml"; }
change pause
post $requests/update-deployment-image.json denied

say "5. The way back is always open: kubectl rollout undo."
post $requests/update-deployment-rollout-undo.json allowed

say "Done. What the server decided, as it logged it:"
logged() { [ "$(grep -c '"decision":' "$work/log")" -ge 6 ]; }   # the log is written a few times a second
wait_for 10 logged || die "the log lacks decisions"
sed -n 's/.*\("decision":"[a-z]*"\).*\("step":"[A-Za-z]*"\).*/  \1 \2/p' "$work/log"
