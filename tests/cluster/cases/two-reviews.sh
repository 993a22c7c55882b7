# Two reviews that cover one workload: both are named.
review bot | accepted apply
review bot | sed 's/metadata: {name: bot}/metadata: {name: other}/' | accepted apply
deploy() { workload Deployment bot | refused 'bot' 'other' 'PRR-COV-01' -- try; }
eventually deploy
