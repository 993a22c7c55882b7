# What is malformed is refused by the API server itself, with the field and the rule, before launchgate is asked.
judged() { kubectl create --dry-run=server --validate=strict -f -; }
said() { run judged; [ "$code" -ne 0 ] && [[ $out == *"$1"* ]] || miss "a refusal that says: $1" "$out"; }
for file in "$ROOT"/tests/crds/bad/*.yaml; do
  [[ $file != */key-twice.yaml ]] || continue   # kubectl keeps the last of two equal keys; the server never sees both
  while read -r rule; do
    [[ $rule != *': unknown field' ]] || rule="unknown field \"${rule%%:*}\""   # kubectl's strict decoding has words of its own
    sed -e "s/namespace: [a-z-]*/namespace: $NS/" "$file" | said "$rule"
  done < <(sed -n 's/^# expect-apiserver: //p' "$file")
done
for file in "$ROOT"/tests/crds/good/*.yaml; do
  sed -e "s/namespace: [a-z-]*/namespace: $NS/" "$file" | accepted judged
done
