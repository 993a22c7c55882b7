#!/usr/bin/env bash
# What build servers, shells and kubectl get: formats held against schemas, standard input as helm and kustomize write it,
# init, completion, the kubectl plugin, progress, and the files that package the program (action.yml, hooks, krew).
#   tests/cli/formats.sh LAUNCHGATE
set -uo pipefail
cd "$(dirname "$0")/../.."
launchgate=$(realpath "${1:?usage: formats.sh LAUNCHGATE}")
now=2026-11-24T12:00:00Z
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
python=python3
for candidate in python3 /usr/bin/python3; do "$candidate" -c 'import yaml, jsonschema' 2>/dev/null && python=$candidate && break; done

ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); printf 'FAILED %s\n' "$1"; head -20 "$work/out" | sed 's/^/    out| /'; head -20 "$work/err" | sed 's/^/    err| /'; }
is() { if [ "$2" = "$3" ]; then ok; else bad "$1: got '$2', expected '$3'"; fi; }
run() {   # run CODE NAME COMMAND...: standard input passes through
  local code=$1 name=$2; shift 2
  timeout 30 "$@" >"$work/out" 2>"$work/err"
  is "$name: exit code" $? "$code"
}
says() { if grep -qF -- "$1" "$work/out"; then ok; else bad "stdout lacks: $1"; fi; }
python_says() { if "$python" -c "$1" "$work/out" >"$work/why" 2>&1; then ok; else bad "$2: $(tail -3 "$work/why")"; fi; }

# SARIF and JUnit, for what passes, warns, is denied, is suspended, and for everything at once
cp -r examples/broken "$work/files"
for path in examples/low examples/critical examples/broken/no-budget.yaml examples/broken/suspended.yaml examples/broken/literal-api-key.yaml examples/broken/no-review.yaml tests/data/admission-reviews; do
  code=0; [[ $path == *broken* ]] && code=1
  run $code "sarif $path" "$launchgate" check --now $now -o sarif "$path" </dev/null
  python_says "import json, sys, jsonschema; jsonschema.validate(json.load(open(sys.argv[1])), json.load(open('tests/data/schemas/sarif-part.json')))" "sarif $path"
  run $code "junit $path" "$launchgate" check --now $now -o junit "$path" </dev/null
  xmllint --noout --schema tests/data/schemas/junit-part.xsd "$work/out" 2>"$work/err" && ok || bad "junit $path"
done
python_says "
import sys, xml.etree.ElementTree as x
for s in x.parse(sys.argv[1]).getroot():
    assert int(s.get('tests')) == len(s) and int(s.get('failures')) == len(s.findall('.//failure')) and int(s.get('skipped')) == len(s.findall('.//skipped'))" "junit counts"
run 1 "github" "$launchgate" check --now $now -o github examples/broken/no-budget.yaml </dev/null
says "::error file=examples/broken/no-budget.yaml,line="
run 1 "lines in json" "$launchgate" check --now $now -o json examples/broken/no-budget.yaml </dev/null
python_says "
import json, sys
gates = [g for r in json.load(open(sys.argv[1]))['results'] for g in r['gates']]
text = open('examples/broken/no-budget.yaml').read().split('\n')
assert gates and all(g['file'] and 0 < g['line'] <= len(text) for g in gates)" "every finding has a line of its file"

# Several documents, Lists and standard input
cat >"$work/list.yaml" <<'LIST'
# Source: faq/templates/all.yaml, as helm template writes it
---
---
apiVersion: v1
kind: List
items:
- apiVersion: apps/v1
  kind: Deployment
  metadata: {name: faq, labels: {launchgate.dev/llm: "true"}}
  spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: nginx}]}}}
- apiVersion: apps/v1
  kind: StatefulSet
  metadata: {name: second, labels: {launchgate.dev/llm: "true"}}
  spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: nginx}]}}}
---
# Source: faq/templates/empty.yaml
LIST
run 1 "a list on standard input" "$launchgate" check --now $now -o json - <"$work/list.yaml"
python_says "
import json, sys
r = json.load(open(sys.argv[1]))['results']
assert [(x['workload']['name'], x['line'], x['file']) for x in r] == [('faq', 7, '-'), ('second', 11, '-')], r" "lines of a List"
sed '/namespace: shop/d; s/, namespace: shop//' examples/moderate/workload.yaml >"$work/app.yaml"
run 1 "manifests without a namespace are in none" "$launchgate" check --now $now - --from examples/moderate <"$work/app.yaml"
rm -rf "$work/reviews"; cp -r examples/moderate "$work/reviews"; rm "$work/reviews/workload.yaml"
run 0 "check -n, as kubectl apply -n" "$launchgate" check --now $now -n shop - --from "$work/reviews" <"$work/app.yaml"

# init: what it writes is a review that check reads
run 0 "init" "$launchgate" init -f examples/moderate/workload.yaml </dev/null
cp "$work/out" "$work/review.yaml"
run 1 "check what init wrote" "$launchgate" check "$work/review.yaml" examples/moderate/workload.yaml </dev/null
says "review faq-bot"
run 0 "init from standard input" "$launchgate" init -f - -n shop <"$work/app.yaml"
says "namespace: shop"
run 2 "init of no workload" "$launchgate" init -f examples/moderate/namespace.yaml </dev/null
run 2 "init of another name" "$launchgate" init -f examples/moderate/workload.yaml --name nothing </dev/null

# The kubectl plugin, and completion in the shells that are here
mkdir "$work/bin"
ln -s "$launchgate" "$work/bin/kubectl-launchgate"
ln -s "$launchgate" "$work/bin/launchgate"
run 0 "plugin help" "$work/bin/kubectl-launchgate" --help </dev/null
says "Usage: kubectl launchgate"
says "kubectl launchgate check app/"
run 0 "help" "$work/bin/launchgate" --help </dev/null
says "Usage: launchgate"
kubectl=$(ls "${LAUNCHGATE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/launchgate/tools}"/*/kubectl 2>/dev/null | tail -1)
if [ -n "$kubectl" ]; then
  run 0 "kubectl launchgate" env PATH="$work/bin:$PATH" "$kubectl" launchgate version </dev/null
  says "launchgate "
fi
run 0 "completion bash" bash -c "
  PATH=$work/bin:\$PATH; source <(launchgate completion bash)
  try() { COMP_WORDS=(\"\$@\"); COMP_CWORD=\$((\$# - 1)); COMPREPLY=(); _launchgate_complete; echo \"\${COMPREPLY[*]}\"; }
  try launchgate che; try launchgate check -o s; try launchgate check READ; try launchgate completion ''" </dev/null
is "completion bash" "$(cat "$work/out")" "$(printf 'check\nsarif\nREADME.md\nbash zsh fish')"
for shell in bash zsh fish; do
  command -v $shell >/dev/null || continue
  "$launchgate" completion $shell >"$work/script"
  run 0 "completion $shell is $shell" $shell -n "$work/script" </dev/null
done

# Progress: on a terminal when it takes more than a second, never into a pipe
cat >"$work/terminal.py" <<'PTY'
import os, pty, subprocess, sys, time
master, slave = pty.openpty()
feed = subprocess.Popen(["sh", "-c", "cat examples/low/workload.yaml; sleep " + sys.argv[2]], stdout=subprocess.PIPE)
program = subprocess.Popen([sys.argv[1], "check", "-"], stdin=feed.stdout, stdout=subprocess.DEVNULL, stderr=slave)
os.close(slave)
shown = b""
try:
    while chunk := os.read(master, 4096): shown += chunk
except OSError: pass
program.wait(); feed.wait()
sys.stdout.write(repr(shown))
PTY
run 0 "progress on a terminal" "$python" "$work/terminal.py" "$launchgate" 1.6 </dev/null
says "launchgate: reading manifests"
says '\r\x1b[K'
run 0 "no progress of what is quick" "$python" "$work/terminal.py" "$launchgate" 0 </dev/null
is "no progress of what is quick" "$(cat "$work/out")" "b''"
(cat examples/low/workload.yaml; sleep 1.3) | timeout 30 "$launchgate" check - >/dev/null 2>"$work/err"
is "no progress into a pipe" "$(cat "$work/err")" ""

# The action, the hook and the krew manifest run what they say
for failing in "" yes; do
  path=examples/low; [ -n "$failing" ] && path=examples/broken/no-budget.yaml
  run "$([ -n "$failing" ] && echo 1 || echo 0)" "action.yml ${failing:+denies}" "$python" tests/cli/action.py action.yml "$work/bin" paths="$path" now=$now </dev/null
  says "launchgate: 1 workload, "
done
run 2 "action.yml with a wrong format" "$python" tests/cli/action.py action.yml "$work/bin" paths=examples/low format=nothing </dev/null
run 0 "pre-commit hook" "$python" - "$work/bin" <<'HOOK'
import os, subprocess, sys, yaml
hooks = {h["id"]: h for h in yaml.safe_load(open(".pre-commit-hooks.yaml"))}
hook = hooks["launchgate-check"]
assert hook["language"] == "system" and hook["pass_filenames"] is False
env = {**os.environ, "PATH": sys.argv[1] + ":" + os.environ["PATH"]}
root = os.getcwd()
for folder, code in (("examples/low", 0), ("examples/broken", 2)):
    got = subprocess.run(hook["entry"].split() + hook["args"] + ["--now", "2026-11-24T12:00:00Z"], cwd=os.path.join(root, folder), env=env, capture_output=True)
    assert got.returncode == code, (folder, got)
assert hooks["launchgate-check-docker"]["entry"].split()[1:] == hook["entry"].split()[1:]
HOOK
run 0 "krew manifest" scripts/krew.sh "$launchgate" linux amd64 "$work/krew" </dev/null
run 0 "krew manifest installs" "$python" - "$work/krew" <<'KREW'
import fnmatch, hashlib, os, subprocess, sys, tarfile, yaml
folder = sys.argv[1]
plugin = yaml.safe_load(open(folder + "/launchgate.yaml"))
assert plugin["apiVersion"] == "krew.googlecontainertools.github.com/v1alpha2" and plugin["kind"] == "Plugin" and plugin["metadata"]["name"] == "launchgate"
spec = plugin["spec"]
assert spec["version"].startswith("v") and len(spec["shortDescription"]) <= 50 and spec["homepage"] and spec["description"]
for platform in spec["platforms"]:
    archive = os.path.join(folder, os.path.basename(platform["uri"]))
    assert spec["version"] in platform["uri"] and hashlib.sha256(open(archive, "rb").read()).hexdigest() == platform["sha256"]
    tarfile.open(archive).extractall(folder + "/x")
    for f in platform.get("files", [{"from": "*", "to": "."}]):
        assert any(fnmatch.fnmatch(n, f["from"]) for n in os.listdir(folder + "/x")), f
    out = subprocess.run([os.path.join(folder, "x", platform["bin"]), "version"], capture_output=True, text=True)
    assert out.returncode == 0 and out.stdout.split()[1] == spec["version"][1:], out
KREW

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
