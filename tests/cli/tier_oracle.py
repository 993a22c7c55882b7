#!/usr/bin/env python3
"""The tier rule of DESIGN's section "Tiers", written a second time, against `launchgate tier -o json` on generated reviews.

    python3 tests/cli/tier_oracle.py LAUNCHGATE [COUNT] [SEED]     600 reviews unless COUNT says otherwise; exit 1 on a difference

Each review stands in a file of its own, some with a profile, a policy (unknownAxis, tierFloors) or both beside it. Compared are the tier and
which reasons are given (base, audience, scale, F1 to F4 …), not their words.
"""
import concurrent.futures
import json
import pathlib
import random
import subprocess
import sys
import tempfile

TIERS = ("low", "moderate", "high", "critical")
MATRIX = {  # automation -> tier by data: public, internal, confidential, restricted
    "suggest": ("low", "low", "moderate", "high"),
    "draft": ("low", "low", "moderate", "high"),
    "act-with-approval": ("moderate", "moderate", "high", "critical"),
    "autonomous": ("high", "high", "critical", "critical"),
}
DATA = ("public", "internal", "confidential", "restricted")
AUDIENCES = ("internal", "partner", "public")
EFFECTS = ("read", "write-internal", "external-message", "money", "access", "infra", "code-exec")
DOMAINS = ("none", "employment", "health", "essential-services")


def tier_of(use, worst, floors, declared):
    """The tier, and what it may and must rest on: a floor below the result of the steps before it is no reason."""
    reasons = set()
    tools = use.get("tools") or []
    if not all(axis in use for axis in ("automation", "dataClassification", "audience")):
        reasons.add("missing")
    automation = use.get("automation") or ("autonomous" if worst else "act-with-approval" if tools else "suggest")
    data = use.get("dataClassification") or ("restricted" if worst else "confidential")
    if "special-category" in use.get("dataCategories", []):
        data = "restricted"
    audience = use.get("audience") or ("public" if worst else "internal")
    if use.get("untrustedInput") is not None:
        untrusted = use["untrustedInput"]
    else:  # the answer for the audience as it is given: an audience assumed by the policy changes only this axis's own worst
        untrusted = worst or use.get("audience", "internal") != "internal" or bool(use.get("retrieval", {}).get("enabled"))
    autonomous = automation == "autonomous"

    tier = TIERS.index(MATRIX[automation][DATA.index(data)])
    reasons.add("base")

    def at_least(word, code):
        nonlocal tier
        level = TIERS.index(word)
        if level >= tier:
            tier = level
            reasons.add(code)

    if audience == "partner":
        at_least("moderate", "audience")
    elif audience == "public":
        at_least(TIERS[max(min(tier + 1, 3), 1)], "audience")
    users = use.get("monthlyUsers", 0)
    if users >= 1_000_000:
        at_least("high", "scale")
    elif users >= 10_000:
        at_least("moderate", "scale")
    grave = "critical" if autonomous else "high"
    effects = [tool.get("effect") for tool in tools]
    if "external-message" in effects:
        at_least("moderate", "F0")
    if any(effect in ("money", "access", "infra", "code-exec") for effect in effects) or any(t.get("reversibility") == "irreversible" for t in tools):
        at_least(grave, "F1")
    if "external-message" in effects and autonomous:
        at_least("high", "F1")
    if untrusted and data in ("confidential", "restricted") and any(effect != "read" for effect in effects):
        at_least(grave, "F2")
    if use.get("regulatedDomain", "none") != "none":
        at_least(grave, "F3")
    if "minors" in use.get("dataCategories", []):
        at_least("high", "F4")
    for floor in floors:
        tier = max(tier, TIERS.index(floor))
    if declared:
        tier = max(tier, TIERS.index(declared))
    return TIERS[tier], reasons


def some(dice, chance, make):
    return make() if dice.random() < chance else None


def generated(dice):
    """useCase, as it is once profile and review are merged."""
    def tool(i):
        return {key: value for key, value in {
            "name": f"tool-{i}", "effect": some(dice, 0.93, lambda: dice.choice(EFFECTS)),
            "reversibility": some(dice, 0.7, lambda: dice.choices(("read-only", "reversible", "externally-reversible", "irreversible"), (3, 4, 3, 1))[0]),
        }.items() if value is not None}

    use = {
        "automation": some(dice, 0.85, lambda: dice.choice(tuple(MATRIX))),
        "dataClassification": some(dice, 0.85, lambda: dice.choice(DATA)),
        "audience": some(dice, 0.8, lambda: dice.choice(AUDIENCES)),
        "dataCategories": some(dice, 0.4, lambda: dice.sample(("personal", "payment", "source-code", "health", "special-category", "minors"), dice.randint(0, 3))),
        "monthlyUsers": some(dice, 0.5, lambda: dice.choice((0, 1, 9_999, 10_000, 10_001, 999_999, 1_000_000, 5_000_000_000))),
        "untrustedInput": some(dice, 0.5, lambda: dice.random() < 0.5),
        "retrieval": some(dice, 0.3, lambda: {"enabled": dice.random() < 0.5}),
        "tools": some(dice, 0.5, lambda: [tool(i) for i in range(dice.randint(0, 3))]),
        "regulatedDomain": some(dice, 0.3, lambda: dice.choice(DOMAINS)),
    }
    return {key: value for key, value in use.items() if value is not None}


def case(dice, number):
    use, name = generated(dice), f"r{number}"
    declared = some(dice, 0.15, lambda: dice.choice(TIERS))
    worst = dice.random() < 0.15
    floors = [dice.choice(TIERS) for _ in range(dice.choice((0, 0, 0, 1, 2)))]
    own, shared = dict(use), {}
    if dice.random() < 0.3:  # a part of it stands in the profile, and some of that the review overrides
        for key in list(use):
            if dice.random() < 0.5:
                shared[key] = own.pop(key)
        for key in ("audience", "dataClassification", "automation"):
            if key in own and dice.random() < 0.3:
                shared[key] = dice.choice({"audience": AUDIENCES, "dataClassification": DATA, "automation": tuple(MATRIX)}[key])
    meta = {"apiVersion": "launchgate.dev/v1alpha1"}
    spec = {"covers": [{"kind": "Deployment", "name": name}], "useCase": own}
    if declared:
        spec["declaredTier"] = declared
    items = [{**meta, "kind": "ReadinessReview", "metadata": {"name": name, "namespace": "shop"}, "spec": spec}]
    if shared:
        spec["profileRef"] = {"name": "team"}
        items.append({**meta, "kind": "ReadinessProfile", "metadata": {"name": "team", "namespace": "shop"}, "spec": {"useCase": shared}})
    if worst or floors:
        policy = {"unknownAxis": "worst" if worst else "default", "tierFloors": [
            {"minTier": floor, "reason": "because", "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "shop"}}} for floor in floors]}
        items.append({**meta, "kind": "ReadinessPolicy", "metadata": {"name": "p"}, "spec": policy})
        items.append({**meta, "kind": "ReadinessPolicy", "metadata": {"name": "elsewhere"}, "spec": {
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "bank"}}, "unknownAxis": "worst", "tierFloors": [{"minTier": "critical"}]}})
    return {"apiVersion": "v1", "kind": "List", "items": items}, tier_of(use, worst, floors, declared)


def said(launchgate, path):
    run = subprocess.run([launchgate, "tier", str(path), "-o", "json"], capture_output=True, text=True, timeout=60)
    if run.returncode != 0:
        return f"exit {run.returncode}: {run.stderr.strip()}", set()
    answer = json.loads(run.stdout)
    return answer["tier"], {reason["code"] for reason in answer["reasons"]}


def main():
    launchgate = sys.argv[1]
    count, seed = (int(a) for a in (sys.argv[2:] + ["600", "2026"][len(sys.argv) - 2:]))
    dice, wrong, seen = random.Random(seed), 0, dict.fromkeys(TIERS, 0)
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(4) as pool:
        cases = []
        for number in range(count):
            document, expected = case(dice, number)
            path = pathlib.Path(folder) / f"{number}.json"
            path.write_text(json.dumps(document))
            cases.append((path, document, expected))
        for (path, document, (tier, reasons)), (got, codes) in zip(cases, pool.map(lambda c: said(launchgate, c[0]), cases)):
            seen[tier] += 1
            codes -= {"F5", "F6", "declared"}  # F5 explains the base; the last two are compared by what they lead to
            if got != tier or codes != reasons:
                wrong += 1
                if wrong <= 5:
                    print(f"expected {tier} {sorted(reasons)}, launchgate says {got} {sorted(codes)}:\n{json.dumps(document)}")
    print(f"{count} reviews (seed {seed}), {wrong} differ; tiers {seen}")
    return 1 if wrong or min(seen.values()) < count // 100 else 0


if __name__ == "__main__":
    sys.exit(main())
