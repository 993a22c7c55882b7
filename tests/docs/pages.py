"""Reads the pages of the documentation: their code blocks, the commands in these, links, and code in the text.

What the pages keep to, so that what they show can be run (README.md beside this file):
  ```console   commands behind "$ ", each followed by what it prints, or by nothing where that does not matter
  ```sh        commands to copy; nothing is shown
  ```yaml and others are not run. A block without a language, or a command that is only indented, is an error.
"""
import dataclasses
import re

FENCE = re.compile(r"^(\s*)```(\S*)\s*$")
DIRECTIVE = re.compile(r"^<!-- (file|docs-test): (\S+) -->$")
HEREDOC = re.compile(r"<<-?\s*['\"]?(\w+)['\"]?")
EXIT = re.compile(r"\s#.*\bexit (\d+)")
LOOSE = re.compile(r"^ {4,}(\$ |launchgate |kubectl |helm |make |git )")
LINK = re.compile(r"\]\(([^)\s]+)\)")
INLINE = re.compile(r"`([^`\n]+)`")
LANGUAGES = {"console", "sh", "yaml", "json", "text", "diff", "mermaid"}


class Unreadable(Exception):
    """A page that does not keep to the form; its text names the place."""


@dataclasses.dataclass
class Command:
    page: str
    line: int
    text: str              # as it is given to bash
    code: int = 0          # the exit code that the page names, else 0
    shown: list = None     # lines that the page shows; None: none, and nothing is compared

    def name(self):        # as the table of what is not run has it: no comment behind it
        return re.sub(r"\s+#\s.*$", "", self.text.split("\n")[0]).strip()


@dataclasses.dataclass
class File:
    """A block that the page tells its reader to save."""
    page: str
    line: int
    path: str
    text: str


@dataclasses.dataclass
class Scene:
    """Steps that share a folder and, in a cluster, a control plane: <!-- docs-test: cluster --> or files begins one."""
    number: int
    cluster: bool
    steps: list            # Commands and Files in their order


@dataclasses.dataclass
class Page:
    path: str
    scenes: list
    objects: list          # (line, text) of YAML blocks that hold launchgate's objects
    links: list            # (line, target)
    spans: list            # (line, code) in the running text
    headings: list

    def steps(self):
        return [step for scene in self.scenes for step in scene.steps]

    def begin(self, cluster):
        if self.scenes and not self.scenes[-1].steps:
            self.scenes.pop()
        self.scenes.append(Scene(len(self.scenes) + 1, cluster, []))


def whole_command(lines, at):
    """The command that begins at lines[at], with lines continued by a backslash, a pipe or &&, and here-documents; and where it ends."""
    text = lines[at]
    while text.endswith(("\\", "|", "&&")) and at + 1 < len(lines):
        at += 1
        text += "\n" + lines[at]
    if match := HEREDOC.search(text):
        while at + 1 < len(lines):
            at += 1
            text += "\n" + lines[at]
            if lines[at].strip() == match[1]:
                break
    return text, at


def command(page, line, text):
    named = EXIT.search(text.split("\n")[0])
    return Command(page, line, text, int(named[1]) if named else 0)


def of_console(page, first, lines):
    found, at = [], 0
    while at < len(lines):
        if lines[at].startswith("$ "):
            begin = at
            text, at = whole_command([lines[at][2:], *lines[at + 1:]], 0)
            at += begin
            found.append(command(page, first + begin, text))
        elif not found:
            raise Unreadable(f"{page}:{first}: a console block begins with \"$ \" and a command")
        else:
            found[-1].shown = (found[-1].shown or []) + [lines[at]]
        at += 1
    return found


def of_sh(page, first, lines):
    found, at = [], 0
    while at < len(lines):
        begin = at
        text, at = whole_command(lines, at)
        if text.strip() and not text.lstrip().startswith("#"):
            found.append(command(page, first + begin, text))
        at += 1
    return found


def take_block(page, language, first, body, saved_as):
    where = f"{page.path}:{first - 1}"
    if language not in LANGUAGES:
        raise Unreadable(f"{where}: a block is one of {', '.join(sorted(LANGUAGES))}, not '{language}': console or sh is run")
    text = "\n".join(body) + "\n"
    steps = page.scenes[-1].steps
    if saved_as:
        steps.append(File(page.path, first, saved_as, text))
    elif language in ("console", "sh"):
        steps += (of_console if language == "console" else of_sh)(page.path, first, body)
    if language == "yaml" and "apiVersion: launchgate.dev/" in text:
        page.objects.append((first, text))


def read(path, text):
    page = Page(path, [], [], [], [], [])
    page.begin(cluster=False)
    fence = saved_as = None
    body = []
    for number, line in enumerate(text.split("\n"), 1):
        mark = FENCE.match(line)
        if fence is not None:
            if mark and not mark[2]:
                take_block(page, fence[0], fence[1], [row[fence[2]:] for row in body], saved_as)
                fence = saved_as = None
            else:
                body.append(line)
        elif mark:
            fence, body = (mark[2], number + 1, len(mark[1])), []
        elif LOOSE.match(line):
            raise Unreadable(f"{path}:{number}: a command that is only indented: put it into a block ```console or ```sh")
        else:
            if directive := DIRECTIVE.match(line):
                if directive[1] == "file":
                    saved_as = directive[2]
                elif directive[2] in ("cluster", "files"):
                    page.begin(directive[2] == "cluster")
                else:
                    raise Unreadable(f"{path}:{number}: docs-test is followed by cluster or files")
            take_text(page, number, line)
    if fence is not None:
        raise Unreadable(f"{path}:{fence[1]}: a block without an end")
    return page


def take_text(page, number, line):
    if line.startswith("#"):
        page.headings.append(line.lstrip("#").strip())
    page.links += [(number, target) for target in LINK.findall(INLINE.sub("", line))]
    page.spans += [(number, span) for span in INLINE.findall(line)]


def anchor(heading):
    """As GitHub makes it from a heading."""
    text = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", lambda m: m[1] or "", heading).lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
