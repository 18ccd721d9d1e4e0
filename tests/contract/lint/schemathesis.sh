#!/usr/bin/env bash
# Calls a real server with what its own OpenAPI document allows and forbids, as an officer of a ministry, and checks the
# answers against the document. Everything is local and thrown away afterwards.
# Usage: schemathesis.sh [path to rost] [further arguments of `schemathesis run`]; EXAMPLES=20 for each operation.
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

cd "$work"
password=schemathesis-$RANDOM$RANDOM
ROST_ADMIN_PASSWORD=$password ROST_TOKEN_SECONDS=3600 ROST_RATE_PER_SECOND=1000000 ROST_LOG=error \
    "$rost" serve --data "$work/data" --addr 127.0.0.1:0 >"$work/said" 2>"$work/log" &
server=$!
for _ in $(seq 600); do
    url=$(sed -n 's|^Rost serves \(http://[^/]*\)/api/v1.*|\1|p' "$work/said")
    [ -z "$url" ] || break
    kill -0 "$server" 2>/dev/null || { cat "$work/said" "$work/log" >&2; exit 1; }
    sleep 0.1
done
[ -n "$url" ] || { echo "the server does not serve" >&2; exit 1; }

field() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
post() {
    curl --silent --show-error --fail-with-body "$url/api/v1/$1" --header 'content-type: application/json' \
        --header "authorization: Bearer ${token:-}" --header "idempotency-key: key-$RANDOM-$RANDOM" --data "$2"
}

token=$(curl --silent --show-error --fail-with-body "$url/api/v1/auth/token" --header 'content-type: application/json' \
    --data "{\"grant_type\":\"password\",\"login\":\"admin\",\"password\":\"$password\"}" | field access_token)
region=$(post regions '{"code":"altai","name":"Алтайский край","time_zone":"Asia/Barnaul"}' | field id)
ministry=$(post organizations "{\"kind\":\"ministry\",\"region_id\":\"$region\",\"data\":{\"name\":\"Министерство\"}}" | field id)
officer=$(post persons "{\"region_id\":\"$region\",\"data\":{\"last_name\":\"Петрова\",\"first_name\":\"Анна\"},\
\"employment\":{\"organization_id\":\"$ministry\",\"data\":{\"kind\":\"staff\",\"position\":\"специалист\",\"started_on\":\"2020-01-01\"}}}" |
    field id)
post role-assignments "{\"role\":\"ministry_officer\",\"person_id\":\"$officer\",\"organization_id\":\"$ministry\"}" >/dev/null
secret=$(post accounts "{\"kind\":\"person\",\"login\":\"officer\",\"name\":\"officer\",\"person_id\":\"$officer\"}" | field secret)
token=$(curl --silent --show-error --fail-with-body "$url/api/v1/auth/token" --header 'content-type: application/json' \
    --data "{\"grant_type\":\"password\",\"login\":\"officer\",\"password\":\"$secret\"}" | field access_token)

# Operations that would take the token away from the run are left out; their tests are in tests/api.
failed=0
"$tools/bin/schemathesis" --config-file "$here/schemathesis.toml" run "$url/api/v1/openapi.json" --url "$url" \
    --header "Authorization: Bearer $token" --checks all --phases examples,coverage,fuzzing \
    --max-examples "${EXAMPLES:-20}" --continue-on-failure --seed 1 --request-timeout 30 --no-color \
    --exclude-operation-id revoke_token --exclude-operation-id revoke_account_tokens \
    --exclude-operation-id change_password --exclude-operation-id disable_account \
    --exclude-operation-id reset_account_secret "$@" || failed=$?
if grep -q panicked "$work/log"; then
    grep -A3 panicked "$work/log" >&2
    failed=1
fi
exit "$failed"
