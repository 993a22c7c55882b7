"""What can be said of the pages without running them: links, names in the text, objects, and that the table fits."""
import json
import pathlib
import re
import subprocess
import tempfile

import pages

ONE_BY_ONE = ("README.md", "policies/README.md", "examples/README.md", "charts/launchgate/README.md")


def page_paths(root):
    return [*ONE_BY_ONE, *sorted(str(path.relative_to(root)) for path in (root / "docs").rglob("*.md"))]


def links(read, root):
    """Every link leads somewhere; every page of docs/ is led to."""
    found, reached = [], set()
    headings = {page.path: {pages.anchor(heading) for heading in page.headings} for page in read}
    for page in read:
        for line, target in page.links:
            if re.match(r"[a-z]+:", target):
                continue
            file, _, fragment = target.partition("#")
            path = (pathlib.Path(page.path).parent / file) if file else pathlib.Path(page.path)
            path = pathlib.Path(re.sub(r"[^/]+/\.\./", "", str(path))) if ".." in str(path) else path
            if not (root / path).exists():
                found.append(f"{page.path}:{line}: the link to {target} leads nowhere\n")
            elif fragment and str(path) in headings and fragment not in headings[str(path)]:
                found.append(f"{page.path}:{line}: no heading of {path} is #{fragment}\n")
            reached.add(str(path))
    return found + [f"{page.path}: no page links to it\n" for page in read if page.path.startswith("docs/") and page.path not in reached]


def names(read, launchgate):
    """`launchgate VERB --option` in the text: the verb and the option exist. Commands in blocks are run instead."""
    reference = json.loads(subprocess.run([launchgate, "reference"], check=True, capture_output=True, text=True).stdout)
    verbs = {verb["name"]: {name for option in verb["options"] for name in re.split(r"[,{]", option["name"])} for verb in reference["verbs"]}
    found = []
    for page in read:
        for line, span in page.spans:
            words = span.split()
            if len(words) < 2 or words[0] != "launchgate" or not re.fullmatch(r"[a-z]+", words[1]):
                continue
            if words[1] not in verbs:
                found.append(f"{page.path}:{line}: launchgate has no verb {words[1]}: `{span}`\n")
                continue
            for word in words[2:]:
                if word.startswith("--") and word.split("=")[0] not in verbs[words[1]] and words[1] != "policy":
                    found.append(f"{page.path}:{line}: launchgate {words[1]} has no {word}: `{span}`\n")
    return found


def objects(read, launchgate):
    """launchgate reads every object that a page shows."""
    found = []
    for page in read:
        for line, text in page.objects:
            with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
                file.write(text)
                file.flush()
                done = subprocess.run([launchgate, "check", file.name], capture_output=True, text=True)
            if done.returncode == 2:
                found.append(f"{page.path}:{line}: not an object that launchgate reads: {done.stderr}\n")
    return found


def table_fits(read, table):
    """Each row of the table stands for a command that a page still shows."""
    shown = {(page.path, step.name()) for page in read for step in page.steps() if isinstance(step, pages.Command)}
    paths = {page.path + (f" {scene.number}" if scene.number > 1 else "") for page in read for scene in page.scenes}
    found = [f"table.yaml: {row['page']} does not show: {row['command']}\n" for row in table["not run"]
             if (row["page"], row["command"]) not in shown]
    found += [f"table.yaml: no reason for {row['page']}: {row['command']}\n" for row in table["not run"] if len(row.get("why") or "") < 10]
    return found + [f"table.yaml: given for {path}, which is no page, or no scene of one\n" for path in table["given"] if path not in paths]


def tier_pages(read, root, launchgate):
    """docs/reviews/TIER.md names, in its table, the gates that block at this tier and at none below: no more, and no fewer."""
    gates = json.loads(subprocess.run([launchgate, "gates", "-o", "json"], check=True, capture_output=True, text=True).stdout)
    found, below = [], set()
    for tier in ("low", "moderate", "high", "critical"):
        path = root / f"docs/reviews/{tier}.md"
        blocking = {gate["id"] for gate in gates if gate["tiers"][tier] == "block"}
        named = re.findall(r"PRR-[A-Z]+-\d+", "\n".join(row for row in path.read_text().split("\n") if row.startswith("| ")))
        if wrong := sorted(set(named) ^ (blocking - below)):
            found.append(f"{path.relative_to(root)}: the table and the gate table differ in {', '.join(wrong)}\n")
        below |= blocking
    return found


def all_of(read, root, launchgate, table):
    return links(read, root) + names(read, launchgate) + objects(read, launchgate) + table_fits(read, table) + tier_pages(read, root, launchgate)
