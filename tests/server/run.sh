#!/usr/bin/env bash
# `launchgate serve` as a process: TLS, HTTP, reloading, rotation, draining, and clients that mean harm.
#
#   tests/server/run.sh LAUNCHGATE_BINARY
#
# Needs bash, curl, openssl and python3. Uses free ports of the loopback and a temporary directory; every wait is bounded; ends
# only the processes that it has started. Prints each failure and, at the end, "N passed, M failed".
set -u
binary=$(realpath "${1:?usage: run.sh LAUNCHGATE_BINARY}")
here=$(cd "$(dirname "$0")" && pwd)
reviews=$here/../data/admission-reviews
work=$(mktemp -d)
passed=0 failed=0
declare -A running=()                       # process ids that are ours

cleanup() {
  for pid in "${!running[@]}"; do kill -KILL "$pid" 2>/dev/null; done
  rm -rf "$work"
}
trap cleanup EXIT

# ---- Checks.

check() {                                   # check NAME EXPECTED ACTUAL
  if [[ $2 == "$3" ]]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED %s\n  expected: %s\n  actual:   %s\n' "$1" "$2" "$3"
  fi
}

has() {                                     # has NAME WANTED TEXT
  if [[ $3 == *"$2"* ]]; then check "$1" ok ok; else check "$1" "… $2 …" "$3"; fi
}

eventually() {                              # eventually NAME COMMAND...: true within 20 s
  local name=$1 i
  shift
  for ((i = 0; i < 200; i++)); do
    if "$@"; then check "$name" ok ok; return; fi
    sleep 0.1
  done
  check "$name" "within 20 s: $*" "not"
}

# ---- The server and its clients.

start() {                                   # start FLAGS...: sets pid, log, port, plain
  log=$work/log.$RANDOM$RANDOM
  : >"$log"
  "$binary" serve --listen 127.0.0.1:0 --plain 127.0.0.1:0 "$@" 2>"$log" &
  pid=$!
  running[$pid]=1
  local i
  for ((i = 0; i < 200; i++)); do
    grep -q '"msg":"ready"' "$log" && break
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  port=$(sed -n 's/.*"msg":"listening".*"port":\([0-9]*\).*/\1/p' "$log")
  plain=$(sed -n 's/.*"plain_port":\([0-9]*\).*/\1/p' "$log")
  check "it becomes ready: $*" 1 "$(grep -c '"msg":"ready"' "$log")"
}

exit_of() {                                 # exit_of PID: waits for it, at most 20 s; prints nothing, sets code
  local i
  for ((i = 0; i < 200; i++)); do
    kill -0 "$1" 2>/dev/null || break
    sleep 0.1
  done
  if kill -0 "$1" 2>/dev/null; then code="still running"; return; fi
  wait "$1"
  code=$?
  unset "running[$1]"
}

stop() {                                    # ends the server of start()
  kill -TERM "$pid"
  exit_of "$pid"
  check "it exits with 0" 0 "$code"
}

ask() {                                     # ask PATH CURL-FLAGS...: sets status and body
  local path=$1
  shift
  status=$(curl -sS --max-time 30 --cacert "$work/ca.crt" -o "$work/body" -w '%{http_code}' "$@" "https://127.0.0.1:$port$path" 2>"$work/curl")
  body=$(tr -d '\0' <"$work/body")
}

post() { ask "/validate?timeout=10s" -H 'Content-Type: application/json' --data-binary "$@"; }

clear_text() { curl -sS --max-time 30 "http://127.0.0.1:$plain$1"; }

client() { openssl s_client -quiet -verify_quiet -connect "127.0.0.1:$port" "$@" 2>/dev/null; }

# The fingerprint of what is served to new connections.
served() { openssl s_client -connect "127.0.0.1:$port" </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256 2>/dev/null; }
fingerprint() { openssl x509 -noout -fingerprint -sha256 -in "$1"; }

metric() { clear_text /metrics | sed -n "s/^$1 //p"; }
metric_is() { [[ $(metric "$1") == "$2" ]]; }
ready_says() { [[ $(clear_text /readyz) == *"$1"* ]]; }

uid_of() { grep -o '"uid":"[^"]*"' "$1" | head -n 1; }

review() {                                  # review UID IMAGE: an AdmissionReview for a labelled Deployment
  printf '{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"%s","kind":{"group":"apps","version":"v1","kind":"Deployment"},"namespace":"shop","name":"bot","operation":"CREATE","userInfo":{"username":"jane"},"object":{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"bot","namespace":"shop","labels":{"launchgate.dev/llm":"true"}},"spec":{"template":{"spec":{"containers":[{"name":"bot","image":"%s"}]}}}}}}' "$1" "$2"
}

policy() {                                  # policy MODE [NAME]
  printf 'apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessPolicy\nmetadata: {name: %s}\nspec: {mode: %s}\n' "${2:-platform}" "$1"
}

pair() {                                    # pair NAME: a certificate and its key
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$1" -addext subjectAltName=IP:127.0.0.1 \
    -keyout "$work/$1.key" -out "$work/$1.crt" 2>/dev/null
}

# ---- What cannot be served is said at the start.

test_start() {
  "$binary" serve --from "$work/none" --listen 127.0.0.1:0 --plain off 2>"$work/err"
  check "a missing directory: exit 2" 2 $?
  has "a missing directory is named" "$work/none: cannot be read" "$(<"$work/err")"
  "$binary" serve 2>/dev/null >&2
  check "no --from: exit 2" 2 $?
  pair one
  pair two
  mkdir -p "$work/empty"
  "$binary" serve --from "$work/empty" --listen 127.0.0.1:0 --plain off --tls-cert "$work/one.crt" --tls-key "$work/two.key" 2>"$work/err"
  check "a key that does not match: exit 2" 2 $?
  has "a key that does not match is named" "does not match its key" "$(<"$work/err")"
  "$binary" serve --from "$work/empty" --listen nonsense 2>/dev/null >&2
  check "no address: exit 2" 2 $?
}

# ---- HTTP.

test_answers() {
  for file in "$reviews"/*.json; do
    post "@$file"
    check "${file##*/} is answered" "200 $(uid_of "$file")" "$status $(uid_of "$work/body")"
  done
  post "$(review u-1 bot:1)"
  has "a denial is a 200" '"uid":"u-1","allowed":false' "$status $body"
  has "a denial has code 403" '"code":403' "$body"
  eventually "the decision is logged" grep -q '"msg":"decision","uid":"u-1"' "$log"
  post "$(review u-2 bot:1)" -H 'Transfer-Encoding: chunked'
  has "a chunked body" '"uid":"u-2"' "$status $body"
  post "$(review u-3 bot:1)" --http1.0 --no-alpn
  has "HTTP/1.0" '"uid":"u-3"' "$status $body"
  check "one connection serves several requests" "200 1|200 0|" "$(curl -sS --max-time 30 --cacert "$work/ca.crt" -o /dev/null -o /dev/null \
    -w '%{http_code} %{num_connects}|' "https://127.0.0.1:$port/healthz" "https://127.0.0.1:$port/healthz")"
}

test_refusals() {
  for text in '' '{' 'nonsense' '[]' '{"a":1,"a":2}' "$(printf '\377\376')" '{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1"}' \
    '{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{}}' \
    '{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1beta1","request":{"uid":"u"}}'; do
    post "$text"
    check "no AdmissionReview: '$text'" 400 "$status"
    has "with its reason" '{"error":' "$body"
  done
  printf '[%.0s' {1..5000} >"$work/deep"
  post "@$work/deep"
  check "nested without end" 400 "$status"
  ask /nothing
  check "no such path" 404 "$status"
  ask /validate
  check "GET /validate" 405 "$status"
  has "405 says what is allowed" 'Allow: POST' "$(curl -sS --max-time 30 --cacert "$work/ca.crt" -D - -o /dev/null "https://127.0.0.1:$port/validate")"
  ask /metrics -X DELETE
  check "DELETE /metrics" 405 "$status"
  ask /validate -H 'Content-Type: text/plain' --data-binary "$(review u bot:1)"
  check "text/plain" 415 "$status"
  ask /validate -H 'Content-Type: application/json; charset=utf-8' --data-binary "$(review u bot:1)"
  check "application/json with a parameter" 200 "$status"
  head -c $(((7 << 20) + 1)) /dev/zero >"$work/large"
  post "@$work/large"
  check "more than 7 MiB" 413 "$status"
  ask /healthz -H "X-Long: $(head -c 20000 /dev/zero | tr '\0' x)"
  check "a header of 20 kB" 431 "$status"
  has "a body that does not come" "HTTP/1.1 408 " \
    "$( (printf 'POST /validate HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{'; sleep 6) | client -ign_eof | head -n 1)"
}

test_bad_requests() {
  local name said
  while IFS=$'\t' read -r name said; do
    post "@$work/requests/$name.json"
    case $said in
      'refused '*) check "$name" "${said#refused }" "$status" ;;
      refused) check "$name" 400 "$status"
        has "$name: with its reason" '{"error":' "$body" ;;
      answered) has "$name: onError decides" '200 {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","response":{"uid":"u-1","allowed":true' "$status $body"
        has "$name: and says so" '"decision":"error"' "$body" ;;
      *) has "$name" '"uid":"u-1","allowed":true' "$status $body" ;;
    esac
  done < <(python3 "$here/../support/bad_input.py" requests "$work/requests")
}

test_tls() {
  check "TLS 1.1 is refused" "" "$(openssl s_client -tls1_1 -cipher 'DEFAULT@SECLEVEL=0' -connect "127.0.0.1:$port" </dev/null 2>/dev/null | grep -o 'BEGIN CERTIFICATE')"
  for version in 2 3; do
    has "TLS 1.$version is spoken" "TLSv1.$version" "$(openssl s_client "-tls1_$version" -connect "127.0.0.1:$port" </dev/null 2>/dev/null | grep -o "^New, TLSv1.$version")"
  done
  check "the log names the certificate's fingerprint" 1 "$(grep -c "\"fingerprint\":\"$(served | sed 's/.*=//')\"" "$log")"
  has "HTTP on the TLS port is told so" "this port speaks only TLS" "$(curl -s --max-time 30 "http://127.0.0.1:$port/healthz")"
}

test_pages() {
  for path in /healthz /readyz /metrics; do
    ask "$path"
    check "$path with TLS" 200 "$status"
    check "$path in clear text" 200 "$(curl -sS --max-time 30 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$plain$path")"
  done
  check "no /validate in clear text" 404 "$(curl -sS --max-time 30 -o /dev/null -w '%{http_code}' -d '{}' "http://127.0.0.1:$plain/validate")"
  has "requests are counted" 'launchgate_admission_requests_total{kind="Deployment",operation="CREATE",decision="deny",mode="enforce",dry_run="false"}' "$(clear_text /metrics)"
  has "refusals of the server are counted" 'launchgate_http_responses_total{code="413"} 2' "$(clear_text /metrics)"
  check "every line of the log is an object" 0 "$(grep -vc '^{"ts":"20[0-9-]*T[0-9:.]*Z","level":"[a-z]*","msg":".*}$' "$log")"
}

# ---- Bytes that nobody should send.

raw() {                                     # raw PORT: sends standard input, reads what comes, for at most 10 s
  timeout 10 bash -c 'exec 3<>/dev/tcp/127.0.0.1/'"$1"' && cat >&3 && timeout 2 cat <&3' 2>/dev/null | tr -d '\0' | head -n 1
}

test_hostile() {
  for _ in 1 2 3 4 5; do
    head -c 5000 /dev/urandom | raw "$port" >/dev/null
    head -c 5000 /dev/urandom | raw "$plain" >/dev/null
  done
  printf '' | raw "$port" >/dev/null
  has "a NUL in the header" "HTTP/1.1 400" "$(printf 'GET /healthz HTTP/1.1\r\nHost: t\0\r\n\r\n' | raw "$plain")"
  has "two lengths" "HTTP/1.1 400" "$(printf 'POST /validate HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx' | raw "$plain")"
  has "a length and chunks" "HTTP/1.1 400" "$(printf 'POST /validate HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n' | raw "$plain")"
  has "a chunk without end" "HTTP/1.1 413" "$(printf 'POST /validate HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\nx' | raw "$plain")"
  has "the preface of HTTP/2" "HTTP/1.1 " "$(printf 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' | raw "$plain")"
  printf 'GET /healthz HTTP/1.1\r\nHost: t\r\n' | raw "$plain" >/dev/null    # and gone
  head -c 200000 /dev/urandom | client >/dev/null
  post "$(review u-9 bot:1)"
  has "it serves on" '"uid":"u-9"' "$body"
  check "and is the same process" ok "$(kill -0 "$pid" 2>/dev/null && echo ok)"
}

# ---- The directory.

allowed() { post "$(review u "bot:$RANDOM")"; [[ $body == *'"allowed":true'* ]]; }
denied() { post "$(review u "bot:$RANDOM")"; [[ $body == *'"allowed":false'* ]]; }

test_reload() {
  local dir=$work/objects
  mkdir -p "$dir/sub"
  policy audit >"$dir/sub/policy.yaml"
  start --from "$dir" --write-ca "$work/ca.crt"
  eventually "the policy holds" allowed
  policy enforce >"$dir/sub/policy.yaml"
  eventually "a change is taken up" denied
  policy audit >"$dir/sub/policy.yaml"
  eventually "and back" allowed
  policy 7 >"$dir/sub/policy.yaml"
  eventually "a broken file is named by /readyz" ready_says "$dir/sub/policy.yaml:"
  eventually "and counted" metric_is launchgate_store_problems 1
  check "it is ready all the same" 200 "$(curl -sS --max-time 30 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$plain/readyz")"
  eventually "its last good version holds" allowed
  policy audit >"$dir/sub/policy.yaml"
  eventually "once mended it is no problem" metric_is launchgate_store_problems 0
  policy audit >"$dir/twice.yaml"
  eventually "the same object twice is named" ready_says "neither is used"
  eventually "and used by neither" denied
  rm "$dir/twice.yaml"
  eventually "one of them alone holds" allowed
  mv "$dir" "$dir.away"
  eventually "a vanished directory is named" ready_says "$dir: cannot be read"
  eventually "what it held stays" allowed
  mv "$dir.away" "$dir"
  eventually "it may come back" metric_is launchgate_store_problems 0
  local before
  before=$(metric launchgate_store_loaded_timestamp_seconds)
  policy warn other >"$dir/other.yaml"
  kill -HUP "$pid"
  eventually "SIGHUP is taken for a wish to reload" loaded_after "$before"
  stop
}

loaded_after() { [[ $(metric launchgate_store_loaded_timestamp_seconds) != "$1" ]]; }

# Files that nobody can use are left out and named; what stands beside them holds.
test_bad_files() {
  local dir=$work/bad name said bad=0
  while IFS=$'\t' read -r name said; do
    [[ $said == tolerated ]] || bad=$((bad + 1))
  done < <(python3 "$here/../support/bad_input.py" files "$dir" | tee "$work/bad.tsv")
  policy audit >"$dir/policy.yaml"
  start --from "$dir" --write-ca "$work/ca.crt"
  check "each bad file is counted" "$bad" "$(metric launchgate_store_problems)"
  check "it is ready all the same" 200 "$(status_of /readyz)"
  has "and says how many" "typed.yaml:7: ReadinessReview r: spec.cost.budget.amount" "$(clear_text /readyz; cat "$log")"
  while IFS=$'\t' read -r name said; do
    [[ $said == tolerated ]] && continue
    eventually "$name is named in the log" logged "$name:$said"
  done <"$work/bad.tsv"
  check "the file beside them holds" ok "$(allowed && echo ok)"
  stop
}

logged() { grep -qF -- "$1" <<<"$(sed 's/\\"/"/g' "$log")"; }   # no pipe: grep is done before sed is

# As a ConfigMap is mounted.
test_mount() {
  local dir=$work/mount
  mkdir -p "$dir/..1" "$dir/..2"
  policy audit >"$dir/..1/policy.yaml"
  policy enforce >"$dir/..2/policy.yaml"
  ln -s ..1 "$dir/..data"
  ln -s ..data/policy.yaml "$dir/policy.yaml"
  start --from "$dir" --write-ca "$work/ca.crt"
  eventually "the mount is read" allowed
  check "one object of it" 1 "$(metric 'launchgate_store_objects{kind="ReadinessPolicy"}')"
  ln -s ..2 "$dir/..data_tmp"
  mv -T "$dir/..data_tmp" "$dir/..data"
  rm -r "$dir/..1"
  eventually "a swapped mount is taken up" denied
  check "without a problem" 0 "$(metric launchgate_store_problems)"
  stop
}

# ---- Certificates.

test_rotation() {
  local tls=$work/tls fd_in fd_out answer refused
  mkdir -p "$tls" "$work/empty"
  pair old
  pair new
  pair stray
  cp "$work/old.key" "$tls/tls.key"
  cp "$work/old.crt" "$tls/tls.crt"
  cp "$work/old.crt" "$work/ca.crt"
  start --from "$work/empty" --tls-cert "$tls/tls.crt" --tls-key "$tls/tls.key"
  check "the file's certificate is served" "$(fingerprint "$work/old.crt")" "$(served)"
  coproc KEEP { openssl s_client -quiet -connect "127.0.0.1:$port" 2>/dev/null; }
  local keep=$KEEP_PID
  running[$keep]=1
  fd_out=${KEEP[0]} fd_in=${KEEP[1]}
  printf 'GET /healthz HTTP/1.1\r\nHost: t\r\n\r\n' >&"$fd_in"
  read -r -t 20 answer <&"$fd_out"
  has "a connection from before" "200 OK" "$answer"
  cp "$work/new.key" "$tls/tls.key"
  cp "$work/new.crt" "$tls/tls.crt"
  eventually "a new certificate is served" serves new
  printf 'GET /healthz HTTP/1.1\r\nHost: t\r\n\r\n' >&"$fd_in"
  answer=
  while read -r -t 20 line <&"$fd_out"; do
    [[ $line == HTTP/* ]] && answer=$line && break
  done
  has "the connection from before lives on" "200 OK" "$answer"
  kill "$keep" 2>/dev/null
  wait "$keep" 2>/dev/null
  unset "running[$keep]"
  refused=$(metric 'launchgate_cert_reload_total{result="refused"}')       # one may have been seen half-way above
  cp "$work/stray.crt" "$tls/tls.crt"
  eventually "a pair that does not match is counted" metric_is 'launchgate_cert_reload_total{result="refused"}' $((refused + 1))
  check "the good pair is served on" "$(fingerprint "$work/new.crt")" "$(served)"
  cp "$work/stray.key" "$tls/tls.key"
  eventually "once it matches it is served" serves stray
  stop
}

serves() { [[ $(served) == "$(fingerprint "$work/$1.crt")" ]]; }

# ---- The end.

status_of() { curl -sS --max-time 30 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$plain$1" 2>/dev/null; }
is_draining() { ready_says draining && [[ $(status_of /readyz) == 503 ]]; }

test_drain() {
  start --from "$work/empty" --write-ca "$work/ca.crt" --shutdown-delay 2s --deadline 20s
  local text half answer
  text=$(review u-7 bot:1)
  half=$((${#text} / 2))
  coproc SLOW { openssl s_client -quiet -connect "127.0.0.1:$port" 2>/dev/null; }
  local slow=$SLOW_PID fd_in=${SLOW[1]} fd_out
  exec {fd_out}<&"${SLOW[0]}"               # bash keeps a coprocess's own from subshells
  running[$slow]=1
  printf 'POST /validate HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' "${#text}" "${text:0:half}" >&"$fd_in"
  eventually "half a request has arrived" metric_is 'launchgate_connections{state="open"}' 2
  kill -TERM "$pid"
  eventually "it is not ready while it drains" is_draining
  post "$(review u-8 bot:1)"
  has "but answers" '"uid":"u-8"' "$status $body"
  eventually "then it takes no more connections" refuses
  printf '%s' "${text:half}" >&"$fd_in"
  answer=$(timeout 20 cat <&"$fd_out" | tr -d '\r')
  has "the request in flight is answered" '"uid":"u-7"' "$answer"
  has "and its connection ends" "Connection: close" "$answer"
  wait "$slow" 2>/dev/null
  unset "running[$slow]"
  exit_of "$pid"
  check "it exits with 0" 0 "$code"
  has "and says so" '"msg":"stopped"' "$(tail -n 1 "$log")"
}

# Whoever is told twice does not wait for a client that never finishes, and has ended well all the same.
test_hastened() {
  start --from "$work/empty" --write-ca "$work/ca.crt" --deadline 25s --drain-grace 60s
  local half
  exec {half}<>"/dev/tcp/127.0.0.1/$plain"
  printf 'POST /healthz HTTP/1.1\r\nHost: t\r\nContent-Length: 4\r\n\r\nha' >&"$half"
  eventually "half a request has arrived" metric_is 'launchgate_connections{state="open"}' 2
  kill -TERM "$pid"
  eventually "it drains" grep -q '"msg":"draining"' "$log"
  kill -HUP "$pid"
  kill -INT "$pid"
  exit_of "$pid"
  exec {half}>&-
  check "a second signal hastens the end, which is a good one" 0 "$code"
  has "and says what it cut" '"msg":"stopped","connections_cut":1' "$(tail -n 1 "$log")"
}

# The delay is for the cluster's endpoints: to be told to reload does not cut it.
test_reload_in_delay() {
  start --from "$work/empty" --write-ca "$work/ca.crt" --shutdown-delay 3s
  kill -TERM "$pid"
  eventually "it is not ready while it waits" is_draining
  kill -HUP "$pid"
  sleep 1
  check "it waits on after SIGHUP" 503 "$(status_of /readyz)"
  exit_of "$pid"
  check "and exits with 0" 0 "$code"
}

refuses() { ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }

mkdir -p "$work/empty"
test_start
start --from "$work/empty" --write-ca "$work/ca.crt" --deadline 2s
test_answers
test_refusals
test_bad_requests
test_tls
test_pages
test_hostile
stop
test_reload
test_bad_files
test_mount
test_rotation
test_drain
test_hastened
test_reload_in_delay
printf '%d passed, %d failed\n' "$passed" "$failed"
[[ $failed == 0 ]]
