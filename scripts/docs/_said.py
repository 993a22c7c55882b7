"""What the pages share: asking the program, and Markdown that stays intact whatever a text holds."""
import json
import subprocess
import sys


def binary():
    return sys.argv[1]


def said(*arguments):
    return subprocess.run([binary(), *arguments], check=True, capture_output=True, text=True).stdout


def said_json(*arguments):
    return json.loads(said(*arguments))


def cell(text):
    """A table's cell: one line, no bars, nothing that Markdown would take for a tag."""
    return " ".join(str(text).split()).replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;")


def code(text):
    return "`" + " ".join(str(text).split()).replace("|", "\\|") + "`" if str(text).strip() else ""


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])
