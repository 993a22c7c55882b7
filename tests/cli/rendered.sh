#!/usr/bin/env bash
# What kubectl kustomize and helm template render, on standard input of check: documents, Lists, and the lines of findings.
#   tests/cli/rendered.sh LAUNCHGATE     needs kubectl and helm: tests/cluster/tools builds them, once
set -uo pipefail
cd "$(dirname "$0")/../.."
launchgate=$(realpath "${1:?usage: rendered.sh LAUNCHGATE}")
kubectl=$(tests/cluster/tools/build.sh kubernetes kubectl)/kubectl helm=$(tests/cluster/tools/build.sh helm)/helm || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); printf 'FAILED %s\n' "$1"; head -30 "$work/out" "$work/err" | sed 's/^/    /'; }
is() { if [ "$2" = "$3" ]; then ok; else bad "$1: got '$2', expected '$3'"; fi; }
check() {   # check CODE NAME ARGS...: of what stands in $work/rendered.yaml
  local code=$1 name=$2
  shift 2
  timeout 30 "$launchgate" check - --now 2026-11-24T12:00:00Z "$@" <"$work/rendered.yaml" >"$work/out" 2>"$work/err"
  is "$name: exit code" $? "$code"
}
# Prints for each result "KIND NAMESPACE/NAME review=… verdict", and fails where a line does not lead to its object.
results() {
  python3 - "$work/rendered.yaml" "$work/out" <<'PYTHON'
import json, re, sys
text = open(sys.argv[1]).read().split("\n")
report = json.load(open(sys.argv[2]))

def document(line):   # the document, or the item of a List, that the line (from 1) stands in
    begin = line - 1
    while begin > 0 and text[begin - 1] != "---" and not re.match(r"^- |^  - (apiVersion|kind)", text[begin]): begin -= 1
    end = line
    while end < len(text) and text[end] != "---" and not re.match(r"^- |^  - (apiVersion|kind)", text[end]): end += 1
    return "\n".join(text[begin:end])

for r in report["results"]:
    w = r["workload"]
    assert r["file"] == "-", r["file"]
    own = document(r["line"])
    assert re.search(rf"kind: {w['kind']}\b", own) and re.search(rf"name: {w['name']}\b", own), (r["line"], own)
    for g in r["gates"]:
        if g.get("file") == "-":
            about = document(g["line"])
            assert re.search(rf"kind: ({w['kind']}|ReadinessReview|ReadinessProfile)\b", about), (g["id"], g["line"], about)
            assert w["name"] in about or (r["review"] or "?") in about or "kind: ReadinessProfile" in about, (g["id"], g["line"], about)
    print(w["kind"], f"{w['namespace']}/{w['name']}", f"review={r['review'] or 'none'}", "allowed" if r["allowed"] else "denied")
PYTHON
}

# ---- kustomize: a base with a workload and a List, and an overlay that renames, moves and patches them.
mkdir -p "$work/k/base" "$work/k/prod"
cp examples/low/workload.yaml examples/low/profile.yaml examples/low/review.yaml "$work/k/base"
cat >"$work/k/base/more.yaml" <<'YAML'
apiVersion: v1
kind: List
items:
- apiVersion: batch/v1
  kind: CronJob
  metadata: {name: nightly-digest, namespace: helpdesk, labels: {launchgate.dev/llm: "true"}}
  spec: {schedule: "0 3 * * *", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: registry.example.com/digest:1}]}}}}}
- apiVersion: v1
  kind: Secret
  metadata: {name: never-read, namespace: helpdesk}
  stringData: {key: sk-ant-REPLACED}
YAML
echo 'resources: [workload.yaml, profile.yaml, review.yaml, more.yaml]' >"$work/k/base/kustomization.yaml"
cat >"$work/k/prod/kustomization.yaml" <<'YAML'
resources: [../base]
namespace: helpdesk-prod
labels: [{pairs: {env: prod}}]
images: [{name: registry.example.com/helpdesk/ticket-summary, newTag: v9}]
YAML
"$kubectl" kustomize "$work/k/prod" >"$work/rendered.yaml" || bad "kubectl kustomize"
check 1 "kustomize" -o json
is "kustomize" "$(results 2>&1 | sort)" "$(printf '%s\n' 'CronJob helpdesk-prod/nightly-digest review=none denied' 'Deployment helpdesk-prod/ticket-summary review=ticket-summary allowed')"
if grep -q 'sk-ant' "$work/out" "$work/err"; then bad "a Secret was read"; else ok; fi

# A patch as it stands, before kustomize lays it over the base: nobody can judge it, and it does not pass for harmless.
printf 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: faq, labels: {launchgate.dev/llm: "true"}}\nspec: {replicas: 3}\n' >"$work/rendered.yaml"
check 0 "a patch"
if grep -q 'Deployment faq has no pod template at spec.template: it is not judged; if it is a patch of kustomize' "$work/err"; then ok; else bad "a patch: what to do is not said"; fi
if grep -q 'passed' "$work/out"; then bad "a patch passed"; else ok; fi
printf -- '---\napiVersion: launchgate.dev/v1alpha1\nkind: ReadinessPolicy\nmetadata: {name: strict}\nspec: {mode: enforce, onError: deny}\n' >>"$work/rendered.yaml"
check 1 "a patch where onError is deny"

# ---- helm: a loop in one file, a List, a file that renders to nothing, a hook, values that turn things off; reviews elsewhere.
mkdir -p "$work/c/templates" "$work/reviews"
printf 'apiVersion: v2\nname: faq\nversion: 1.0.0\n' >"$work/c/Chart.yaml"
printf 'names: [faq, search]\nextra: false\n' >"$work/c/values.yaml"
cat >"$work/c/templates/all.yaml" <<'YAML'
{{- range .Values.names }}
---
# one of {{ len $.Values.names }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ . }}
  labels: {app: {{ . }}}
spec:
  revisionHistoryLimit: 5
  selector: {matchLabels: {app: {{ . }}}}
  template:
    metadata: {labels: {app: {{ . }}, launchgate.dev/llm: "true"}}
    spec:
      containers:
      - name: api
        image: registry.example.com/{{ . }}:1
        env:
        - {name: OTEL_EXPORTER_OTLP_ENDPOINT, value: "http://otel-collector:4317"}
        - {name: OTEL_SERVICE_NAME, value: {{ . }}}
{{- end }}
YAML
cat >"$work/c/templates/list.yaml" <<'YAML'
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: prompts}
  data: {system.txt: "Answer from the help pages."}
- apiVersion: apps/v1
  kind: StatefulSet
  metadata: {name: index, labels: {launchgate.dev/llm: "true"}}
  spec: {serviceName: index, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: nginx}]}}}
YAML
printf '{{- if .Values.extra }}\napiVersion: v1\nkind: Pod\nmetadata: {name: never}\n{{- end }}\n' >"$work/c/templates/extra.yaml"
cat >"$work/c/templates/hook.yaml" <<'YAML'
apiVersion: batch/v1
kind: Job
metadata: {name: warm-up, labels: {launchgate.dev/llm: "true"}, annotations: {helm.sh/hook: pre-install}}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: registry.example.com/warm:1}]}}}
YAML
sed -e 's/ticket-summary/faq/; s/name: ticket-summary/name: faq/; s/namespace: helpdesk/namespace: shop/' examples/low/review.yaml >"$work/reviews/review.yaml"
sed 's/namespace: helpdesk/namespace: shop/' examples/low/profile.yaml >"$work/reviews/profile.yaml"
"$helm" template r "$work/c" -n shop >"$work/rendered.yaml" || bad "helm template"
check 1 "helm" --from "$work/reviews" -n shop -o json
is "helm" "$(results 2>&1 | sort)" "$(printf '%s\n' 'Deployment shop/faq review=faq allowed' 'Deployment shop/search review=none denied' 'Job shop/warm-up review=none denied' 'StatefulSet shop/index review=none denied')"
check 1 "helm as text" --from "$work/reviews" -n shop
is "lines in the text" "$(grep -c '^denied .*  -:[0-9]*$' "$work/out")" 3
check 1 "helm as github" --from "$work/reviews" -n shop -o github
is "annotations" "$(grep -c '^::error ' "$work/out")" 3
check 1 "helm without -n: in no namespace, so no review covers it" --from "$work/reviews" -o json
is "without -n" "$(results 2>&1 | grep -c denied)" 4
"$helm" template r "$work/c" -n shop --set extra=true --show-only templates/extra.yaml >"$work/rendered.yaml"
check 0 "a Pod that is no LLM workload" -n shop -o json
: >"$work/rendered.yaml"
check 0 "nothing at all" -o json
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
