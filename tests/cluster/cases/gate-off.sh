# A policy can set a single gate to warn; the others go on blocking.
policy "$NS" enforce 'gates: {PRR-COST-01: {mode: warn}}' | accepted apply
review bot | sed -e '/^    budget:/d' -e '/^    killSwitch:/d' | accepted apply
deploy() { workload Deployment bot | refused '1 of ' 'PRR-ROLL-01' -- try; }
eventually deploy
review bot | sed '/^    budget:/d' | accepted apply
deploy_now() { workload Deployment bot | warned 'PRR-COST-01' -- try; }
eventually deploy_now
