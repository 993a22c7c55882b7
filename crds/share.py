#!/usr/bin/env python3
"""Copies the shared parts of readinessreviews.yaml into the other CRDs, so that a field is written once.

A shared part stands between `# <shared: NAME>` and `# </shared>`. The first occurrence in readinessreviews.yaml is the source; every
other occurrence, in any file of this folder, takes its lines at its own indentation.

    python3 crds/share.py           write
    python3 crds/share.py --check   exit 1 and name the files that are out of date
"""
import pathlib
import re
import sys
import textwrap

PART = re.compile(r"^( *)# <shared: (\w+)>\n(.*?)^ *# </shared>\n", re.M | re.S)
HERE = pathlib.Path(__file__).parent


def source():
    parts = {}
    for indent, name, body in PART.findall((HERE / "readinessreviews.yaml").read_text()):
        parts.setdefault(name, textwrap.dedent(body))
    return parts


def shared(text, parts):
    def fill(match):
        indent, name, _ = match.groups()
        return f"{indent}# <shared: {name}>\n{textwrap.indent(parts[name], indent)}{indent}# </shared>\n"

    return PART.sub(fill, text)


def main():
    parts, stale = source(), []
    for path in sorted(HERE.glob("*.yaml")):
        text = path.read_text()
        wanted = shared(text, parts)
        if text != wanted:
            stale.append(path)
            if "--check" not in sys.argv:
                path.write_text(wanted)
    for path in stale:
        print(f"{path.name}: {'shared parts differ; run python3 crds/share.py' if '--check' in sys.argv else 'updated'}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
