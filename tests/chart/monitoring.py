"""What the chart gives to Prometheus and Grafana asks only for what there is.

  monitoring.py PROMQL RENDERED.yaml     RENDERED: with prometheusRule and grafanaDashboard enabled

PROMQL (tests/cluster/tools/promql) parses each expression as Prometheus does and names its metrics; these and their labels
are held against docs/metrics.md, which is made from the program. Counters stand in rate() or increase(), gauges do not.
"""
import json
import pathlib
import re
import subprocess
import sys

import yaml

# Of others: the API server's own, as its documentation lists them.
OTHERS = {"apiserver_admission_webhook_fail_open_count": ("counter", {"name", "type"})}
OF_THE_TARGET = {"namespace", "job", "pod", "instance"}   # Prometheus adds them when it scrapes
VARIABLES = {"$__rate_interval": "5m", "$__range": "1d", "$namespace": "a", "$job": "b"}
wrong = []


def known():
    found = dict(OTHERS)
    for name, kind, labels in re.findall(r"^\| `(\w+)` \| (\w+) \| (.*?) \| ", pathlib.Path("docs/metrics.md").read_text(), re.M):
        labels = set(re.findall(r"`(\w+)`", labels))
        if kind == "histogram":
            for part in ("_bucket", "_sum", "_count"):
                found[name + part] = ("counter", labels if part == "_bucket" else labels - {"le"})
        else:
            found[name] = (kind, labels)
    return found


def expressions(objects):
    for item in objects:
        if item["kind"] == "PrometheusRule":
            for rule in (rule for group in item["spec"]["groups"] for rule in group["rules"]):
                yield rule["alert"], rule["expr"]
        for text in (item.get("data") or {}).values() if item["kind"] == "ConfigMap" else []:
            for panel in json.loads(text)["panels"]:
                for target in panel.get("targets", []):
                    yield f"{panel['title']} {target['refId']}", target["expr"]


def board_is_whole(board):
    panels = board["panels"]
    ids = [panel["id"] for panel in panels]
    if len(set(ids)) != len(ids):
        wrong.append("two panels have one id")
    taken = {}
    for panel in panels:
        at = panel["gridPos"]
        if at["x"] + at["w"] > 24:
            wrong.append(f"{panel['title']} is wider than the board")
        for cell in ((x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])):
            if taken.setdefault(cell, panel["title"]) != panel["title"]:
                wrong.append(f"{panel['title']} lies over {taken[cell]}")
                break
        if panel["type"] != "row" and panel["datasource"]["uid"] != "${datasource}":
            wrong.append(f"{panel['title']} has a data source of its own")
    for panel in panels:
        for target in panel.get("targets", []):
            for label in re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]):
                grouped = re.findall(r"by \(([^)]*)\)", target["expr"])
                if label not in (grouped[0].replace(" ", "").split(",") if grouped else OF_THE_TARGET):
                    wrong.append(f"{panel['title']}: the legend names {label}, which the result does not have")


def main(promql, rendered):
    objects = [item for item in yaml.safe_load_all(pathlib.Path(rendered).read_text()) if item]
    asked = list(expressions(objects))
    for item in objects:
        for text in (item.get("data") or {}).values() if item["kind"] == "ConfigMap" else []:
            board_is_whole(json.loads(text))
    if not any(item["kind"] == "ConfigMap" and item["metadata"]["labels"].get("grafana_dashboard") == "1" for item in objects):
        wrong.append("no ConfigMap has the label that Grafana's sidecar looks for")
    lines = []
    for where, text in asked:
        for variable, value in VARIABLES.items():
            text = text.replace(variable, value)
        if "$" in text:
            wrong.append(f"{where}: a variable that the board does not have: {text}")
        lines.append(f"{where}\t{text}\n")
    done = subprocess.run([promql], input="".join(lines), capture_output=True, text=True)
    wrong.extend(done.stderr.split("\n")[:-1])
    metrics = known()
    for where, name, labels, functions in (line.split("\t") for line in done.stdout.split("\n")[:-1]):
        if name not in metrics:
            wrong.append(f"{where}: there is no metric {name}")
            continue
        kind, has = metrics[name]
        if extra := set(filter(None, labels.split(","))) - has - OF_THE_TARGET:
            wrong.append(f"{where}: {name} has no label {', '.join(sorted(extra))}")
        in_rate = bool({"rate", "increase", "irate"} & set(functions.split(",")))
        if in_rate != (kind == "counter"):
            wrong.append(f"{where}: {name} is a {kind}, and {'stands' if in_rate else 'does not stand'} in rate() or increase()")
    if len(asked) < 20:
        wrong.append(f"only {len(asked)} expressions were found")
    for text in wrong:
        print(f"FAILED: monitoring: {text}")
    print(f"monitoring: {len(asked)} expressions")
    return 1 if wrong else 0


sys.exit(main(*sys.argv[1:]))
