# In mode audit nothing is refused and nobody is warned; the decision is recorded in the API server's audit log.
policy "$NS" audit | accepted apply
quietly() { workload Deployment bot | silent apply; }
eventually quietly
audited=$(grep -F "\"namespace\":\"$NS\"" "$PLANE/log/audit" | grep -F 'validate.launchgate.dev/failed-gates' || true)
grep -qF 'PRR-COV-01' <<<"$audited" || miss 'failed gates in the audit log' "$(grep -F "\"$NS\"" "$PLANE/log/audit" | tail -n 2)"
