#!/usr/bin/env python3
"""Runs the one step of a composite GitHub Action as a runner would: action.py ACTION.YML PATH-FOLDER INPUT=VALUE..."""
import os
import re
import subprocess
import sys

import yaml

action = yaml.safe_load(open(sys.argv[1]))
given = dict(a.split("=", 1) for a in sys.argv[3:])
inputs = {name: str(given.pop(name, one.get("default", ""))) for name, one in action["inputs"].items()}
if given:
    sys.exit(f"the action has no input {', '.join(given)}")
assert action["runs"]["using"] == "composite"


def value(text):
    return re.sub(r"\$\{\{ *(?:inputs\.([a-z-]+)|github\.action_path) *\}\}", lambda m: inputs[m[1]] if m[1] else os.path.dirname(os.path.abspath(sys.argv[1])), str(text))


for step in action["runs"]["steps"]:
    assert step["shell"] == "bash" and "${{ inputs" not in step["run"], "an input must not be pasted into a script"
    env = {**os.environ, "PATH": sys.argv[2] + ":" + os.environ["PATH"], **{k: value(v) for k, v in step.get("env", {}).items()}}
    code = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", value(step["run"])], env=env).returncode
    if code:
        sys.exit(code)
