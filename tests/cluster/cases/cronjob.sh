# A Job that a reviewed CronJob makes is let through, and its Pod too; the same Job by hand is not.
review nightly CronJob | accepted apply
workload CronJob nightly | sed 's/0 3 1 1 \*/* * * * */' | accepted apply
workload Job nightly-by-hand | refused 'no ReadinessReview covers' -- apply
made() { shows nightly- -- kubectl get jobs,pods -o name; }
for ((minute = 0; minute < 4; minute++)); do (eventually made) >/dev/null && break; done
made
settled OwnedByGated Job nightly-
settled OwnedByGated Pod nightly-
