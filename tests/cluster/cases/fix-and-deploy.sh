# The review is written and the workload deployed a moment later: nobody has to wait for a cache.
workload Deployment bot | refused 'no ReadinessReview covers' -- apply
review bot | accepted apply
workload Deployment bot | accepted apply
settled Judged Deployment bot
