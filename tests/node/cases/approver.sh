# Nobody approves in somebody else's name, whatever rights they have: the API server itself refuses.
approval() { printf 'apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessApproval\nmetadata: {name: %s}\nspec: {review: bot, reviewDigest: "v1:sha256:%s", role: risk, approver: %s, decision: approve}\n' "$1" "$(printf '0%.0s' {1..64})" "$2"; }
review bot | accepted apply
kubectl create clusterrole approve-anything --verb=get,list,create,update,patch --resource=readinessapprovals.launchgate.dev >/dev/null
kubectl create rolebinding approve-anything --clusterrole=approve-anything --user=jane >/dev/null
approval forged bob | invalid 'spec.approver must be the user who writes this object: jane' -- as jane kubectl apply -f -
approval own jane | accepted as jane kubectl apply -f -
approval own-of-admin admin | accepted apply
accepted as jane kubectl label rra own-of-admin seen=yes   # an edit of labels is nobody's word
