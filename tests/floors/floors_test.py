#!/usr/bin/env python3
"""The floors test notices what it is there for: each broken rule in a little tree of its own."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from floors import FLOORS, PURE, violations

SOUND = {
    "base/doc.h": "#pragma once\n#include <string>\n",
    "model/review.h": '#include "base/doc.h"\n',
    "gates/table.cpp": '#include "gates/table.h"\n#include "model/review.h"\n',
    "gates/table.h": "// not an include: #include \"serve/service.h\"\n/* #include <thread>\n std::getenv( */\n",
    "verdict/judge.cpp": '#include "gates/table.h"\n// the caller reads std::chrono::system_clock::now()\n',
    "wire/answer.cpp": '#include "verdict/judge.h"\n',
    "edge/http/server.cpp": '#include <thread>\n#include <boost/asio.hpp>\n#include "wire/answer.h"\n#include "edge/http/server.h"\n',
    "edge/files/watch.cpp": "#include <filesystem>\nauto t = std::chrono::steady_clock::now();\n",
    "serve/service.cpp": '#include "edge/http/server.h"\n#include "edge/files/watch.h"\n',
    "cli/check.cpp": '#include "edge/files/watch.h"\n#include "verdict/judge.h"\n',
    "main.cpp": '#include "serve/service.h"\n#include "cli/check.h"\n',
}

# (file, its text, the line it stands in, what the message says, what the mending sentence says)
BROKEN = [
    ("base/doc.h", '#include "model/review.h"\n', 1, "base/ includes model/, a floor above it", "pass the value in"),
    ("model/review.h", '\n\n#include "verdict/judge.h"\n', 3, "model/ includes verdict/, a floor above it", "move what both need down"),
    ("wire/answer.cpp", '#include "edge/http/server.h"\n', 1, "wire/ includes edge/http/, a floor above it", "pass the value in"),
    ("edge/http/server.cpp", '#include "edge/files/watch.h"\n', 1, "a sibling door", "let a room wire both together"),
    ("edge/telemetry/log.cpp", '#include "serve/service.h"\n', 1, "a floor above it", "pass the value in"),
    ("serve/service.cpp", '#include "cli/check.h"\n', 1, "a sibling room", "rooms do not know each other"),
    ("operate/leader.cpp", '#include "serve/service.h"\n', 1, "a sibling room", "rooms do not know each other"),
    ("base/doc.cpp", '#include "doc.h"\n', 1, "does not begin with a floor's folder", "by the path from webhook/"),
    ("base/doc.cpp", '#include "../model/review.h"\n', 1, "does not begin with a floor's folder", "by the path from webhook/"),
    ("helpers/util.cpp", "int x;\n", 0, "helpers/ is on no floor", "draw the new one"),
    ("gates/a.cpp", "#include <thread>\n", 1, "gates/ is pure and uses threads", "let serve/ or edge/ own the thread"),
    ("gates/a.cpp", "#include <mutex>\n", 1, "threads and locks", "immutable"),
    ("verdict/a.cpp", "#  include <fstream>\n", 1, "file access", "edge/files reads it"),
    ("verdict/a.cpp", "#include <filesystem>\n", 1, "file access", "edge/files reads it"),
    ("wire/a.cpp", "#include <sys/socket.h>\n", 1, "a socket", "edge/http moves them"),
    ("wire/a.cpp", "#include <boost/asio/io_context.hpp>\n", 1, "Asio or Beast", "only the doors"),
    ("model/a.cpp", "#include <spdlog/spdlog.h>\n", 1, "a log", "return what happened as a value"),
    ("model/a.cpp", 'void f() { spdlog::info("x"); }\n', 1, "a log", "return what happened as a value"),
    ("wire/a.cpp", "#include <prometheus/counter.h>\n", 1, "metrics", "return what happened as a value"),
    ("base/time.cpp", "auto n = std::chrono::system_clock::now();\n", 1, "the clock", "take `TimePoint now` as an argument"),
    ("base/time.cpp", "auto n = steady_clock :: now();\n", 1, "the clock", "take `TimePoint now` as an argument"),
    ("base/time.cpp", "auto n = std::time(nullptr);\n", 1, "the clock", "take `TimePoint now` as an argument"),
    ("gates/a.cpp", 'auto e = std::getenv("HOME");\n', 1, "the environment", "take the value as an argument"),
]


class FloorsTest(unittest.TestCase):
    def tree(self, files):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for name, text in files.items():
            path = Path(folder.name, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return Path(folder.name)

    def test_a_sound_tree_passes(self):
        self.assertEqual(violations(self.tree(SOUND)), ([], len(SOUND)))

    def test_each_broken_rule_is_named_with_its_line_and_how_to_mend_it(self):
        for name, text, line, what, mend in BROKEN:
            with self.subTest(file=name, text=text):
                found, _ = violations(self.tree({**SOUND, name: text}))
                self.assertEqual(len(found), 1, found)
                self.assertTrue(found[0].startswith(f"{name}:{line}: "), found[0])
                self.assertIn(what, found[0])
                self.assertIn(mend, found[0])

    def test_every_forbidden_thing_has_a_case_above(self):
        for pattern, what, _ in PURE:
            self.assertTrue(any(pattern.search(text) for _, text, *_ in BROKEN), what)

    def test_every_floor_but_the_lowest_may_include_the_one_below(self):
        for below, above in zip(FLOORS, FLOORS[1:]):
            for folder in above:
                for target in below:
                    found, _ = violations(self.tree({f"{folder}/a.cpp": f'#include "{target}/a.h"\n', f"{target}/a.h": ""}))
                    self.assertEqual(found, [])

    def test_the_exit_code_says_it(self):
        script = Path(__file__).with_name("floors.py")
        run = lambda files: subprocess.run([sys.executable, script, self.tree(files)], capture_output=True, text=True)
        self.assertEqual(run(SOUND).returncode, 0)
        broken = run({**SOUND, "base/doc.h": '#include "model/review.h"\n'})
        self.assertEqual(broken.returncode, 1)
        self.assertIn("webhook/base/doc.h:1: base/ includes model/", broken.stdout)
        self.assertEqual(run({}).returncode, 1)   # nothing to check is no success
        self.assertEqual(subprocess.run([sys.executable, script, "/nonexistent"], capture_output=True).returncode, 2)


if __name__ == "__main__":
    unittest.main()
