#!/usr/bin/env bash
# What a new snapshot costs the requests that are being answered meanwhile: the same load while nothing changes, and while
# one review among them changes twice a second. Rounds are interleaved; every answer has to be a 200.
#
#   bench/swap_under_load.sh LAUNCHGATE REVIEWS_DIR REQUEST.json [ROUNDS=3] [SECONDS=5]
#
# All of the server's threads (one for requests, one that reloads) share core 0. Works on a copy of the directory.
# Loopback only; ends what it started.
set -euo pipefail
server=${1:?} reviews=${2:?} body=${3:?} rounds=${4:-3} seconds=${5:-5}
. "$(dirname "$0")/lib.sh"
cp -r "$reviews" "$dir/reviews"
use_body "$body"
start_launchgate "$server" "$dir/reviews"
is_judged "$port"

change() {
  for ((n = 0; ; n++)); do
    sed "s/name: faq-bot\b/name: changing/; s/#results.json/#results-$n.json/" "$dir/reviews/review.yaml" >"$dir/changing"
    mv "$dir/changing" "$dir/reviews/changing.yaml"
    sleep 0.5
  done
}
loads() { grep -c '"msg":"loaded"' "$dir/ours.log"; }
load warm "$pid" "$port" 1 16 >/dev/null
before=$(loads)
heading directory
for ((i = 0; i < rounds; i++)); do
  load quiet "$pid" "$port" "$seconds" 16 | show
  change & changer=$!
  load changing "$pid" "$port" "$seconds" 16 | show
  kill $changer; wait $changer 2>/dev/null || true
done
is_judged "$port"
medians changing quiet
echo "snapshots swapped: $(($(loads) - before))"
