# alone
# A new CA and a new certificate under load: first the bundle holds both, then the replicas serve the new one, then the
# old CA goes. No request fails.
bundle() { accepted webhook_bundle "$@"; }
served() { openssl s_client -connect "127.0.0.1:$tls" </dev/null 2>/dev/null | openssl x509 -noout -fingerprint; }
of_file() { openssl x509 -noout -fingerprint -in "$plane/webhook/tls.crt"; }
new_is_served() { for replica in gate-a gate-b; do read -r tls _ <"$plane/ports.$replica"; [ "$(served)" = "$(of_file)" ] || miss "$replica to serve the new certificate" "$(served)"; done; }
load_start
webhook_ca second
bundle first second
answered 200
webhook_certificate second
eventually new_is_served
answered 200
bundle second
answered 400
load_stop
no_request_failed
