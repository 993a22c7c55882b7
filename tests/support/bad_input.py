#!/usr/bin/env python3
"""Writes the bad input of DESIGN's section "Bad input" for the tests of the command line and of the server.

    python3 bad_input.py files DIR       DIR/<name>, one fault a file; prints "<name>\t<what is said of it>", or "tolerated"
    python3 bad_input.py requests DIR    DIR/<name>.json, one AdmissionReview each; prints "<name>\t<allowed or refused>"
"""
import json
import pathlib
import sys

REVIEW = "apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessReview\nmetadata: {name: r, namespace: shop}\nspec:\n  covers: [{kind: Deployment, name: bot}]\n"
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 10))

# What is said: behind "<file>:", so a text that begins with a number names the line.
FILES = {
    "truncated.yaml": (REVIEW + "  cost: {budget: {amount: 3", "6: not valid YAML"),
    "truncated.json": ('{"apiVersion": "launchgate.dev/v1alpha1",\n"kind": "ReadinessReview", "metadata": {"name"', "2: not valid JSON"),
    "oversized.yaml": (REVIEW + "#" * (8 << 20), " is larger than 7 MiB"),
    "oversized.json": ('{"a": "' + "x" * (8 << 20) + '"}', " is larger than 7 MiB"),
    "deep.yaml": (REVIEW + "  cost: " + "[" * 5000 + "]" * 5000 + "\n", "6: nested deeper than 100 levels"),
    "deep-block.yaml": (REVIEW + "".join("  " * (i + 1) + "a:\n" for i in range(300)), "105: nested deeper than 100 levels"),
    "deep.json": ('{"a":\n' + "[" * 5000 + "]" * 5000 + "}", "2: "),
    "duplicate.yaml": (REVIEW + "  cost:\n    period: month\n    period: day\n", '7: key "period" stands twice'),
    "duplicate.json": ('{"apiVersion": "launchgate.dev/v1alpha1",\n"kind": "ReadinessReview",\n"kind": "ReadinessReview"}', '3: key "kind" stands twice'),
    "typed.yaml": (REVIEW + '  cost:\n    budget: {amount: "300"}\n', "7: ReadinessReview r: spec.cost.budget.amount is of type string: expected number"),
    "typed.json": ('{"apiVersion": "launchgate.dev/v1alpha1", "kind": "ReadinessPolicy", "metadata": {"name": "p"},\n"spec": {"mode": 7}}',
                   "2: ReadinessPolicy p: spec.mode is of type number 7: expected string"),
    "latin1.yaml": (REVIEW.encode() + b'  ownership: {team: "caf\xe9"}\n', "6: not valid UTF-8"),
    "latin1.json": (b'{"apiVersion": "launchgate.dev/v1alpha1",\n"kind": "Readiness\xe9Review"}', "2: not valid JSON"),
    "utf16.yaml": (REVIEW.encode("utf-16"), "1: not valid UTF-8"),
    "binary.yaml": (bytes(range(256)), "1: "),
    "nul.yaml": (REVIEW.encode() + b'  ownership: {team: "a\x00b"}\n', "6: a control character"),
    "alias-bomb.yaml": (BOMB, "7: aliases expand to more values"),
    "alias-of-itself.yaml": (REVIEW + "  cost: &c\n    budget: *c\n", "7: an alias inside the value that it names"),
    "absurd-date.yaml": (REVIEW + '  expiresAt: "99999-13-45T99:99:99Z"\n', "6: ReadinessReview r: spec.expiresAt"),
    "day-zero.yaml": (REVIEW + '  risks: [{id: R1, title: x, until: "0000-00-00"}]\n', "6: ReadinessReview r: spec.risks[0].until"),
    "absurd-number.yaml": (REVIEW + "  cost: {budget: {amount: 1e999999}}\n", "6: ReadinessReview r: spec.cost.budget.amount is 1e999999: expected a number below"),
    "infinity.yaml": (REVIEW + "  cost: {budget: {amount: .inf}}\n", "6: "),
    "broken-rule.yaml": (REVIEW + "  rollout: {exposure: {steps: [50, 5, 100]}}\n", "6: ReadinessReview r: spec.rollout.exposure.steps breaks a rule: exposure steps must ascend"),
    # What a newer version may have written.
    "newer.yaml": (REVIEW + "  fromTheFuture: {a: 1}\n---\napiVersion: launchgate.dev/v1alpha1\nkind: ReadinessNovelty\nmetadata: {name: n}\nspec: 7\n", "tolerated"),
}

GOOD = {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
        "request": {"uid": "u-1", "kind": {"group": "apps", "version": "v1", "kind": "Deployment"}, "namespace": "shop", "name": "bot", "operation": "CREATE",
                    "userInfo": {"username": "jo"}, "object": {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "bot", "namespace": "shop"}, "spec": {"template": {"spec": {"containers": []}}}}}}


def request(**changes):
    review = json.loads(json.dumps(GOOD))
    for path, value in changes.items():
        at = review
        *way, last = path.split("__")
        for step in way:
            at = at[step]
        if value is None:
            del at[last]
        else:
            at[last] = value
    return json.dumps(review)


def unfinished(text, share):
    return text[: int(len(text) * share)]


# refused: no AdmissionReview, exit 2 or 400 (or the status given); answered: the machine decides by onError; allowed: nothing to judge.
REQUESTS = {
    "empty": ("", "refused"),
    "truncated": (unfinished(request(), 0.7), "refused"),
    "oversized": (request(request__object__metadata={"name": "bot", "annotations": {"a": "x" * (8 << 20)}}), "refused 413"),
    "deep": (request().replace('"containers": []', '"containers": ' + '{"a":' * 5000 + "1" + "}" * 5000), "answered"),
    "deep-envelope": (request().replace('"jo"', '{"a":' * 5000 + "1" + "}" * 5000), "refused"),
    "duplicate-uid": (request().replace('"uid": "u-1"', '"uid": "u-1", "uid": "u-2"'), "refused"),
    "latin1": (request().encode().replace(b"bot", b"b\xf6t"), "refused"),
    "utf16": (request().encode("utf-16"), "refused"),
    "a-list": ("[" + request() + "]", "refused"),
    "another-kind": (request(kind="ConversionReview"), "refused"),
    "v1beta1": (request(apiVersion="admission.k8s.io/v1beta1"), "refused"),
    "no-request": (request(request=None), "refused"),
    "request-is-text": (request(request="x"), "refused"),
    "no-uid": (request(request__uid=None), "refused"),
    "empty-uid": (request(request__uid=""), "refused"),
    "uid-is-a-number": (request(request__uid=7), "refused"),
    "object-is-text": (request(request__object="x"), "answered"),
    "no-object": (request(request__object=None), "answered"),
    "template-is-text": (request(request__object__spec={"template": "x"}), "answered"),
    "containers-are-a-map": (request(request__object__spec={"template": {"spec": {"containers": {"a": 1}}}}), "allowed"),
    "unknown-kind": (request(request__kind={"group": "example.com", "version": "v7", "kind": "Teapot"}), "allowed"),
    "unknown-operation": (request(request__operation="TELEPORT"), "allowed"),
    "fields-of-a-newer-version": (request(request__fromTheFuture={"a": 1}), "allowed"),
    "absurd-date": (request(request__object__metadata={"name": "bot", "deletionTimestamp": "99999-99-99T99:99:99Z"}), "allowed"),
}


def main():
    what, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for name, (content, said) in (FILES if what == "files" else REQUESTS).items():
        path = folder / (name if what == "files" else name + ".json")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        print(f"{name}\t{said}")


main()
