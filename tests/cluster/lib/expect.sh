# What a case is written with. `kubectl` works in the case's own namespace ($NS) as the cluster's admin.
#
#   workload Deployment bot | refused 'no ReadinessReview covers' -- apply
#   review bot | accepted apply
#   eventually shows 'True' -- kubectl get rr bot
#
# A case ends at the first thing that is not so, and says what it saw.

apply() { kubectl apply -f - "$@"; }
try() { kubectl apply --dry-run=server -f -; }   # for what is asked again and again: nothing comes of it

miss() { printf 'expected: %s\n' "$1"; shift; printf 'saw:      %s\n' "$@"; exit 1; }

# Splits "TEXT... -- COMMAND..." into texts and command.
texts_and_command() {
  texts=()
  while [ "$1" != -- ]; do texts+=("$1"); shift; done
  shift
  command=("$@")
}
run() { set +e; out=$("$@" 2>&1); code=$?; set -e; }   # sets out and code

contains_all() { local text; for text in "${texts[@]}"; do [[ $out == *"$text"* ]] || { missing=$text; return 1; }; done; }

# refused TEXT... -- COMMAND...: launchgate says no, with every text in what the person reads.
refused() {
  texts_and_command 'denied the request' "$@"
  run "${command[@]}"
  [ "$code" -ne 0 ] || miss "a refusal of: ${command[*]}" "$out"
  contains_all || miss "a refusal that says: $missing" "$out"
}

accepted() {   # accepted COMMAND...
  run "$@"
  [ "$code" -eq 0 ] || miss "this to be accepted: $*" "$out"
}

# warned TEXT... -- COMMAND...: accepted, and kubectl prints a warning with each text.
warned() {
  texts_and_command 'Warning: ' "$@"
  run "${command[@]}"
  [ "$code" -eq 0 ] || miss "this to be accepted with a warning: ${command[*]}" "$out"
  contains_all || miss "a warning that says: $missing" "$out"
}
silent() {     # silent COMMAND...: accepted, and without a warning
  accepted "$@"
  [[ $out != *Warning:* ]] || miss "no warning from: $*" "$out"
}

# invalid TEXT... -- COMMAND...: the API server itself says no; launchgate was not asked.
invalid() {
  texts_and_command "$@"
  run "${command[@]}"
  [ "$code" -ne 0 ] || miss "the API server to refuse: ${command[*]}" "$out"
  contains_all || miss "a refusal that says: $missing" "$out"
}

shows() {      # shows TEXT... -- COMMAND...
  texts_and_command "$@"
  run "${command[@]}"
  contains_all || miss "$missing, from: ${command[*]}" "$out"
}

# eventually CHECK...: the check holds within 20 s. On a loaded machine controllers take their time.
eventually() {
  local i
  for ((i = 0; i < 80; i++)); do
    (set -e; "$@") >"$WORK/eventually" 2>&1 && return 0
    sleep 0.25
  done
  cat "$WORK/eventually"
  miss "within 20 s: $*" "not so"
}

# settled STEP KIND NAME: launchgate's last word on it was at this step of the judgement (DESIGN section 3).
settled() { eventually last_step_is "$@"; }
last_step_is() {
  local seen
  seen=$(cat "$PLANE"/log/gate-* | grep -F "\"namespace\":\"$NS\"" | grep -F "\"kind\":\"$2\",\"namespace\":\"$NS\",\"name\":\"$3" | sort | tail -n 1 | sed -n 's/.*"step":"\([A-Za-z]*\)".*/\1/p')
  [ "$seen" = "$1" ] || miss "step $1 for $2 $3" "${seen:-no decision}"
}

# as USER COMMAND...: kubectl as somebody else.
as() { local user=$1; shift; "$1" --as="$user" "${@:2}"; }

# approved NAME COUNT: so many revisions of it are on record as ones to go back to.
approved() {
  local name=$1 count=$2
  seen() {
    local n
    n=$(kubectl get rr "$name" -o jsonpath='{range .status.approvedRevisions[*]}{.digest}{"\n"}{end}' | grep -c r1: || true)
    [ "$n" -ge "$count" ] || miss "$count approved revisions" "$n"
  }
  eventually seen
}
