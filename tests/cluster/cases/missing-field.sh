# A review without a budget and an off switch: both are named, with the field and the fix; then they are added.
review bot | sed -e '/^    budget:/d' -e '/^    killSwitch:/d' | accepted apply
workload Deployment bot | refused '2 of ' "tier low; review bot" 'PRR-COST-01 budget-set: no cost budget' 'Fix: spec.cost.budget' 'PRR-ROLL-01 kill-switch' -- apply
review bot | accepted apply
deploy() { workload Deployment bot | accepted apply; }
eventually deploy
