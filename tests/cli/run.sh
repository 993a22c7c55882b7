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

# options that may be given again take one value each: what comes after it is a file
run 0 "check with --from before the path" check --from examples/moderate --now $now -o json examples/moderate/workload.yaml
json "len(d['results']) == 1"
run 1 "check with --from before several paths" check --now $now -o json --from "$work/empty" examples/low/workload.yaml examples/moderate/workload.yaml
json "len(d['results']) == 2"
run 0 "admit with --from before the file" admit --now $now --from examples/moderate $requests/create-deployment-labelled.json
run 0 "tier with --from before the file" tier --from examples/high/profile.yaml examples/high/review.yaml
run 2 "a second word after --from" kinds --from examples/low examples/moderate
complains "examples/moderate"

# bad input: files
bad_files=0
while IFS=$'\t' read -r name said; do
  bad_files=$((bad_files + 1))
  file=$work/bad/$name
  if [ "$said" = tolerated ]; then
    run 0 "check $name" check "$file"
    complains "warning: $file:6: "
    run 1 "admit --from $name" admit --from "$file" --now $now $requests/create-deployment-labelled.json
    continue
  fi
  run 2 "check $name" check "$file"
  complains "$file:$said"
  silent "check $name"
  run 2 "admit --from $name" admit --from "$file" --now $now $requests/create-deployment-labelled.json
  complains "$file:$said"
  silent "admit --from $name"
done < <(python3 tests/support/bad_input.py files "$work/bad")
[ "$bad_files" -ge 20 ] && ok || bad "tests/support/bad_input.py wrote $bad_files files"
"$launchgate" check - <"$work/bad/binary.yaml" >"$work/out" 2>"$work/err"
[ $? = 2 ] && ok || bad "check - of bytes that are no text"
run 2 "check what is not there" check "$work/bad/nothing.yaml"
complains "$work/bad/nothing.yaml"
mkdir "$work/mixed"
cp examples/moderate/*.yaml "$work/bad/typed.yaml" "$work/mixed"
run 2 "check a good folder with one bad file" check --now $now "$work/mixed"
complains "$work/mixed/typed.yaml:7: "
silent "nothing is judged by halves"

# bad input: requests
while IFS=$'\t' read -r name said; do
  case $said in
    refused*) run 2 "admit $name" admit --from "$work/empty" "$work/requests/$name.json"
      complains "$work/requests/$name.json: "
      silent "admit $name" ;;
    answered) run 0 "admit $name" admit --from "$work/empty" "$work/requests/$name.json"
      complains "$work/requests/$name.json: request.object"
      json "d['response']['uid'] == 'u-1' and d['response']['auditAnnotations']['decision'] == 'error' and 'onError' in d['response']['warnings'][0]" ;;
    *) run 0 "admit $name" admit --from "$work/empty" "$work/requests/$name.json"
      json "d['response'] == {**d['response'], 'uid': 'u-1', 'allowed': True}" ;;
  esac
done < <(python3 tests/support/bad_input.py requests "$work/requests")

# A key that stands where it should not is found and not repeated.
run 1 "check a literal key" check --now $now examples/broken/literal-api-key.yaml
if grep -qE 'sk-[A-Za-z0-9_-]{12,}' "$work/out" "$work/err"; then bad "a key is printed"; else ok; fi

# what a newcomer tries
run 0 "check a review alone" check --now $now examples/high/review.yaml --from examples/high
says "nothing was judged"
run 0 "check what nobody has declared" check --now $now examples/broken/unlabelled-llm.yaml
says "looks like an LLM workload: "

printf 'kind: {{ .Values.kind }}\n{{- include "labels" . }}\n' >"$work/template.yaml"
run 2 "check a Helm template" check "$work/template.yaml"
complains "helm template CHART | launchgate check -"
run 0 "tier without the profile" tier examples/high/review.yaml
complains "is not in these files"
run 2 "explain a word" explain budget
complains "do you mean "
complains "PRR-COST-01 budget-set"

# approve, waive, renew: over a folder they print what a person would commit
run 0 "approve what was approved before" approve faq-bot --from examples/moderate --role product --approver ana@example.com --now $now
says "reviewDigest: \"$(sed -n 's/.*reviewDigest: //p' examples/moderate/approvals.yaml | head -1)\""
complains "Nothing has changed since it was last approved (bob@example.com as peer)"
mkdir "$work/again"   # how long a review may hold is counted from its approvals: the same has to be said again, and is another object
cp examples/moderate/*.yaml "$work/again"
approve=(approve faq-bot --from "$work/again" --role product --approver ana@example.com)
run 0 "approve" "${approve[@]}" --now $now
sed "s/^metadata:/&\n  creationTimestamp: \"$now\"/" "$work/out" >"$work/again/ana.yaml"
first=$(sed -n 's/^  name: //p' "$work/out")
run 0 "approve the same on the same day" "${approve[@]}" --now $now
says "name: $first"
run 0 "approve the same in spring" "${approve[@]}" --now 2027-03-01T12:00:00Z
if [ "$(sed -n 's/^  name: //p' "$work/out")" != "$first" ]; then ok; else bad "the same object would be written again: $first"; fi
mkdir "$work/signed"
cp examples/moderate/*.yaml "$work/signed"
ssh-keygen -q -t ed25519 -N '' -C ana@example.com -f "$work/key"
printf 'apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessPolicy\nmetadata: {name: keys}\nspec:\n  mode: enforce\n  packs: [baseline]\n  gates: {PRR-APPR-04: {mode: block}}\n  trust: {approvers: [{name: ana, publicKey: "%s"}]}\n' "$(cat "$work/key.pub")" >"$work/signed/policy.yaml"
approve=(approve faq-bot --from "$work/signed" --role product --approver ana@example.com --now $now)
run 0 "the text to sign" "${approve[@]}" --signed-text
ssh-keygen -Y sign -n launchgate.dev -f "$work/key" <"$work/out" >"$work/signature" 2>/dev/null
run 0 "approve with a signature" "${approve[@]}" --signature "$work/signature" --key-id ana
says "format: ssh"
cp "$work/out" "$work/signed/ana.yaml"
run 2 "approve with a signature and no key" "${approve[@]}" --signature "$work/signature"
complains "--signature needs --key-id"
run 2 "approve with a key and no signature" "${approve[@]}" --key-id ana
complains "--key-id names the key of a signature"
run 2 "approve with a comment that is too long" approve faq-bot --from examples/moderate --role product --approver ana@example.com --now $now --comment "$(printf '%9000s')"
complains "launchgate: --comment has 9000 characters"
run 2 "approve with somebody else's key" "${approve[@]}" --signature "$work/signature" --key-id bob
complains "no key named bob in trust.approvers of a policy verifies the signature"
sed -i 's/amount: 600, currency: EUR/amount: 900, currency: EUR/' "$work/signed/review.yaml"
run 0 "approve after a change" approve faq-bot --from "$work/signed" --role peer --approver cal@example.com --now $now
complains "  ~ cost.budget.amount: 600 -> 900"
run 2 "a signature over what is no longer so" "${approve[@]}" --signature "$work/signature" --key-id ana
run 1 "check after the change" check "$work/signed" --now $now
says "cost.budget changed since ana@example.com approved it"
token=ghp_16C7e42F292c6912E7710c838347Ae178B4a
sed -i "s|https://runbooks|https://bot:$token@runbooks|" "$work/signed/review.yaml"
run 2 "approve a review that holds a key" approve faq-bot --from "$work/signed" --role peer --approver cal@example.com --now $now
complains "holds what looks like a secret (GitHub token): an approval would keep a copy of it. Take it out of ReadinessReview faq-bot, and revoke it"
silent "approve a review that holds a key"
run 0 "reject a review that holds a key" approve faq-bot --from "$work/signed" --role peer --approver cal@example.com --reject --now $now
says "decision: reject"
if grep -qF "$token" "$work/out" "$work/err"; then bad "a rejection says the key"; else ok; fi
run 2 "approve nothing" approve nobody --from examples/moderate --role peer --approver a --now $now
complains "there is no ReadinessReview nobody"

mkdir "$work/waived"
cp examples/moderate/*.yaml "$work/waived"
sed -i '/^    quota:/d' "$work/waived/review.yaml"
reason="the gateway enforces limits from its next release on"
waive=(waive faq-bot --from "$work/waived" --now $now --reason "$reason" --approver cfo@example.com)
run 0 "waive a gate" "${waive[@]}" --gate PRR-COST-02 --for 14d --ticket GW-1
says 'until: "2026-12-08"'
complains "PRR-COST-02 quota-enforced"
cp "$work/out" "$work/waived/waiver.yaml"
run 1 "check a waived gate" check "$work/waived" --now $now
says "waived until 2026-12-08 by cfo@example.com"
name=$(sed -n 's/^  name: //p' "$work/waived/waiver.yaml")
run 0 "extend a waiver" waive faq-bot --from "$work/waived" --now $now --renew "$name" --until 2026-12-20
says "renewals: 1"
run 1 "waive for too long" "${waive[@]}" --gate PRR-COST-02 --for 400d
complains "the limit is 60d for moderate"
silent "a waiver that would not count is not printed"
run 1 "waive what is met" "${waive[@]}" --gate PRR-LAT-01 --for 14d
complains "none of the gates that it names is unmet"
run 2 "waive without an end" "${waive[@]}" --gate PRR-COST-02
run 2 "waive what is no gate" "${waive[@]}" --gate PRR-COST-99 --for 14d
complains '--gate: there is no gate "PRR-COST-99"'
run 2 "waive what is nearly a gate" "${waive[@]}" --gate quota --for 14d
complains "do you mean PRR-COST-02 quota-enforced"
run 0 "waive a gate by its name, and again by its short id" "${waive[@]}" --gate quota-enforced --gate cost-02 --for 14d
python3 -c "import sys, yaml; sys.exit(yaml.safe_load(open('$work/out'))['spec']['gates'] != ['PRR-COST-02'])" && ok || bad "a waiver names ids, each once"
run 0 "waive with the gate before the review" waive --from "$work/waived" --gate PRR-COST-02 faq-bot --now $now --reason "$reason" --approver cfo@example.com --for 14d
run 2 "waive no gate" "${waive[@]}" --for 14d
complains "launchgate: --gate names the gate that is excused"
run 2 "waive for no reason" waive faq-bot --from "$work/waived" --now $now --approver cfo@example.com --gate PRR-COST-02 --for 14d --reason short
complains "launchgate: --reason has 5 characters: expected at least 20"
run 2 "waive until no date" "${waive[@]}" --gate PRR-COST-02 --until tomorrow
complains 'launchgate: --until is "tomorrow"'
run 2 "lower the tier and name a gate" "${waive[@]}" --kind tier-override --gate PRR-COST-02 --for 14d
complains "--gate does not go with --kind tier-override"
run 0 "break the glass" waive faq-bot --from "$work/waived" --now $now --kind break-glass --for 4h --reason "$reason"
says 'until: "2026-11-24T16:00:00Z"'
run 1 "break the glass for long" waive faq-bot --from "$work/waived" --now $now --kind break-glass --for 3d --reason "$reason"

run 0 "renew what is fresh" renew faq-bot --from examples/moderate --now $now
complains "nothing is stale, or will be within 14d"
silent "there is nothing to change"
late=2027-05-25T00:00:00Z
run 1 "renew what is stale" renew faq-bot --from examples/moderate --now $late
complains "PRR-EXP-01 review-in-date: review expired"
complains "Still stale, and so its end is not moved"
run 2 "renew with a wrong answer" renew faq-bot --from examples/moderate --now $now --set spec.risks
complains "expected PATH=VALUE"
for answer in foo=1 metadata.labels.a=b support.lastDrill.date=2026-11-20 spec=x; do
  run 2 "renew with an answer outside spec, $answer" renew faq-bot --from examples/moderate --now $now --set $answer
  complains "--set is \"$answer\": expected PATH=VALUE with a path under spec"
done
run 2 "renew with a field that there is not" renew faq-bot --from examples/moderate --now $now --set spec.support.lastdrill.date=2026-11-20
complains "--set: spec.support.lastdrill is not a field that this version knows (known here: "
run 2 "renew until no date" renew faq-bot --from examples/moderate --now $now --until later
complains 'launchgate: --until "later" is not a date-time'
run 0 "renew before its end" renew faq-bot --from examples/moderate --now $now --until 2027-05-22T00:00:00Z
says 'expiresAt: "2027-05-22T00:00:00Z"'
if python3 -c "
import sys, yaml
before, after = yaml.safe_load(open('examples/moderate/review.yaml')), yaml.safe_load(open('$work/out'))
before['spec']['expiresAt'] = '2027-05-22T00:00:00Z'
before.pop('status', None)
sys.exit(before != after)
" 2>>"$work/err"; then ok; else bad "renew prints the whole review, and changes nothing else in it"; fi
mkdir "$work/read"
cp examples/moderate/*.yaml "$work/read"
sed -i 's/^metadata: {name: faq-bot-peer, namespace: shop}/metadata: {name: faq-bot-peer, namespace: shop, creationTimestamp: "2026-06-01T00:00:00Z"}/' "$work/read/approvals.yaml"
run 0 "renew what was approved long ago" renew faq-bot --from "$work/read" --now $now --until 2027-05-22T00:00:00Z
complains "Then it has to be approved again"
complains "PRR-EXP-02 validity-within-limit: expires 355d after the approval of 2026-06-01; the limit for moderate is 180d"
mkdir "$work/ending"
cp examples/low/*.yaml "$work/ending"
sed -i 's/^spec:$/spec:\n  expiresAt: "2026-11-30T00:00:00Z"/' "$work/ending/review.yaml"
printf 'apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessPolicy\nmetadata: {name: others}\nspec:\n  mode: enforce\n  namespaceSelector: {matchLabels: {team: others}}\n  limits: {validity: {low: 30d}}\n' >"$work/ending/policy.yaml"
run 0 "renew for as long as the policies that match allow" renew ticket-summary --from "$work/ending" --now $now
says 'expiresAt: "2027-11-24T12:00:00Z"'
run 1 "renew with one answer" renew inbox-agent --from examples/critical --now 2027-03-30T00:00:00Z --set spec.rollout.lastRehearsal.date=2027-03-20
says 'date: "2027-03-20"'
complains "~ rollout.lastRehearsal.date: 2026-11-10 -> 2027-03-20"

# tier
run 0 "tier" tier examples/high/review.yaml --from examples/high/profile.yaml -o json
json "d['tier'] == 'high' and d['reasons'][0]['code'] == 'base' and d['reasons'][0]['text']"
run 0 "tier as text" tier examples/critical/review.yaml
says "critical"
run 2 "tier of no review" tier examples/low/workload.yaml
if python3 tests/cli/tier_oracle.py "$launchgate" >"$work/out" 2>"$work/err"; then ok; else bad "the tiers of generated reviews"; fi

# the catalogue
run 0 "gates" gates
says "PRR-COST-01"
run 0 "gates -o json" gates -o json
json "len(d) >= 58 and all(g['why'] and g['fix'] for g in d)"
run 0 "explain by id" explain PRR-COST-01
says "a loop spends the quarter in a weekend"
run 0 "explain by name" explain budget-set
run 2 "explain nothing" explain PRR-NO-99
run 0 "explain with its controls" explain PRR-COST-02
says "LLM06:2026 Unbounded Consumption"
run 0 "explain -o json" explain -o json PRR-USE-08
json "d['supports']['eu-ai-act'][-1]['from'] and all(c['id'] for c in d['supports']['owasp-llm-2026'])"

# policies: a bank and a start-up, who set what, and what a change would refuse
run 0 "check the bank" check --now $now -o json examples/bank
json "[(g['result'], g['waiver']['until']) for g in d['results'][0]['gates'] if g['id'] == 'PRR-COST-02'] == [('Waived', '2026-12-16T00:00:00Z')] and d['results'][0]['counts']['waived'] == 1 and d['results'][0]['countsBeforeWaivers']['fail'] == d['results'][0]['counts']['fail'] + 1"
run 1 "check the bank when its waiver is over" check --now 2026-12-16T00:00:00Z examples/bank
says "PRR-COST-02"
says "PRR-EXP-04"
run 0 "check the bank a second before" check --now 2026-12-15T23:59:59Z examples/bank
run 0 "check the start-up" check --now $now examples/startup
run 0 "policy explain" policy explain -f examples/bank/workload.yaml --from examples/bank --now $now
says "pack strict (policies/strict.yaml:"
run 0 "policy explain -o json" policy explain -f examples/bank/workload.yaml --from examples/bank --now $now -o json
json "len(d['gates']) == 90 and all(g['policy'] == 'bank' and g['line'] for g in d['gates'] if g['action'] != 'off')"
run 2 "policy explain of nothing" policy explain -f examples/bank/policy.yaml
run 0 "plan" plan --pack strict --from examples/low --now $now -o json
json "d['kind'] == 'PolicyPreview' and d['newlyRefused'] == 1 and d['byTeam'][0]['workloads'] == 1 and d['byGate'][0]['gate'].startswith('PRR-')"
run 0 "plan as text" plan --pack strict --from examples/low --now $now
says "1 newly refused"
says "1 workload: "
run 2 "plan of no pack" plan --pack nothing --from examples/low
run 0 "preview" preview -f examples/startup/policy.yaml --from examples/startup --now $now
says "0 newly refused"
run 2 "preview of no policy" preview -f examples/low/review.yaml --from examples/low

# A typing error in a policy is said by every verb that reads it, on stderr, once, and changes no answer.
mkdir "$work/typing"
printf 'apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessPolicy\nmetadata: {name: typing}\nspec:\n  mode: audit\n  packs: [baseline]\n  unknowAxis: worst\n  gates: {PRR-ROL-01: {mode: block}}\n' >"$work/typing/policy.yaml"
typing() {
  run "$@"
  [ "$(grep -c "warning: $work/typing/policy.yaml:7: spec.unknowAxis: is not a field" "$work/err")" = 1 ] && ok || bad "$2: spec.unknowAxis is not said once"
  [ "$(grep -c "warning: $work/typing/policy.yaml:8: spec.gates.PRR-ROL-01: is not a gate" "$work/err")" = 1 ] && ok || bad "$2: PRR-ROL-01 is not said once"
  if grep -q unknowAxis "$work/out"; then bad "$2: a warning on stdout"; else ok; fi
}
typing 0 "check a policy with a typing error" check "$work/typing" -o json
typing 0 "check --from with a typing error" check examples/low --from "$work/typing" --now $now -o json
typing 0 "check of a policy that --from names too" check "$work/typing" --from "$work/typing"
typing 0 "preview -f with a typing error" preview -f "$work/typing/policy.yaml" --from examples/low --now $now -o json
json "d['kind'] == 'PolicyPreview'"
typing 0 "preview --from with a typing error" preview -f "$work/typing/policy.yaml" --from "$work/typing" --now $now
typing 0 "plan --from with a typing error" plan --pack strict --from "$work/typing" --now $now
typing 0 "policy explain --from with a typing error" policy explain -f examples/low/workload.yaml --from "$work/typing" --now $now -o json
typing 0 "admit --from with a typing error" admit --from "$work/typing" --now $now $requests/create-deployment-labelled.json
json "d['response']['allowed'] is True"
typing 0 "tier --from with a typing error" tier examples/moderate/review.yaml --from "$work/typing" -o json
cp examples/moderate/*.yaml "$work/typing"
typing 0 "approve --from with a typing error" approve faq-bot --from "$work/typing" --role product --approver ana@example.com --now $now
typing 0 "report --from with a typing error" report --from "$work/typing" --now $now -o json
typing 0 "kinds --from with a typing error" kinds --from "$work/typing"

# Parameters of a policy's gates: a mistake in one left the gate weaker than its policy says.
mkdir "$work/params"
cp examples/moderate/*.yaml "$work/params"
sed -i '/^    quota:/d' "$work/params/review.yaml"
params() { printf 'apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessPolicy\nmetadata: {name: params}\nspec:\n  packs: [baseline]\n  gates:\n    PRR-COST-02: {mode: block, params: {%s}}\n' "$1" >"$work/params/policy.yaml"; }
excuse=(waive faq-bot --from "$work/params" --now $now --reason "$reason" --approver cfo@example.com --gate PRR-COST-02 --for 14d)
params 'waivable: false'
run 1 "waive what is not for waiving" "${excuse[@]}"
params 'waivable: "false"'
run 2 "waive with a quoted parameter" "${excuse[@]}"
complains "$work/params/policy.yaml:7: ReadinessPolicy params: spec.gates.PRR-COST-02.params.waivable is the text \"false\": expected true or false, without quotes"
run 2 "preview -f of a quoted parameter" preview -f "$work/params/policy.yaml" --from examples/low --now $now
complains "spec.gates.PRR-COST-02.params.waivable"
params 'waiveable: false'
run 0 "waive with a misspelt parameter" "${excuse[@]}"
complains "warning: $work/params/policy.yaml:7: spec.gates.PRR-COST-02.params.waiveable: is no parameter of PRR-COST-02 (known here: waivable, unknown)"
run 0 "preview -f of a misspelt parameter" preview -f "$work/params/policy.yaml" --from examples/low --now $now
complains "params.waiveable: is no parameter"
run 0 "explain names the parameters" explain PRR-EXP-04
says "  approvers: a whole number; default 1"
says "  waivable: true or false; default true"
run 0 "explain -o json names the parameters" explain -o json PRR-EXP-04
json "[p['name'] for p in d['params']] == ['waivable', 'unknown', 'approvers'] and all(p['form'] and p['default'] and p['meaning'] for p in d['params'])"

# report: the fleet for people who answer for it
run 0 "report -o json" report --from examples/bank --from examples/startup --now $now -o json
json "d['apiVersion'] == 'launchgate.dev/v1alpha1' and d['kind'] == 'FleetReport' and [r['name'] for r in d['reviews']] == ['statement-helper', 'release-notes']"
json "(lambda r: r['countsBeforeWaivers']['fail'] == r['counts']['fail'] + 1 and r['counts']['waived'] == 1 and r['waivers'][0]['daysLeft'] == 22 and r['waivers'][0]['inForce'] and len(r['questions']) == 5)(d['reviews'][0])"
run 0 "report of one namespace" report --from examples/bank --from examples/startup -n web --now $now -o json
json "[r['name'] for r in d['reviews']] == ['release-notes']"
run 0 "report -o csv" report --from examples/bank --now $now -o csv
if python3 -c "
import csv
rows = list(csv.DictReader(open('$work/out', newline='')))
assert len(rows) == 90 and {row['review'] for row in rows} == {'statement-helper'}, len(rows)
assert [row['waiver_until'] for row in rows if row['result'] == 'Waived'] == ['2026-12-15']
" 2>>"$work/err"; then ok; else bad "report -o csv: its rows"; fi
run 0 "report, as a page" report --from examples/bank --now $now
says "<!doctype html>"
says "statement-helper"
run 0 "report --out" report --from examples/bank --now $now -o csv --out "$work/report.csv"
silent "report --out"
cmp -s "$work/report.csv" <("$launchgate" report --from examples/bank --now $now -o csv) && ok || bad "report --out writes the same"
run 2 "report into a folder that is not there" report --from examples/bank --out "$work/nothing/report.csv"
complains "$work/nothing/report.csv: cannot be written"
run 2 "report of a broken folder" report --from examples/broken -o json
silent "report of a broken folder"
run 0 "report of nothing" report --from "$work/empty" -o json
complains "neither a ReadinessReview nor an LLM workload"
run 2 "report of a cluster and a folder" report --from examples/bank -A
run 2 "report of what is no date" report --from examples/bank --now yesterday

# the kinds
run 0 "kinds" kinds
says "InferenceService"
run 0 "kinds -o json" kinds -o json
json "len(d) >= 50 and all(k['kind'] and k['plural'] and k['posture'] in ('gate', 'audit', 'ignore') for k in d)"
run 0 "kinds -o webhook-rules" kinds -o webhook-rules
says "  resources: [deployments, statefulsets, daemonsets, replicasets]"
run 0 "kinds -o rbac" kinds -o rbac
says "  verbs: [get, list, watch]"
run 0 "kinds -o match-conditions" kinds -o match-conditions
cat >"$work/empty/policy.yaml" <<'YAML'
apiVersion: launchgate.dev/v1alpha1
kind: ReadinessPolicy
metadata: {name: platform}
spec:
  workloadKinds:
  - {group: acme.dev, kind: ModelServer, podTemplatePaths: [spec.template]}
YAML
run 0 "kinds of a policy" kinds --from "$work/empty"
says "ModelServer"
printf '{apiVersion: acme.dev/v1, kind: ModelServer, metadata: {name: m, namespace: n, labels: {launchgate.dev/llm: "true"}}, spec: {template: {spec: {containers: [{name: a, image: a}]}}}}' >"$work/server.yaml"
run 1 "check a kind of a policy" check "$work/server.yaml" --from "$work/empty" --now $now
says "PRR-COV-01"
sed -i 's/podTemplatePaths: .spec.template./podTemplatePaths: [spec..template]/' "$work/empty/policy.yaml"
run 2 "check with a policy whose kind cannot be meant" check "$work/server.yaml" --from "$work/empty" --now $now
complains "spec.workloadKinds[0]"
rm "$work/empty/policy.yaml"
run 0 "version" version
run 0 "help" --help
says "Exit codes"
# clusters that cannot be reached
printf 'apiVersion: v1\nkind: Config\nclusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]\nusers: [{name: u, user: {token: t}}]\ncontexts: [{name: x, context: {cluster: c, user: u}}]\ncurrent-context: x\n' >"$work/kubeconfig"
run 2 "doctor without a cluster" doctor --kubeconfig "$work/kubeconfig"
says "FAIL  API server: TCP: 127.0.0.1:1: Connection refused"
run 2 "doctor -o json" doctor --kubeconfig "$work/kubeconfig" -o json
json "d['kind'] == 'DoctorReport' and d['ok'] is False and d['checks'][-1]['result'] == 'fail' and d['checks'][-1]['fix']"
run 2 "doctor without a kubeconfig" doctor --kubeconfig "$work/nothing"
says "FAIL  kubeconfig: "
run 2 "cleanup without a cluster" cleanup --kubeconfig "$work/kubeconfig"
says "the API server cannot be asked"
run 2 "cleanup without a kubeconfig" cleanup --kubeconfig "$work/nothing"

# Nobody waits a minute to hear that there is no cluster.
for verb in audit "preview -f examples/bank/policy.yaml" "plan --pack strict" report status; do
  run 2 "$verb without a cluster" $verb --kubeconfig "$work/kubeconfig"
  complains "127.0.0.1:1: Connection refused"
done

for verb in serve admit check tier gates explain kinds preview plan policy doctor cleanup status audit report suspend resume approve waive renew version; do run 0 "$verb --help" $verb --help; done
run 0 "help of a verb" help check
says "PATH"
run 0 "help, as a verb" help
says "Exit codes"
run 0 "--version" --version
says "launchgate "
run 2 "no verb"
run 2 "no such verb" frobnicate
complains 'there is no verb "frobnicate"; launchgate --help lists them'
run 2 "no such option" check --frobnicate x

run 2 "serve with a deadline that judges nothing" serve --from "$work/empty" --deadline 0s
complains '--deadline: "0s" is too short: expected at least 100ms'
# what cannot be written is no success
arrives() {   # arrives NAME ARGS...: with nowhere to write to it says so, and exits 2
  local name=$1 to; shift
  : >"$work/out"
  for to in /dev/full closed; do
    if [ $to = closed ]; then timeout 30 "$launchgate" "$@" >&- 2>"$work/err" </dev/null
    else timeout 30 "$launchgate" "$@" >$to 2>"$work/err" </dev/null; fi
    [ $? = 2 ] && ok || bad "$name into $to: expected exit code 2"
    complains "launchgate: cannot write to standard output: "
  done
}
arrives check check --now $now examples/low
arrives "check -o json" check --now $now -o json examples/low
arrives admit admit --from examples/moderate --now $now $requests/create-deployment-labelled.json
arrives tier tier examples/low/review.yaml
arrives gates gates
arrives explain explain PRR-COST-01
arrives init init -f examples/low/workload.yaml
arrives kinds kinds
arrives completion completion bash
arrives __complete __complete ""
arrives report report --from examples/low --now $now
arrives plan plan --pack strict --from examples/low --now $now
arrives approve approve faq-bot --from examples/moderate --role product --approver ana@example.com --now $now
arrives renew renew faq-bot --from examples/moderate --now $now --until 2027-05-22T00:00:00Z
arrives help --help
arrives version --version

# what docs/ is made from
run 0 "reference" reference
json "all(v['description'] and all(o['description'] for o in v['options']) for v in d['verbs']) and len(d['verbs']) >= 7"
missing=$(python3 - "$work/out" docs/cli.md <<'PYTHON'
import json, sys
page = open(sys.argv[2]).read()
def names(verb, before=""):
    for v in verb["verbs"]:
        yield before + v["name"]
        yield from names(v, before + v["name"] + " ")
print(*[n for n in names(json.load(open(sys.argv[1]))) if f"## launchgate {n}\n" not in page])
PYTHON
)
[ -z "$missing" ] && ok || bad "docs/cli.md lacks: $missing"
run 0 "what follows policy" __complete policy ""
says "explain"
run 0 "the options of policy explain" __complete policy explain --
says "--from"
run 0 "metrics" metrics
says 'launchgate_admission_requests_total{kind="Deployment"'

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
