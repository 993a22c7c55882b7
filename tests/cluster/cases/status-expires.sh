# A date passes, nobody writes anything, and the status says so: without polling, and within seconds.
review bot | sed "s/^spec:/spec:\n  expiresAt: \"$(date -u -d '+12 seconds' +%FT%TZ)\"/" | accepted apply
in_date() { accepted kubectl wait rr bot --for=condition=Expired=False --timeout=1s; }
eventually in_date
past_end() { accepted kubectl wait rr bot --for=condition=Expired=True --timeout=1s; }
eventually past_end
shows False -- kubectl get rr bot
