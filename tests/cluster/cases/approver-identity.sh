# The chart's admission policy: nobody approves or waives in somebody else's name, or speaks for a group that is not theirs.
python3 - "$ROOT/tests/chart/golden/default.yaml" "$NS" >"$WORK/policy.yaml" <<'PY'
import sys
for part in open(sys.argv[1]).read().split("\n---\n"):
    if "kind: ValidatingAdmissionPolicy" in part:   # and its binding
        print(part.replace("launchgate-approver", sys.argv[2] + "-approver") + "\n---")
PY
# Only in this case's namespace: other cases run beside it.
sed "s/validationActions: \[Deny\]/validationActions: [Deny], matchResources: {namespaceSelector: {matchLabels: {kubernetes.io\/metadata.name: $NS}}}/" "$WORK/policy.yaml" |
  accepted kubectl apply -f -
trap 'kubectl delete validatingadmissionpolicy,validatingadmissionpolicybinding "$NS-approver" >/dev/null 2>&1; policy_of_case' EXIT
kubectl create role approver --verb=get,list,create,update,patch --resource=readinessapprovals.launchgate.dev,readinesswaivers.launchgate.dev >/dev/null
kubectl create rolebinding approvers --role=approver --user=ana@example.com >/dev/null
ana() { kubectl --as=ana@example.com --as-group=shop-leads --as-group=system:authenticated "$@"; }
approval() {   # approval NAME APPROVER [GROUPS]
  printf 'apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessApproval\nmetadata: {name: %s%s}\nspec: {review: bot, reviewDigest: "v1:sha256:%064d", role: product, approver: %s, decision: approve}\n' \
    "$1" "${3:+, annotations: {launchgate.dev/approver-groups: \"$3\"\}}" 0 "$2"
}
in_anothers_name() { approval a1 bob@example.com | invalid 'must be the user who writes this object: ana@example.com' -- ana apply --dry-run=server -f -; }
eventually in_anothers_name
approval a2 ana@example.com security-office | invalid 'may name only groups of the user' -- ana apply -f -
approval a3 ana@example.com 'shop-leads, security-office' | invalid 'may name only groups of the user' -- ana apply -f -
approval a4 ana@example.com 'shop-leads, system:authenticated' | accepted ana apply -f -
approval a5 ana@example.com | accepted ana apply -f -
# Nor later, when the object is there: not by its author, and not by anybody else.
invalid 'may name only groups of the user' -- ana annotate rra a5 launchgate.dev/approver-groups=security-office
accepted ana label rra a5 seen=yes
invalid 'must be the user who writes this object' -- kubectl annotate rra a5 launchgate.dev/approver-groups=system:masters
waiver() { printf 'apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessWaiver\nmetadata: {name: w}\nspec: {review: bot, gates: [PRR-COST-02], reason: "the gateway has limits from Friday on", until: "2099-01-01", approver: %s}\n' "$1"; }
waiver bob@example.com | invalid 'must be the user who writes this object' -- ana apply -f -
waiver ana@example.com | accepted ana apply -f -
