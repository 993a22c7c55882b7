# Everything else is none of launchgate's business: no refusal, no warning.
for kind in Deployment StatefulSet DaemonSet Job CronJob Pod; do
  workload $kind web nginx:1 'tier: web' | sed -e 's/, env: .*}\]}\]/}]/' | silent apply
done
settled NotAnLLMWorkload Deployment web
accepted kubectl create configmap x --from-literal=launchgate.dev=llm
