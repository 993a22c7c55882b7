# Namespaces, users and groups that the platform team exempts are let through, and that is recorded.
policy "$NS" enforce 'exempt: {users: [argocd], groups: ["break-glass-*"]}' | accepted apply
deploy() { workload Deployment "$1" | "${@:2}" kubectl apply -f - --as="$who" ${group:+--as-group=$group} --as-group=system:masters; }
by_user() { who=argocd deploy by-user silent; }
eventually by_user
settled Exempt Deployment by-user
who=jane group=break-glass-1 deploy by-group silent
settled Exempt Deployment by-group
who=jane deploy by-jane refused 'no ReadinessReview covers' --
policy "$NS" enforce "exempt: {namespaces: [$NS]}" | accepted apply
by_namespace() { who=jane deploy by-namespace silent; }
eventually by_namespace
