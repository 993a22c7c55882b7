#!/usr/bin/env bash
# What action.yml runs: launchgate check, from the PATH or else from the image. Exit code: that of check.
set -euo pipefail
read -r -a paths <<<"${LAUNCHGATE_PATHS:-.}"
arguments=(check -o "${LAUNCHGATE_FORMAT:-github}")
[ -z "${LAUNCHGATE_FROM:-}" ] || arguments+=(--from "$LAUNCHGATE_FROM")
[ -z "${LAUNCHGATE_NAMESPACE:-}" ] || arguments+=(-n "$LAUNCHGATE_NAMESPACE")
[ -z "${LAUNCHGATE_NOW:-}" ] || arguments+=(--now "$LAUNCHGATE_NOW")
arguments+=(-- "${paths[@]}")
if command -v launchgate >/dev/null; then run=(launchgate)
else run=(docker run --rm --network none -u "$(id -u):$(id -g)" -v "$PWD:/src:ro" -w /src "$LAUNCHGATE_IMAGE"); fi
if [ -n "${LAUNCHGATE_OUTPUT:-}" ]; then exec "${run[@]}" "${arguments[@]}" >"$LAUNCHGATE_OUTPUT"; fi
exec "${run[@]}" "${arguments[@]}"
