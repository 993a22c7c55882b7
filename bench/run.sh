#!/usr/bin/env bash
# make bench: what docs/benchmarks.md reports. Loopback only; ends by itself.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset release -DLAUNCHGATE_TESTS=OFF >/dev/null
cmake --build build --target launchgate constant_server answer_bench -j "$(nproc)" >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
request=tests/data/admission-reviews/create-deployment-labelled.json

echo "== answer() alone, one thread"
taskset -c 0 build/bench/answer_bench examples/moderate $request 10 1000 10000 100000

echo; echo "== the server without a judgement, against nginx"
bench/http_vs_nginx.sh build/bench/constant_server "${ROUNDS:-3}" "${SECONDS_EACH:-5}"

echo; echo "== a full judgement among 1,000 reviews, against nginx"
bench/make_reviews.sh "$work/1000" 1000
REVIEWS=$work/1000 BODY=$request bench/http_vs_nginx.sh build/launchgate "${ROUNDS:-3}" "${SECONDS_EACH:-5}"

echo; echo "== the same while one review changes twice a second, against itself"
bench/swap_under_load.sh build/launchgate "$work/1000" $request "${ROUNDS:-3}" "${SECONDS_EACH:-5}"

echo; echo "== memory of an idle server"
for n in 1000 10000; do
  [ -d "$work/$n" ] || bench/make_reviews.sh "$work/$n" "$n"
  build/launchgate serve --from "$work/$n" --listen 127.0.0.1:0 --plain off 2>"$work/log" &
  pid=$!
  for ((i = 0; i < 1200; i++)); do grep -q '"msg":"ready"' "$work/log" && break; sleep 0.1; done
  grep -q '"msg":"ready"' "$work/log" || { echo "not ready within two minutes" >&2; kill $pid; exit 1; }
  sleep 2   # let the allocator give back what loading took
  printf '%6d reviews: %s KiB resident\n' "$n" "$(awk '/VmRSS/ {print $2}' /proc/$pid/status)"
  kill $pid; wait $pid || true
done
