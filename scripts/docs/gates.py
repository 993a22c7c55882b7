"""docs/gates.md, from the gate table of the program."""
from _said import cell, code, said_json, table

SECTIONS = {
    "COV": "Coverage", "USE": "Use case", "EVAL": "Evaluation", "OBS": "Observability", "SUP": "Support",
    "COST": "Cost", "LAT": "Latency", "ROLL": "Rollout", "OWN": "Ownership", "RISK": "Risks",
    "EXP": "Expiry", "APPR": "Approvals", "CHG": "Change", "AGT": "Agents", "SEC": "Security",
}
FRAMEWORKS = {
    "nistAiRmf": "NIST AI RMF 1.0", "nistAi600-1": "NIST AI 600-1", "iso42001": "ISO/IEC 42001 Annex A", "euAiAct": "EU AI Act",
    "owaspLlm2025": "OWASP LLM 2025", "owaspLlm2026": "OWASP LLM 2026", "owaspAgentic2026": "OWASP Agentic 2026",
    "aisvs": "OWASP AISVS 1.0", "mitreAtlas": "MITRE ATLAS",
}
TIERS = ("low", "moderate", "high", "critical")


def section(gate):
    return gate["id"].split("-")[1]


def sentence(text):
    text = cell(text)
    return text[0].upper() + text[1:] + ("" if text.endswith(".") else ".")


def parameter(param):
    return f"`{param['name']}` (`{param['form']}`; default `{param['default']}`): {cell(param['meaning'])}"


def one(gate):
    baseline = ", ".join(f"{tier} {gate['tiers'][tier]}" for tier in TIERS)
    lines = [f"### {gate['id']} {gate['slug']}", "", f"Catches: {sentence(gate['catches'])} Why: {sentence(gate['why'])}", "",
             f"- Field: {code(gate['path'])}" if gate["path"] else None,
             f"- Applies: {cell(gate['applies'])}",
             f"- Baseline: {baseline}",
             f"- Fix: {cell(gate['fix'])}"]
    lines += [f"- Parameter {parameter(p)}" for p in gate["params"] if not p["everyGate"]]
    supports = [f"{FRAMEWORKS.get(key, key)}: {cell(ids)}" for key, ids in gate["supports"].items()]
    if supports:
        lines.append("- Supports: " + "; ".join(supports))
    return "\n".join(line for line in lines if line is not None)


gates = said_json("gates", "-o", "json")
print(f"""# Gates

The {len(gates)} gates that this version knows. `launchgate explain GATE` prints one of them. The mode of each tier is that of the built-in
baseline; a ReadinessPolicy changes it under `spec.gates` (see [policies](../policies/README.md)). What a gate supports is evidence
towards a control, never compliance with it.

A policy may set parameters of a gate under `spec.gates.<id>.params`. Those of single gates stand with them; every gate takes these:
""")
print("\n".join(f"- {parameter(p)}" for p in gates[0]["params"] if p["everyGate"]) + "\n")
print(table(("Gate", "Name", "Low", "Moderate", "High", "Critical", "Catches"),
            [(f"[{g['id']}](#{g['id'].lower()}-{g['slug']})", g["slug"], *(g["tiers"][t] for t in TIERS), cell(g["catches"]))
             for g in gates]))
before = None
for gate in gates:
    if section(gate) != before:
        before = section(gate)
        print(f"\n## {SECTIONS.get(before, before)}")
    print("\n" + one(gate))
