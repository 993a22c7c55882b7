# kubectl launchgate: the same program, found by kubectl, with the person's own rights.
review bot | accepted apply
workload Deployment bot "$run_image" | accepted apply
approved bot 1
shows 'bot' -- kubectl launchgate status bot -n "$NS"
shows "$NS" bot -- kubectl launchgate audit
accepted kubectl launchgate suspend bot -n "$NS"
workload Deployment bot other.test/bot:2 | refused suspend -- apply
accepted kubectl launchgate resume bot -n "$NS"
resumed() { workload Deployment bot "$run_image" 'launchgate.dev/llm: "true", round: "2"' | accepted apply; }
eventually resumed
