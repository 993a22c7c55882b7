"""docs/metrics.md: what the program exposes, and the metrics that other rooms add while they run (found in the sources)."""
import pathlib
import re

from _said import cell, code, said, table

HELP = re.compile(r"^# (HELP|TYPE) (\S+) (.*)$")
SAMPLE = re.compile(r"^(\w+)(?:\{(.*)\})? \S+$")
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')
# metrics.gauge("name", "help", {{"label", …}}, …): the name and the help are literals, so that this can find them.
CALL = re.compile(r'\b(?:metrics_?\.)?(gauge|count|put)\(\s*"(\w+)",\s*((?:"(?:[^"\\]|\\.)*"\s*)+),\s*(\{(?:[^{}]|\{[^{}]*\})*\})', re.S)
# `constexpr const char* reviews = "name"`, `… reviews_help = "help"`, and put(reviews, reviews_help, {{"label", …}}).
NAMED = re.compile(r'const char\* (\w+) = "(launchgate_\w+)";\s*constexpr const char\* \1_help =\s*((?:"(?:[^"\\]|\\.)*"\s*)+);')
# Its put() hands on a name that it is given: its callers are found instead.
HANDS_ON = ("webhook/operate/gauges.cpp",)
ANY_CALL = re.compile(r'\bmetrics_?\.(?:gauge|count)\(')


def exposed():
    found = {}
    for line in said("metrics").splitlines():
        if match := HELP.match(line):
            what, name, text = match.groups()
            found.setdefault(name, {"labels": {}})[what.lower()] = text
        elif match := SAMPLE.match(line):
            name = re.sub(r"_(bucket|sum|count)$", "", match[1]) if match[1] not in found else match[1]
            for label, value in LABEL.findall(match[2] or ""):
                found[name]["labels"].setdefault(label, []).append(value)
    return found


def added():
    found = {}
    for path in sorted(pathlib.Path("webhook").rglob("*.cpp")):
        text, calls = path.read_text(), 0
        for word, name, help_text in NAMED.findall(text):
            text = re.sub(rf"\b{word}, {word}_help\b", f'"{name}", {help_text.strip()}', text)
        for kind, name, help_text, labels in CALL.findall(text):
            calls += 1
            entry = found.setdefault(name, {"labels": {}, "type": "counter" if kind == "count" else "gauge",
                                            "help": "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', help_text))})
            for label, value in re.findall(r'\{\s*"(\w+)",\s*("[^"]*"|[^}]*)\}', labels):
                values = entry["labels"].setdefault(label, [])
                values.append(value.strip('"') if value.startswith('"') else "…")  # …: what it is stands elsewhere
        if calls < len(ANY_CALL.findall(text)) and path.as_posix() not in HANDS_ON:
            raise SystemExit(f"{path}: a metric whose name or help text is not a literal: docs/metrics.md cannot tell of it")
    return found


def values(label, found):
    unique = sorted(dict.fromkeys(found), key=lambda value: value == "…")
    if label == "le":
        return "upper bounds in seconds"
    if label == "version" or unique in ([], ["…"]):
        return ""
    return ", ".join(unique) if len(unique) <= 16 else f"{unique[0]}, {unique[1]} and {len(unique) - 2} more"


def row(name, metric):
    labels = "; ".join(code(label) + (f" ({cell(values(label, found))})" if values(label, found) else "")
                       for label, found in metric["labels"].items())
    return (code(name), metric["type"], labels, cell(metric["help"]))


every = {**added(), **exposed()}
print("""# Metrics

`launchgate serve` exposes these at `/metrics`, in the text format of Prometheus, on the TLS port and on the plain one. No label's values grow with
the number of workloads. A counter of requests appears once there has been one.
""")
print(table(("Metric", "Type", "Labels", "Meaning"), [row(name, every[name]) for name in sorted(every)]))
