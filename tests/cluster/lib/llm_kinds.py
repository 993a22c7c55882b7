#!/usr/bin/env python3
"""The kinds of LLM platforms through the real API server, with stub CRDs.

    llm_kinds.py crds                    prints a stub CRD for each kind of tests/fixtures/kinds that Kubernetes lacks
    llm_kinds.py webhooks FILE           prints FILE's webhook configuration for these kinds in namespace $NS alone
    llm_kinds.py create                  creates one object of each, before anybody is asked
    llm_kinds.py ask                     edits each (server-side dry run) and says what was not answered as it should be

Fixtures: create.yaml is the object, the other files are edits of it, by JSON pointer.
"""
import json
import os
import pathlib
import subprocess
import sys

import yaml

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "kinds"
BINARY, NS = os.environ["BINARY"], os.environ["NS"]
ROWS = {f"{k['kind']}.{k['group']}": k for k in json.loads(subprocess.run([BINARY, "kinds", "-o", "json"], capture_output=True, check=True).stdout)}
NO_ROLLOUT = ("metadata", "replicas")


def row_of(name):
    return ROWS[name]


def folders():
    return [f for f in sorted(FIXTURES.iterdir()) if "." in f.name.split(".", 1)[-1]]   # a group with a dot: no kind of Kubernetes itself


def sample(folder, name="sample"):
    item = yaml.safe_load((folder / "create.yaml").read_text())
    meta = item["metadata"]
    meta["name"] = name
    meta.pop("namespace", None)
    if row_of(folder.name)["namespaced"]:
        meta["namespace"] = NS
    meta.setdefault("labels", {})["launchgate.dev/llm"] = "true"
    return item


def edited(folder, edit):
    item = sample(folder)
    for pointer, value in yaml.safe_load((folder / f"{edit}.yaml").read_text()).items():
        at, keys = item, [k.replace("~1", "/").replace("~0", "~") for k in pointer.split("/")[1:]]
        for key in keys[:-1]:
            at = at[int(key)] if isinstance(at, list) else at.setdefault(key, {})
        if isinstance(at, list):
            at[int(keys[-1])] = value
        elif isinstance(at.get(keys[-1]), dict) and isinstance(value, dict):
            at[keys[-1]].update(value)
        else:
            at[keys[-1]] = value
    return item


def kubectl(*words, item=None):
    done = subprocess.run(["kubectl", *words], input=json.dumps(item) if item else None, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def crds():
    for folder in folders():
        row, item = row_of(folder.name), sample(folder)
        group, version = item["apiVersion"].split("/")
        print("---\n" + json.dumps({
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": f"{row['plural']}.{group}", "annotations": {"api-approved.kubernetes.io": "unapproved, a stub"}},
            "spec": {"group": group, "scope": "Namespaced" if row["namespaced"] else "Cluster",
                     "names": {"kind": row["kind"], "plural": row["plural"], "singular": row["kind"].lower()},
                     "versions": [{"name": version, "served": True, "storage": True, "schema": {"openAPIV3Schema": {
                         "type": "object", "x-kubernetes-preserve-unknown-fields": True}}}]}}))


def webhooks(path):
    configuration = yaml.safe_load(pathlib.Path(path).read_text())
    configuration["metadata"]["name"] = NS
    hook = configuration["webhooks"][0]
    hook["name"] = "llm-kinds.launchgate.dev"
    hook["namespaceSelector"] = {"matchLabels": {"kubernetes.io/metadata.name": NS}}
    hook.pop("matchConditions", None)
    rules = yaml.safe_load(subprocess.run([BINARY, "kinds", "-o", "webhook-rules"], capture_output=True, check=True).stdout)["rules"]
    hook["rules"] = [r for r in rules if any("." in g for g in r["apiGroups"])]
    hook["failurePolicy"] = "Fail"
    configuration["webhooks"] = [hook]
    print(json.dumps(configuration))


def create():
    for folder in folders():
        code, said = kubectl("create", "-f", "-", item=sample(folder))
        if code:
            raise SystemExit(f"{folder.name}: {said}")


def ask():
    wrong, asked = [], 0
    for folder in folders():
        row = row_of(folder.name)
        gated = row["posture"] == "gate"
        questions = [("create another", ("create", "--dry-run=server", "-f", "-"), sample(folder, "another"), gated)]
        for edit in ("metadata", "replicas", "image", "model"):
            if (folder / f"{edit}.yaml").exists():
                questions.append((edit, ("replace", "--dry-run=server", "-f", "-"), edited(folder, edit), gated and edit not in NO_ROLLOUT))
        for what, words, item, refused in questions:
            asked += 1
            code, said = kubectl(*words, item=item)
            denied = "denied the request" in said and "no ReadinessReview covers" in said
            if denied != refused or (code and not denied):
                wrong.append(f"{folder.name} ({row['posture']}), {what}: expected {'a refusal' if refused else 'to be let in'}: {said.strip()[:300]}")
    print(f"{asked} requests of {len(folders())} kinds")
    if wrong:
        raise SystemExit("\n".join(wrong))


{"crds": crds, "webhooks": webhooks, "create": create, "ask": ask}[sys.argv[1]](*sys.argv[2:])
