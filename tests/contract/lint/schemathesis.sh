#!/usr/bin/env bash
# Calls a real server with what its own OpenAPI document allows and forbids, as an account of the demo, and checks the
# answers against the document. Everything is local and thrown away afterwards.
# Usage: schemathesis.sh [path to rost] [further arguments of `schemathesis run`]; EXAMPLES=20 for each operation,
# PERSONA=altai.ministry for who calls.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
rost=$(realpath "${1:-$root/target/release/rost}")
shift || true
tools=$root/target/schemathesis
if ! "$tools/bin/schemathesis" --version >/dev/null 2>&1; then
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
fi

work=$(mktemp -d)
server=
stop() {
    [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true
    [ -z "$server" ] || wait "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap stop EXIT

cd "$root"
: >"$work/said"
ROST_TOKEN_SECONDS=3600 ROST_RATE_PER_SECOND=1000000 ROST_LOG=error \
    "$rost" serve --demo --data "$work/data" --addr 127.0.0.1:0 >"$work/said" 2>"$work/log" &
server=$!
for _ in $(seq 1200); do
    url=$(sed -n 's|^Rost serves \(http://[^/]*\)/api/v1.*|\1|p' "$work/said")
    [ -z "$url" ] || break
    kill -0 "$server" 2>/dev/null || { cat "$work/said" "$work/log" >&2; exit 1; }
    sleep 0.1
done
[ -n "$url" ] || { echo "the server does not serve" >&2; exit 1; }

token=$(curl --silent --show-error --fail-with-body "$url/api/v1/auth/token" \
    -d grant_type=password -d login="${PERSONA:-altai.ministry}" -d password=demo-demo-demo |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])')

# Operations that would take the token away from the run are left out; their tests are in tests/api.
failed=0
(cd "$work" && "$tools/bin/schemathesis" --config-file "$here/schemathesis.toml" run "$url/api/v1/openapi.json" --url "$url" \
    --header "Authorization: Bearer $token" --checks all --phases "${PHASES:-examples,coverage,fuzzing}" \
    --max-examples "${EXAMPLES:-20}" --continue-on-failure --seed 1 --request-timeout 30 --no-color \
    --exclude-operation-id revoke_token --exclude-operation-id revoke_account_tokens \
    --exclude-operation-id change_password --exclude-operation-id disable_account \
    --exclude-operation-id reset_account_secret "$@") || failed=$?
if grep -q panicked "$work/log"; then
    grep -A3 panicked "$work/log" >&2
    failed=1
fi
exit "$failed"
