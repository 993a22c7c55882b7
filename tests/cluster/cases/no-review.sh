# A workload that nobody has reviewed is refused, and the refusal says what to do.
workload Deployment bot | refused "launchgate: Deployment $NS/bot not admitted" 'PRR-COV-01 review-exists' 'no ReadinessReview covers' 'Fix: ' 'launchgate explain PRR-COV-01' -- apply
workload StatefulSet bot | refused "StatefulSet $NS/bot" -- apply
workload DaemonSet bot | refused "DaemonSet $NS/bot" -- apply
workload ReplicaSet bot | refused "ReplicaSet $NS/bot" -- apply
workload Job bot | refused "Job $NS/bot" -- apply
workload CronJob bot | refused "CronJob $NS/bot" -- apply
workload Pod bot | refused "Pod $NS/bot" -- apply
