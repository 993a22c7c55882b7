"""What has to hold for the CRDs beyond what the API server asks: bounded, described, small, and the same sections in all three places."""
import json
import subprocess
import sys

SECTIONS = ("useCase", "evaluation", "observability", "support", "cost", "latency", "rollout", "ownership", "risks", "agent", "security")
LIMIT = 200_000  # bytes of JSON; a larger CRD does not fit the annotation of `kubectl apply` or a Helm release


def schema(crd):
    return crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]


def nodes(node, path=""):
    """Every schema below node with its path, junctors left out: they repeat fields and bound nothing."""
    yield path, node
    for name, child in node.get("properties", {}).items():
        yield from nodes(child, f"{path}.{name}")
    if "items" in node:
        yield from nodes(node["items"], f"{path}[]")
    if isinstance(node.get("additionalProperties"), dict):
        yield from nodes(node["additionalProperties"], f"{path}{{*}}")


def unbounded(node):
    kind = node.get("type")
    if kind == "array":
        return None if "maxItems" in node else "a list without maxItems"
    if kind == "string":
        return None if {"maxLength", "enum", "format"} & node.keys() else "a string without maxLength, enum or format"
    if kind == "object" and ("additionalProperties" in node or "properties" not in node):
        return None if "maxProperties" in node else "a map without maxProperties"
    return None


def complaints_about(crd):
    root = schema(crd)
    size = len(json.dumps(crd))
    if size >= LIMIT:
        yield f"{size} bytes of JSON, the limit is {LIMIT}"
    for path, node in nodes(root):
        if path in (".apiVersion", ".kind", ".metadata"):
            continue  # the API server's own
        if "default" in node:
            yield f"{path}: a schema default would hide what a profile or a policy says"
        if unbounded(node):
            yield f"{path}: {unbounded(node)}"
        pattern = node.get("pattern")
        if pattern and not (pattern.startswith("^") and pattern.endswith("$")):
            yield f"{path}: pattern without ^ and $"
        for name, child in node.get("properties", {}).items():
            words = child.get("description", "")
            if f"{path}.{name}" != ".metadata" and not (len(words) > 8 and words.endswith(".")):
                yield f"{path}.{name}: needs a description, a sentence that ends with a full stop"


def complaints_between(crds):
    """Differences between the copies of what is shared, and of formats that every file spells out."""
    review = schema(crds["ReadinessReview"])["properties"]["spec"]["properties"]
    wanted = {name: review[name] for name in SECTIONS}
    defaults = schema(crds["ReadinessPolicy"])["properties"]["spec"]["properties"]["defaults"]["properties"]
    for name, copy in (("ReadinessProfile spec", schema(crds["ReadinessProfile"])["properties"]["spec"]["properties"]), ("ReadinessPolicy spec.defaults", defaults)):
        if copy != wanted:
            yield f"{name}: not the sections of ReadinessReview; run python3 crds/share.py"
    patterns = {node["pattern"] for crd in crds.values() for _, node in nodes(schema(crd)) if "pattern" in node}
    for start, what in (("^[0-9]{4}-", "dates"), ("^[0-9]+(", "durations"), ("^v1:sha256", "review digests"), ("^r1:sha256", "rollout digests")):
        spelled = [pattern for pattern in patterns if pattern.startswith(start)]
        if len(spelled) != 1:
            yield f"{what} are spelled in {len(spelled)} ways: {spelled}"


def complaints_about_copies(folder):
    run = subprocess.run([sys.executable, str(folder / "share.py"), "--check"], capture_output=True, text=True, check=False)
    return (run.stdout + run.stderr).splitlines()
