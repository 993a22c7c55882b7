"""Reads YAML and JSON as kubectl does (dates stay text, a bare `off` is false, 1e3 is a number), refuses duplicate keys, knows line numbers."""
import json
import re

import yaml


class Loader(yaml.SafeLoader):
    yaml_implicit_resolvers = {
        first: [(tag, rule) for tag, rule in rules if tag.rsplit(":")[-1] not in ("timestamp", "int", "float")]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key, _ in node.value:
            if key.value in seen and key.tag != "tag:yaml.org,2002:merge":
                raise yaml.MarkedYAMLError(problem=f"duplicate key {key.value}", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?(0|[1-9][0-9]*|0x[0-9a-fA-F]+|0[0-7]+)$"), list("-+0123456789"))
Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"), list("-+.0123456789"))


def unique(pairs):
    keys = [key for key, _ in pairs]
    twice = [key for key in keys if keys.count(key) > 1]
    if twice:
        raise ValueError(f"duplicate key {twice[0]}")
    return dict(pairs)


def documents(path):
    """The (value, node) pairs of a file; node is None for JSON. Raises ValueError with what is wrong and where."""
    text = path.read_text()
    if path.suffix == ".json":
        return [(json.loads(text, object_pairs_hook=unique), None)]
    found, loader = [], None
    try:
        loader = Loader(text)
        while loader.check_node():
            node = loader.get_node()
            found.append((loader.construct_document(node), node))
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise ValueError(f"{getattr(error, 'problem', None) or error}{f' (line {mark.line + 1})' if mark else ''}") from None
    finally:
        if loader:
            loader.dispose()
    return found


def line(node, path):
    """The line of the value at path, or of the nearest one above it; 0 where lines are not known."""
    if node is None:
        return 0
    at = node.start_mark.line
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            at = node.start_mark.line
        elif isinstance(node, yaml.MappingNode):
            entry = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if entry is None:
                break
            at, node = entry[0].start_mark.line, entry[1]
    return at + 1
