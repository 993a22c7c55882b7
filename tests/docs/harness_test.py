"""run.sh calls this first: a test of documentation that lets everything pass is worse than none."""
import pages
import walk


def refused(text, why):
    try:
        pages.read("p.md", text)
    except pages.Unreadable as error:
        assert why in str(error), (why, str(error))
        return
    raise AssertionError("taken: " + text)


def steps(text):
    return [(step.text, step.code, step.shown) for step in pages.read("p.md", text).steps()]


refused("```\n$ launchgate check\n```", "a block is one of")
refused("text\n\n    launchgate check app/\n", "only indented")
refused("```sh\nls\n", "without an end")
refused("```console\nls\n```", 'begins with "$ "')
assert steps("```sh\n# a comment\nls a \\\n  b\n\nfalse   # exit 1: always\n```") == [("ls a \\\n  b", 0, None), ("false   # exit 1: always", 1, None)]
assert steps("```console\n$ cat <<'END'\n$ x\nEND\nx\n$ ls\na\nb\n```") == [("cat <<'END'\n$ x\nEND", 0, ["x"]), ("ls", 0, ["a", "b"])]
assert steps("```sh\na |\n  b\nc\n```") == [("a |\n  b", 0, None), ("c", 0, None)]
assert steps("```yaml\na: 1\n```") == []
assert [scene.cluster for scene in pages.read("p.md", "<!-- docs-test: cluster -->\n```sh\nls\n```\n<!-- docs-test: files -->").scenes] == [True, False]
assert pages.anchor("PRR-COST-01 `budget-set`: why?") == "prr-cost-01-budget-set-why"

assert walk.matches(["a", "b"], ["a", "b  "])
assert not walk.matches(["a"], ["a", "b"])
assert not walk.matches(["a", "b"], ["a"])
assert not walk.matches(["a.c"], ["abc"])
assert walk.matches(["a...c"], ["a much c"]) and not walk.matches(["a...c"], ["a", "c"])
assert walk.matches(["a", "...", "z"], ["a", "b", "c", "z"]) and walk.matches(["a", "...", "z"], ["a", "z"])
assert not walk.matches(["a", "...", "z"], ["a", "b"])
