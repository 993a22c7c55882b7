# certificates.mode secret: the chart serves what the platform team has made, needs no right to Secrets, and leaves theirs.
uninstall >/dev/null 2>&1 || true
release=own release_ns=own-certs selector=(-l "app.kubernetes.io/instance=own")
restricted_namespace "$release_ns"
cd "$WORK"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 60 -subj /CN=own-ca -keyout ca.key -out ca.crt 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=launchgate -keyout tls.key -out tls.csr 2>/dev/null
openssl x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 60 -out tls.crt \
  -extfile <(printf 'subjectAltName=DNS:launchgate.%s.svc\nextendedKeyUsage=serverAuth\n' "$release_ns") 2>/dev/null
accepted kubectl -n "$release_ns" create secret tls own-tls --cert=tls.crt --key=tls.key
accepted install --set "certificates.mode=secret,certificates.secretName=own-tls,certificates.caBundle=$(base64 -w 0 ca.crt),policy.mode=enforce"
gated() { workload Deployment bot "$run_image" | refused 'no ReadinessReview covers' -- try; }
eventually gated
accepted helm test "$release" -n "$release_ns" --timeout 150s
invalid 'no' -- kubectl auth can-i get secrets -n "$release_ns" --as="system:serviceaccount:$release_ns:launchgate"
refusals=$(logs | grep -E '"level":"(warn|error)"' | grep -iE '40[13]|forbidden' || true)
[ -z "$refusals" ] || miss 'no call of launchgate to be refused' "$refusals"
accepted uninstall
shows own-tls -- kubectl -n "$release_ns" get secret -o name
workload Deployment unreviewed "$run_image" | accepted apply
