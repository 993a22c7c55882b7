#!/usr/bin/env bash
# make_reviews.sh DIR N [EXAMPLE=examples/moderate]: the example and N - 1 copies of its review under other names, each
# as large as a real one.
set -euo pipefail
dir=${1:?usage: make_reviews.sh DIR N} n=${2:?} example=${3:-examples/moderate}
mkdir -p "$dir"
cp "$example"/*.yaml "$dir"
for ((i = 1; i < n; i++)); do
  echo "---"
  sed "s/name: faq-bot\b/name: app-$i/; s/\"configmap\/faq-bot-eval#results.json\"/configmap\/app-$i-eval#results.json/" "$example/review.yaml"
done >"$dir/generated.yaml"
# One file may hold at most 7 MiB.
if [ "$(stat -c %s "$dir/generated.yaml")" -gt 6000000 ]; then
  (cd "$dir" && csplit -sz -f part- -b '%05d.yaml' generated.yaml '/^---$/' '{*}' && rm generated.yaml)
fi
