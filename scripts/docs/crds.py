"""docs/crds.md, from crds/*.yaml: each field with its type, what it may hold, and its description."""
import json
import pathlib

import yaml

from _said import cell, code, table

FILES = ("readinessreviews", "readinessprofiles", "readinessapprovals", "readinesswaivers", "readinesspolicies")
shown = {}  # schema of an object with several fields -> where it stands in full


def type_of(schema):
    kind = schema.get("type", "any")
    if kind == "array":
        return "list of " + type_of(schema["items"])
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict) and not schema.get("properties"):
        return "map of " + type_of(schema["additionalProperties"])
    return schema.get("format", kind) if kind == "string" else kind


def holds(schema):
    while schema.get("type") == "array":
        schema = schema["items"]
    parts = []
    if "enum" in schema:
        parts.append("one of " + ", ".join(code(word) for word in schema["enum"]))
    if "pattern" in schema:
        parts.append("matches " + code(schema["pattern"]))
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None:
        parts.append(f"{'more than' if schema.get('exclusiveMinimum') else 'at least'} {low}")
    if high is not None:
        parts.append(f"at most {high}")
    return "; ".join(parts)


def rules(schema):
    found = [rule["message"] for rule in schema.get("x-kubernetes-validations", [])]
    items = schema.get("items") or schema.get("additionalProperties")
    return found + (rules(items) if isinstance(items, dict) else [])


def fields(schema, path, kind, rows):
    """Rows for every field below `path`, depth first; what stands in full elsewhere becomes a reference."""
    required = schema.get("required", [])
    for name, field in schema.get("properties", {}).items():
        if path == "" and name in ("apiVersion", "kind", "metadata"):
            continue
        here = f"{path}.{name}" if path else name
        about = " ".join(filter(None, [cell(field.get("description", "")), *(cell(r[0].upper() + r[1:]) + "." for r in rules(field))]))
        inner, suffix = field, ""
        while inner.get("type") == "array" or (isinstance(inner.get("additionalProperties"), dict) and not inner.get("properties")):
            suffix += "[]" if inner.get("type") == "array" else ".<key>"
            inner = inner["items"] if inner.get("type") == "array" else inner["additionalProperties"]
        inside = json.dumps(inner.get("properties"), sort_keys=True) if len(inner.get("properties", {})) > 1 else None
        if inside in shown:
            about += f" Fields: see {shown[inside]}."
        rows.append((code(here) + (" (required)" if name in required else ""), type_of(field), holds(field), about))
        if inside is None or inside not in shown:
            if inside:
                shown[inside] = f"{kind} {code(here + suffix)}"
            fields(inner, here + suffix, kind, rows)


print("""# Objects

The fields of launchgate's objects (group `launchgate.dev`, version `v1alpha1`), from `crds/`. `kubectl explain readinessreview.spec.rollout`
prints the same in a cluster. Nothing but what is marked is required by the schema, and nothing has a default in it: a profile or a policy may set it,
and gates say what is missing.
""")
for name in FILES:
    crd = yaml.safe_load((pathlib.Path("crds") / f"{name}.yaml").read_text())
    names, version = crd["spec"]["names"], crd["spec"]["versions"][0]
    schema = version["schema"]["openAPIV3Schema"]
    rows = []
    fields(schema, "", names["kind"], rows)
    print(f"\n## {names['kind']}\n\n{schema['description']}\n")
    print(f"{crd['spec']['scope']}; short name `{names['shortNames'][0]}`.\n")
    print(table(("Field", "Type", "Allowed", "Meaning"), rows))
