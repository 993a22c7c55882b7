"""docs/cli.md, from the definitions that the command line is parsed with."""
from _said import cell, code, said_json, table


def usage(name, verb):
    words = ["launchgate", name]
    words += ["[OPTIONS]"] if any(not o["positional"] for o in verb["options"]) else []
    for option in verb["options"]:
        if option["positional"]:
            word = option["name"] + ("..." if option["repeated"] else "")
            words.append(word if option["required"] else f"[{word}]")
    words += ["VERB"] if verb["verbs"] else []
    return " ".join(words)


def note(option):
    parts = [cell(option["description"])]
    if option["required"] and not option["positional"]:
        parts.append("Required.")
    if option["repeated"] and not option["positional"]:
        parts.append("May be given several times.")
    if option["excludes"]:
        parts.append("Not together with " + ", ".join(code(name) for name in option["excludes"]) + ".")
    return " ".join(part if part.endswith(".") else part + "." for part in parts)


def row(option):
    # Sets of allowed words come as "TEXT:{a,b}": the words say enough.
    kind = option["type"].split(":", 1)[-1] if ":{" in option["type"] else option["type"]
    return (code(option["name"].replace(",", ", ")), code(kind), code(option["default"]), note(option))


def examples(footer):
    """Its indented lines are commands; tests/docs runs them."""
    blocks = []
    for line in footer.strip().split("\n"):
        if line.startswith("  ") and not (blocks and blocks[-1][0]):
            blocks.append((True, []))
        elif not line.startswith("  ") and not (blocks and not blocks[-1][0]):
            blocks.append((False, []))
        blocks[-1][1].append(line.removeprefix("  ") if blocks[-1][0] else cell(line))
    return "\n\n".join("```sh\n" + "\n".join(lines) + "\n```" if commands else "\n".join(lines) for commands, lines in blocks)


def options_of(verb):
    return [option for option in verb["options"] if "--help" not in option["name"]]


def verbs_of(verb, before=""):
    """Each verb and those below it, with the words that choose it."""
    for inner in verb["verbs"]:
        yield before + inner["name"], inner
        yield from verbs_of(inner, before + inner["name"] + " ")


def link(name):
    return f"[{name}](#launchgate-{name.replace(' ', '-')})"


program = said_json("reference")
print("# Command line\n")
print(program["description"].strip().replace("\n", " ") + "\n")
print("The same program under the name `kubectl-launchgate`, in the `PATH`, is the kubectl plugin: `kubectl launchgate check app/`.\n")
print("```text\n" + program["footer"].strip() + "\n```\n")
print(table(("Verb", "Does"), [(link(name), cell(verb["description"])) for name, verb in verbs_of(program)]))
for name, verb in verbs_of(program):
    print(f"\n## launchgate {name}\n\n{verb['description']}.\n\n```text\n{usage(name, verb)}\n```")
    options = options_of(verb)
    if options:
        print("\n" + table(("Option", "Value", "Default", "Meaning"), [row(option) for option in options]))
    if verb["footer"]:
        print("\n" + examples(verb["footer"]))
