#!/usr/bin/env python3
"""Validates every launchgate.dev object that the project ships against its CRD, and the CRDs against our own rules.

    python3 tests/crds/validate_samples.py            the whole project
    python3 tests/crds/validate_samples.py PATH...    only these files or folders

Needs python3-yaml and python3-jsonschema. Unknown fields are failures, because the API server would drop them silently. CEL rules and the keys
of lists are checked by apiserver/, with the API server's own code.
"""
import pathlib
import re
import sys

import jsonschema

import definitions
import strict_yaml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PLACES = ("examples", "policies", "tests/fixtures", "tests/crds/good")
BROKEN_ON_PURPOSE = {"broken", "fail-schema"}
GROUP_VERSION = "launchgate.dev/v1alpha1"


def strict(schema):
    """The schema with unknown fields refused, the way `kubectl apply --validate=strict` sees it."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    out = {key: ({name: strict(child) for name, child in value.items()} if key == "properties" else strict(value)) for key, value in schema.items()}
    if out.get("type") == "object" and "properties" in out:
        out.setdefault("additionalProperties", False)
    return out


def validators(crds):
    formats = jsonschema.FormatChecker(formats=())

    @formats.checks("date-time")
    def is_date_time(value):
        return not isinstance(value, str) or re.fullmatch(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", value) is not None

    return {kind: jsonschema.Draft202012Validator(strict(definitions.schema(crd)), format_checker=formats) for kind, crd in crds.items()}


def expectation(error):
    """What was expected, in words that help: jsonschema's own, but a choice is told by the field's description."""
    if error.validator == "additionalProperties" and error.validator_value is False:
        return "unknown field " + ", ".join(sorted(set(error.instance) - set(error.schema["properties"])))
    if error.validator == "anyOf":
        return f"{error.instance!r} does not fit: {error.schema.get('description', error.message)}"
    return error.message


def ours(document):
    """The objects of our CRDs in a document, Lists opened, each with its path."""
    if isinstance(document, dict):
        if document.get("apiVersion") == GROUP_VERSION and str(document.get("kind", "")).startswith("Readiness"):
            yield (), document
        for index, item in enumerate(document["items"] if isinstance(document.get("items"), list) else []):
            for path, entry in ours(item):
                yield ("items", index, *path), entry


def complaints(path, known):
    """(number of our objects, what is wrong with them) for one file."""
    count, said = 0, []
    try:
        pairs = strict_yaml.documents(path)
    except (ValueError, UnicodeDecodeError) as error:
        return (1, [f"{path}: {error}"]) if b"launchgate.dev/" in path.read_bytes() else (0, [])
    for document, node in pairs:
        for base, entry in ours(document):
            count += 1
            if entry["kind"] not in known:
                said.append(f"{path}:{strict_yaml.line(node, (*base, 'kind'))}: kind: no CRD defines {entry['kind']}")
                continue
            for error in sorted(known[entry["kind"]].iter_errors(entry), key=lambda error: list(map(str, error.absolute_path))):
                at = (*base, *error.absolute_path)
                where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in at).lstrip(".")
                said.append(f"{path}:{strict_yaml.line(node, at)}: {where or 'the object'}: {expectation(error)}")
    return count, said


def files(place):
    if place.is_file():
        return [place]
    found = (path for suffix in ("yaml", "yml", "json") for path in place.rglob(f"*.{suffix}"))
    return sorted(path for path in found if not BROKEN_ON_PURPOSE & set(path.relative_to(place).parts))


def self_test(known):
    """Each file of bad/ is refused with the words of its `# expect:` line; one with only `# expect-apiserver:` is beyond a plain schema and passes."""
    for path in files(HERE / "bad"):
        wanted = re.findall(r"^# expect: (.*)$", path.read_text(), re.M)
        _, said = complaints(path, known)
        if bool(said) != bool(wanted) or any(words not in "\n".join(said) for words in wanted):
            yield f"{path}: expected {wanted or 'no complaint'}, got {said or 'no complaint'}"
        else:
            yield None


def unused_fields(crds):
    """Fields that no sample of good/ uses: nothing shows that they take a plausible value. Shared sections count once, in the review."""
    used = set()

    def visit(kind, node, value, path):
        used.add((kind, path))
        for name, child in node.get("properties", {}).items():
            if isinstance(value, dict) and name in value:
                visit(kind, child, value[name], f"{path}.{name}")
        for item in value if isinstance(value, list) else []:
            visit(kind, node["items"], item, f"{path}[]")
        if isinstance(value, dict) and isinstance(node.get("additionalProperties"), dict):
            for item in value.values():
                visit(kind, node["additionalProperties"], item, f"{path}{{*}}")

    for path in files(HERE / "good"):
        for document, _ in strict_yaml.documents(path):
            for _, entry in ours(document):
                visit(entry["kind"], definitions.schema(crds[entry["kind"]]), entry, "")
    shared = {f".spec.{name}" for name in definitions.SECTIONS} | {".spec.defaults", ".status.conditions"}
    for kind, crd in crds.items():
        for path, _ in definitions.nodes(definitions.schema(crd)):
            elsewhere = kind != "ReadinessReview" and any(path.startswith(prefix) for prefix in shared)
            repeated = re.search(r"\.(low|moderate|high|critical)$|elector\.match|\.signals\.\w+\.", path)
            if (kind, path) not in used and not elsewhere and not repeated:
                yield f"{kind}{path}: no sample in tests/crds/good uses it"


def main(arguments):
    crds = {}
    for path in sorted((ROOT / "crds").glob("*.yaml")):
        for crd, _ in strict_yaml.documents(path):
            crds[crd["spec"]["names"]["kind"]] = crd
    known = validators(crds)
    passed, failures = 0, []
    for place in [pathlib.Path(name) for name in arguments] or [ROOT / name for name in PLACES]:
        for path in files(place):
            count, said = complaints(path, known)
            failures += said
            passed += 0 if said else count
    if not arguments:
        for kind, crd in crds.items():
            said = [f"{kind}: {words}" for words in definitions.complaints_about(crd)]
            failures += said
            passed += not said
        for said in (list(definitions.complaints_between(crds)), definitions.complaints_about_copies(ROOT / "crds"), list(unused_fields(crds))):
            failures += said
            passed += not said
        for said in self_test(known):
            failures += [said] if said else []
            passed += said is None
    print(*failures, sep="\n", end="\n" if failures else "")
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
