"""docs/values.md, from the chart's values.yaml (order, defaults, and the comment of each value) and values.schema.json."""
import json
import pathlib
import re

import yaml

from _said import cell, code, table

CHART = pathlib.Path("charts/launchgate")
KEY = re.compile(r"^( *)(\w+):(?:\s+(.*))?$")
NOT_IN_VALUES = {"global"}  # Helm hands it to subcharts; launchgate reads nothing of it


def comments(text):
    """Path of a value -> its comment: behind it, or in the lines above it."""
    found, stack, above = {}, [], []
    for line in text.split("\n"):
        if line.strip().startswith("#"):
            above.append(line.strip().lstrip("# "))
            continue
        if match := KEY.match(line):
            depth = len(match[1]) // 2
            stack = stack[:depth] + [match[2]]
            behind = re.search(r"(?:^|\s)# (.*)$", match[3] or "")
            found[".".join(stack)] = " ".join([*above, *([behind[1]] if behind else [])])
        above = []
    return found


def resolved(schema, root):
    return root["definitions"][schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema


def holds(schema):
    if "enum" in schema:
        return ", ".join(code(word) for word in schema["enum"])
    parts = [schema["type"] if schema["type"] != "array" else "list of " + schema.get("items", {}).get("type", "any") + "s"]
    if "minimum" in schema:
        parts.append(f"{schema['minimum']} to {schema['maximum']}")
    if "pattern" in schema:
        parts.append(code(schema["pattern"]))
    return cell(", ".join(parts)) if "pattern" not in schema else f"{parts[0]}, {parts[-1]}"


def rows(schema, defaults, path, root):
    for name, field in schema["properties"].items():
        here, field = f"{path}.{name}" if path else name, resolved(field, root)
        if here in NOT_IN_VALUES:
            continue
        if name not in defaults:
            raise SystemExit(f"{CHART}/values.yaml: {here} stands in values.schema.json only")
        if field.get("properties") and defaults[name]:   # {}: given whole, as issuerRef
            yield from rows(field, defaults[name], here, root)
        else:
            yield here, holds(field), json.dumps(defaults[name], ensure_ascii=False)
    if unknown := set(defaults) - set(schema["properties"]):
        raise SystemExit(f"{CHART}/values.schema.json: {path or 'the top'} lacks {', '.join(sorted(unknown))}")


text = (CHART / "values.yaml").read_text()
schema, about = json.loads((CHART / "values.schema.json").read_text()), comments(text)
found = list(rows(schema, yaml.safe_load(text), "", schema))
if missing := [path for path, _, _ in found if not about.get(path)]:
    raise SystemExit(f"{CHART}/values.yaml: no comment says what these are for: {', '.join(missing)}")
print("""# Values of the chart

What `helm install launchgate charts/launchgate -f values.yaml` takes; a value that is not here is refused. How the chart is used:
[charts/launchgate](../charts/launchgate/README.md).
""")
print(table(("Value", "Allowed", "Default", "Meaning"),
            [(code(path), allowed, code(default), cell(about[path])) for path, allowed, default in found]))
