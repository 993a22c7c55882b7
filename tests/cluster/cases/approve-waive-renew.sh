# People say their word with launchgate itself, as who they are: approve, waive, renew.
review bot | accepted apply
workload Deployment bot | accepted apply
lg() { "$binary" "$@" --kubeconfig "$KUBECONFIG"; }
me=$(kubectl auth whoami -o jsonpath='{.status.userInfo.username}')
refused_without_yes() { run lg approve bot --role peer; [ "$code" -eq 2 ] || miss "approve to ask first" "$out"; }
refused_without_yes
shows 'Nobody has approved it yet' 'is written' -- lg approve bot --role peer --yes
shows "$me" peer approve -- kubectl get rra
shows 'is there already' -- lg approve bot --role peer --yes
shows 'Nothing has changed since it was last approved' -- lg approve bot --role product -o yaml
accepted kubectl patch rr bot --type=merge -p '{"spec": {"ownership": {"team": "another-team"}}}'
shows '~ ownership.team: ' 'another-team' -- lg approve bot --role product -o yaml

accepted kubectl patch rr bot --type=merge -p '{"spec": {"rollout": {"killSwitch": null}}}'
shows 'PRR-ROLL-01' 'is in force until' -- lg waive bot --gate PRR-ROLL-01 --for 7d --reason 'the switch is built in this sprint, ticket OPS-7' --approver somebody@example.com --yes
waiver=$(kubectl get rrw -o jsonpath='{.items[0].metadata.name}')
eventually accepted kubectl set image deployment/bot bot=bot:v2 --dry-run=server
shows 'is extended until' -- lg waive bot --renew "$waiver" --for 14d --yes
shows '"renewals":1' -- kubectl get rrw "$waiver" -o json -o jsonpath='{.spec}'

shows 'nothing is stale' -- lg renew bot
shows 'is renewed' -- lg renew bot --until "$(date -u -d '+60 days' +%FT%TZ)" --yes
shows 'expiresAt' -- kubectl get rr bot -o jsonpath='{.spec}'
