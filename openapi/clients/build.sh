#!/usr/bin/env bash
# Makes the clients of openapi/v1.json, with everything checked by the type checkers of their languages:
# target/sdk/typescript (openapi-typescript, openapi-fetch) and target/sdk/python (openapi-python-client).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
document=$root/openapi/v1.json
out=$root/target/sdk
export npm_config_update_notifier=false PIP_DISABLE_PIP_VERSION_CHECK=1
step() { printf '\n== %s\n' "$1"; }

step "TypeScript"
mkdir -p "$out/typescript"
cp "$here"/typescript/* "$out/typescript/"
cd "$out/typescript"
npm ci --ignore-scripts --no-audit --no-fund
npx --no-install openapi-typescript "$document" --output schema.d.ts
npx --no-install tsc

step "Python"
mkdir -p "$out/python"
cd "$out/python"
[ -x tools/bin/python ] || python3 -m venv tools
tools/bin/pip install --quiet --requirement "$here/python/requirements.txt"
tools/bin/openapi-python-client generate --path "$document" --config "$here/python/generator.yaml" \
    --output-path client --overwrite --fail-on-warning
tools/bin/pip install --quiet ./client
cp "$here/python/main_job.py" .
tools/bin/mypy --strict client/rost_client main_job.py

printf '\nThe clients are in %s\n' "$out"
