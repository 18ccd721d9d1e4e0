#!/bin/sh
# Lints the OpenAPI document: spectral's rules without a warning, OWASP's without an error, redocly's strict ones.
# Usage: lint.sh [document], by default openapi/v1.json.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
document=$(realpath "${1:-$here/../../../openapi/v1.json}")
cd "$here"
[ -d node_modules ] || npm ci --ignore-scripts --no-audit --no-fund
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
failed=0
step() { printf '\n== %s\n' "$1"; }
step "spectral: OpenAPI rules, no warnings"
npx --no-install spectral lint "$document" --ruleset spectral.yaml --fail-severity=hint --quiet || failed=1
step "spectral: OWASP API security rules, no errors"
npx --no-install spectral lint "$document" --ruleset owasp.yaml --fail-severity=error --display-only-failures --quiet || failed=1
step "redocly: recommended-strict"
npx --no-install redocly lint "$document" --config redocly.yaml || failed=1
exit $failed
