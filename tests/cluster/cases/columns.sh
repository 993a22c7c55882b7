# kubectl get rr shows what a reviewer wants to know at a glance; -o wide says why.
review bot | accepted apply
row() { shows "$@" -- kubectl get rr bot; }
eventually row low True helpdesk
shows 'NAME   TIER   READY   FAIL   WAIVED   OWNER      EXPIRES' -- kubectl get rr
review bot | sed '/^    budget:/d' | accepted apply
eventually row low False
shows PASS COVERS REASON GatesFail -- kubectl get rr -o wide
shows bot -- kubectl get launchgate                          # all our kinds together
