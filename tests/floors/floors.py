#!/usr/bin/env python3
"""Checks that webhook/ is built floor by floor: a folder includes its own files and those of floors below it.

    floors.py WEBHOOK_FOLDER      exit 0: all is well; 1: each violation as "file:line: what is wrong: how to mend it"

The floors are those of webhook/README.md. Below the line (base to wire) everything is pure: no socket, file, thread,
clock or log, because the same judgement serves the webhook, the audit and the command line, and is tested without any.
"""
import re
import sys
from pathlib import Path

# From below to above. Folders that share a floor are siblings and do not know each other.
FLOORS = [
    ["base"],
    ["model"],
    ["gates"],
    ["verdict"],
    ["wire"],
    ["edge/http", "edge/files", "edge/telemetry", "edge/kube", "edge/tls"],
    ["certs"],
    ["serve", "operate", "cli"],
    ["wiring"],   # hands one room what another has, where main.cpp puts them together
]
LEVEL = {folder: level for level, folders in enumerate(FLOORS) for folder in folders}
DOORS, ROOMS = LEVEL["edge/http"], LEVEL["serve"]
MAIN = LEVEL["wiring"] + 1   # main.cpp picks a room

# Forbidden below the doors: what it looks like, what it is, where it belongs.
PURE = [
    (r"#\s*include\s*<(thread|mutex|shared_mutex|condition_variable|future|stop_token|semaphore|latch|barrier)>",
     "threads and locks", "keep the value immutable and let serve/ or edge/ own the thread"),
    (r"#\s*include\s*<(fstream|filesystem|fcntl\.h|unistd\.h|dirent\.h|sys/stat\.h)>",
     "file access", "take the text as an argument; edge/files reads it"),
    (r"#\s*include\s*<(sys/socket\.h|netdb\.h|netinet/[^>]*|arpa/inet\.h|poll\.h|sys/epoll\.h)>",
     "a socket", "take the bytes as an argument; edge/http moves them"),
    (r"#\s*include\s*[<\"]boost/(asio|beast)", "Asio or Beast", "only the doors in edge/ and the rooms know the network"),
    (r"#\s*include\s*[<\"]spdlog|\bspdlog::", "a log", "return what happened as a value; the rooms write it down"),
    (r"#\s*include\s*[<\"]prometheus/", "metrics", "return what happened as a value; the rooms count it"),
    (r"\b\w+_clock\s*::\s*now\b|\bstd::time\s*\(|\b(gettimeofday|clock_gettime)\s*\(",
     "the clock", "take `TimePoint now` as an argument"),
    (r"\b(secure_)?getenv\s*\(", "the environment", "take the value as an argument; main.cpp and the rooms read options"),
]
PURE = [(re.compile(pattern), what, mend) for pattern, what, mend in PURE]
# What stands below the line and is not pure all the same, and why.
IMPURE = {
    "base/words.cpp": "one pool of names for the process: whoever compacts a Doc may be any thread; readers take no lock",
}
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')
SOURCES = {".h", ".hpp", ".cpp", ".cc", ".inc"}


def code_lines(text):
    """The lines of a C++ text without comments (what stands in a comment includes nothing)."""
    text = re.sub(r"/\*.*?\*/", lambda m: "\n" * m.group().count("\n"), text, flags=re.S)
    return [re.sub(r"(^|\s)//.*", "", line) for line in text.split("\n")]


def folder_of(path):
    """The floor's folder that a path relative to webhook/ stands in; None for main.cpp and strangers."""
    parts = path.split("/")
    for size in (2, 1):
        folder = "/".join(parts[:size])
        if len(parts) > size and folder in LEVEL:
            return folder
    return None


def judge_include(folder, included):
    """What is wrong with `#include "included"` in a file of `folder` (None: main.cpp), or None."""
    target = folder_of(included)
    if target is None:
        return (f'"{included}" does not begin with a floor\'s folder',
                "include by the path from webhook/, as in \"base/doc.h\"; a new folder first gets its row in tests/floors/floors.py")
    own, other = (MAIN if folder is None else LEVEL[folder]), LEVEL[target]
    if target == folder or other < own:
        return None
    if other > own:
        return (f"{folder}/ includes {target}/, a floor above it",
                f"move what both need down into {folder}/ or below, or pass the value in from {target}/")
    if own == ROOMS:
        return (f"{folder}/ includes {target}/, a sibling room",
                "rooms do not know each other: move what both need into a door (edge/), wire/ or below")
    return (f"{folder}/ includes {target}/, a sibling door",
            "doors do not know each other: let a room wire both together, or move what both need into wire/ or below")


def judge_file(root, path):
    name = path.relative_to(root).as_posix()
    folder = folder_of(name)
    if folder is None and "/" in name:
        yield 0, f"{name.rsplit('/', 1)[0]}/ is on no floor", "put the file into a floor's folder, or draw the new one in tests/floors/floors.py and webhook/README.md"
        return
    pure = folder is not None and LEVEL[folder] < DOORS and name not in IMPURE
    for number, line in enumerate(code_lines(path.read_text(encoding="utf-8")), 1):
        include = INCLUDE.match(line)
        if include and not include.group(1).startswith("boost/"):
            wrong = judge_include(folder, include.group(1))
            if wrong:
                yield number, *wrong
        if pure:
            for pattern, what, mend in PURE:
                if pattern.search(line):
                    yield number, f"{folder}/ is pure and uses {what}", mend


def violations(root):
    """(every violation in the tree as "file:line: what is wrong: how to mend it", how many files were read)."""
    files = sorted(p for p in Path(root).rglob("*") if p.suffix in SOURCES and p.is_file())
    found = [f"{path.relative_to(root).as_posix()}:{line}: {what}: {mend}"
             for path in files for line, what, mend in judge_file(root, path)]
    return found, len(files)


def main(arguments):
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: floors.py WEBHOOK_FOLDER", file=sys.stderr)
        return 2
    found, files = violations(Path(arguments[0]))
    for line in found:
        print(f"webhook/{line}")
    print(f"{files} files, {len(found)} violations")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
