#!/usr/bin/env bash
# The page that `launchgate report` prints, in headless Chromium: it loads without a word or a request, has its landmarks and
# names, is used with a keyboard, is readable, fits 360 px, prints whole, and runs nothing that a name brings along.
#   tests/report/run.sh LAUNCHGATE [SHOTS]      SHOTS: where the pictures go, to be looked at; else they are thrown away
set -euo pipefail
cd "$(dirname "$0")/../.."
launchgate=$(realpath "${1:?usage: run.sh LAUNCHGATE [SHOTS]}")
command -v chromium >/dev/null && command -v pdftotext >/dev/null ||
  { echo "no chromium or pdftotext: scripts/install-deps.sh test" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
shots=${2:-$work}
mkdir -p "$shots"
now=2026-11-24T12:00:00Z
fleet=()
for folder in bank startup low moderate high critical; do fleet+=(--from "examples/$folder"); done
"$launchgate" report "${fleet[@]}" --from tests/report/fleet --now $now --out "$work/report.html"
"$launchgate" report "${fleet[@]}" --from tests/report/fleet --now $now -o json --out "$work/report.json"
"$launchgate" report --from tests/report/hostile --now $now --out "$work/hostile.html"
PYTHONDONTWRITEBYTECODE=1 python3 tests/report/page.py "$work/report.html" "$work/report.json" "$work/hostile.html" "$shots"
