#!/usr/bin/env bash
# The main job through each built client, against a server of its own with fresh demo data. Everything is local and
# thrown away afterwards. Usage: test.sh [path to rost]; build.sh comes before.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
rost=$(realpath "${1:-$root/target/release/rost}")
sdk=$root/target/sdk

work=$(mktemp -d)
server=
stop() {
    [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true
    [ -z "$server" ] || wait "$server" 2>/dev/null || true
    server=
}
trap 'stop; rm -rf "$work"' EXIT

# against_fresh_data NAME COMMAND…: starts a server with an empty folder and gives its address to the command.
against_fresh_data() {
    local name=$1 url=
    shift
    : >"$work/$name.said"
    (cd "$root" && exec "$rost" serve --demo --data "$work/$name" --addr 127.0.0.1:0) \
        >"$work/$name.said" 2>"$work/$name.log" &
    server=$!
    for _ in $(seq 1200); do
        url=$(sed -n 's|^Rost serves \(http://[^/]*\)/api/v1.*|\1|p' "$work/$name.said")
        [ -z "$url" ] || break
        kill -0 "$server" 2>/dev/null || { cat "$work/$name.said" "$work/$name.log" >&2; exit 1; }
        sleep 0.1
    done
    [ -n "$url" ] || { echo "the server does not serve" >&2; exit 1; }
    printf '\n== %s\n' "$name"
    "$@" "$url"
    stop
}

against_fresh_data typescript node "$sdk/typescript/built/main-job.js"
against_fresh_data python "$sdk/python/tools/bin/python" "$sdk/python/main_job.py"
