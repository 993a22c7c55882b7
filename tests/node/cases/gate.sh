# What a product team sees on a cluster whose platform team has switched to enforce, with the start-up of examples/.
accepted upgrade --set policy.mode=enforce
enforced() { workload Deployment bot "$run_image" | refused 'no ReadinessReview covers' -- try; }
eventually enforced
workload Deployment bot "$run_image" | refused 'validate.launchgate.dev' 'not admitted' 'no ReadinessReview covers' -- apply

kubectl create namespace web >/dev/null
example=$ROOT/examples/startup
accepted kubectl apply -f "$example/policy.yaml"
refused_in_web() { refused 'no ReadinessReview covers' -- kubectl apply -f "$example/workload.yaml"; }
eventually refused_in_web
accepted kubectl apply -f "$example/review.yaml"
accepted kubectl apply -f "$example/workload.yaml"

# What is admitted runs, and a rollout that its review carries goes through.
review bot | accepted apply
workload Deployment bot "$run_image" | accepted apply
accepted kubectl rollout status deployment/bot --timeout=60s
