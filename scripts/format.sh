#!/usr/bin/env bash
# Formats the product's C++ sources with clang-format 14; with --check only names the files that are not, and fails.
# Tests are left as they are written: they are tables, a row a line.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v clang-format-14 >/dev/null || { echo "format.sh: no clang-format-14: scripts/install-deps.sh test" >&2; exit 1; }
sources() { find webhook bench \( -name '*.h' -o -name '*.cpp' \) -print0 | sort -z; }

if [ "${1:-}" = --check ]; then
  found=$(sources | xargs -0 clang-format-14 --dry-run --ferror-limit=1 2>&1 | sed -n 's/^\([^ ]*:[0-9]*\):[0-9]*: .*/\1: not formatted/p')
  [ -z "$found" ] && exit 0
  printf '%s\n' "$found"
  printf '%s files are not formatted: make format\n' "$(wc -l <<<"$found")"
  exit 1
fi
sources | xargs -0 clang-format-14 -i
