# What a team's reviews share comes from a profile; when it changes, what is judged changes.
printf 'apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessProfile\nmetadata: {name: team}\nspec: {cost: {budget: {amount: 300, currency: EUR, period: month}}}\n' | accepted apply
review bot | sed -e '/^    budget:/d' -e 's/^spec:/spec:\n  profileRef: {name: team}/' | accepted apply
deploy() { workload Deployment bot | accepted apply; }
eventually deploy
accepted kubectl delete rrp team
without() { workload Deployment bot bot:v2 | refused 'PRR-COST-01' -- try; }
eventually without
