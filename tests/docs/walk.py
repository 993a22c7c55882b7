"""Runs what the pages of the documentation show; called by run.sh, which says what for.

  walk.py LAUNCHGATE OFFLINE PAGE...     OFFLINE: yes leaves out the pages that need a cluster
"""
import concurrent.futures
import difflib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import yaml

import checks
import pages
from ports import free_port

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
READER_HAS = ("examples", "policies", "crds", "charts")   # of the repository, in the folder that a page's commands run in
READS_ONLY = re.compile(r"^(kubectl (-n \S+ )?(get|describe|explain|auth)|launchgate (status|audit|doctor)|kubectl launchgate status)\b")
STAYS = re.compile(r"^launchgate serve\b")                 # runs until it is stopped
PORTS = ("8443", "8080")                                   # of the pages; free ones stand in for them

NOWHERE = "apiVersion: v1\nkind: Config\nclusters: []\n"   # a kubeconfig: kubectl tries localhost where there is none


def as_pattern(line):
    return ".*".join(re.escape(part) for part in line.rstrip().split("..."))


def matches(shown, seen):
    """Line by line; "..." stands for any text within a line, and alone in a line for any number of lines."""
    pattern = "".join(r"(?:.*\n)*?" if line.strip() == "..." else as_pattern(line) + r"\n" for line in shown)
    return re.fullmatch(pattern, "".join(line.rstrip() + "\n" for line in seen)) is not None


class Walk:
    """One scene of a page, in a folder of its own and, where it says so, with a control plane of its own."""

    def __init__(self, page, scene, launchgate, table, offline, scratch):
        self.page, self.scene, self.table, self.offline = page, scene, table, offline
        self.failures, self.left_out, self.ran = [], [], 0
        self.name = page.path + (f" {scene.number}" if scene.number > 1 else "")
        self.home = scratch / self.name.replace("/", "_").replace(" ", "_")
        self.work = self.home / "work"
        self.work.mkdir(parents=True)
        (self.home / "bin").mkdir()
        for name in ("launchgate", "kubectl-launchgate"):
            (self.home / "bin" / name).symlink_to(launchgate)
        for name in READER_HAS:
            shutil.copytree(ROOT / name, self.work / name)
        self.ports = {port: str(free_port()) for port in PORTS}
        self.stays = []
        self.environment = {**os.environ, "GIVEN": str(HERE / "given"), "PATH": f"{self.home / 'bin'}:{os.environ['PATH']}", "HOME": str(self.home), "LC_ALL": "C.UTF-8",
                            "KUBECONFIG": str(self.home / "plane" / "admin.conf") if scene.cluster else str(self.home / "none")}
        (self.home / "none").write_text(NOWHERE)

    def bash(self, text, seconds=90):
        return subprocess.run(["timeout", str(seconds), "bash", "-o", "pipefail", "-c", text], cwd=self.work, env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def plane(self, verb):
        done = subprocess.run([str(HERE / "plane.sh"), verb, str(self.home / "plane")], env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise SystemExit(f"{self.page.path}: plane.sh {verb}: {done.stdout}")

    def fail(self, line, what, seen=""):
        self.failures.append(f"{self.page.path}:{line}: {what}\n" + "".join(f"    {row}\n" for row in seen.split("\n") if row)[:4000])

    def walk(self):
        began = time.monotonic()
        try:
            if self.scene.cluster:
                self.plane("up")
            if given := self.table["given"].get(self.name):
                done = self.bash("set -e\n" + given)
                if done.returncode:
                    raise SystemExit(f"table.yaml: what {self.name} supposes: {done.stdout}")
                self.installed(given)
            for step in self.scene.steps:
                self.save(step) if isinstance(step, pages.File) else self.run(step)
        finally:
            for process in self.stays:
                process.send_signal(signal.SIGTERM)
                process.wait()
            if self.scene.cluster:
                self.plane("down")
        self.took = time.monotonic() - began
        return self

    def installed(self, text):
        if self.scene.cluster and re.search(r"\bhelm (install|upgrade)\b", text):
            self.plane("asked")

    def save(self, file):
        path = self.work / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text)

    def run(self, command):
        for row in self.table["not run"]:
            if row["page"] == command.page and row["command"] == command.name():
                self.left_out.append(row["command"])
                return
        text = command.text
        if self.offline and re.search(r"\b(kubectl|helm)\b", text):
            self.left_out.append(command.name())
            return
        for port, free in self.ports.items():
            text = re.sub(rf"\b{port}\b", free, text)
        self.ran += 1
        if STAYS.match(text):
            return self.stay(command, text)
        done, until = self.bash(text), time.monotonic() + 20
        while self.scene.cluster and READS_ONLY.match(text) and not self.as_shown(command, done) and time.monotonic() < until:
            time.sleep(0.3)   # as a reader would: the status comes a moment later
            done = self.bash(text)
        if os.environ.get("SHOW"):
            print(f"$ {command.text}\n{done.stdout}", end="")
        if done.returncode != command.code:
            self.fail(command.line, f"exit {done.returncode}, the page says {command.code}: {command.text}", done.stdout)
        elif not self.as_shown(command, done):
            diff = difflib.unified_diff(command.shown, done.stdout.rstrip("\n").split("\n"), "the page", "this program", lineterm="")
            self.fail(command.line, f"prints something else: {command.text}", "\n".join(diff))
        elif not command.code:
            self.installed(text)

    def as_shown(self, command, done):
        if done.returncode != command.code:
            return False
        return command.shown is None or matches(command.shown, done.stdout.rstrip("\n").split("\n"))

    def stay(self, command, text):
        log = open(self.home / f"log-{command.line}", "w+")
        process = subprocess.Popen(["bash", "-c", "exec " + text], cwd=self.work, env=self.environment, stdin=subprocess.DEVNULL,
                                   stdout=log, stderr=subprocess.STDOUT)
        self.stays.append(process)
        for _ in range(200):
            said = pathlib.Path(log.name).read_text()
            if '"msg":"listening"' in said or process.poll() is not None:
                break
            time.sleep(0.05)
        if process.poll() is not None or '"msg":"listening"' not in said:
            self.fail(command.line, f"does not stay: {command.text}", said)


def main():
    launchgate, offline, wanted = pathlib.Path(sys.argv[1]), sys.argv[2] == "yes", sys.argv[3:]
    table = yaml.safe_load((HERE / "table.yaml").read_text())
    read, failures, ran, left_out = [], [], 0, []
    for path in checks.page_paths(ROOT):
        try:
            read.append(pages.read(path, (ROOT / path).read_text()))
        except pages.Unreadable as why:
            failures.append(f"{why}\n")
    failures += checks.all_of(read, ROOT, launchgate, table)
    with tempfile.TemporaryDirectory() as scratch:
        walks = [Walk(page, scene, launchgate, table, offline, pathlib.Path(scratch)) for page in read for scene in page.scenes
                 if scene.steps and (not wanted or page.path in wanted)]
        for walk in [walk for walk in walks if offline and walk.scene.cluster]:
            print(f"left out        {walk.name}: needs a cluster")
            walks.remove(walk)
        # Each has its own folder, ports and control plane. What they print with SHOW=1 must stay apart.
        with concurrent.futures.ThreadPoolExecutor(1 if os.environ.get("SHOW") else int(os.environ.get("JOBS", 3))) as pool:
            for walk in pool.map(Walk.walk, walks):
                failures += walk.failures
                ran, left_out = ran + walk.ran, left_out + walk.left_out
                print(f"{'FAILED' if walk.failures else 'passed'}  {walk.took:4.0f} s  {walk.name}: {walk.ran} commands"
                      + (f", {len(walk.left_out)} not run" if walk.left_out else ""), flush=True)
    for failure in failures:
        print("\n" + failure, end="")
    print(f"{ran} commands run, {len(left_out)} with a reason not to, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
