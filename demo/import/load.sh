#!/usr/bin/env bash
# Loads files of a school: first dry, so that every refused row is known before anything is written; then for good; then
# once more, to see that a repeat changes nothing. A file with refused rows is not loaded: mend it and start again.
#
#   load.sh                      the files beside this script
#   load.sh KIND FILE [KIND FILE]...
#   ROST_LOGIN=georgievsk.methodist load.sh credit_book_entries credit_book_entries.csv      the centre of a municipality
#
# KIND: organizations, staff, programs, credentials, diagnostic_results, credit_book_entries. A file is CSV as a
# spreadsheet saves it: in UTF-8 or Windows-1251, parted by ; or by commas, with Russian or English headers.
#
# ROST_URL                              the server; http://127.0.0.1:8080 by default
# ROST_LOGIN, ROST_PASSWORD             who loads; the director of the demo's school by default
# ROST_CLIENT_ID, ROST_CLIENT_SECRET    or the service that loads at night
set -euo pipefail

URL="${ROST_URL:-http://127.0.0.1:8080}/api/v1"
HERE="$(cd "$(dirname "$0")" && pwd)"

say()  { printf '\n\033[1m%s\033[0m\n' "$*"; }
note() { printf '   %s\n' "$*"; }
fail() { printf '\nОстановлено: %s\n%s\n' "$1" "${2:-}" >&2; exit 1; }

# field NAME: the first value of that name in the JSON on standard input.
field() { { grep -o "\"$1\":\(\"[^\"]*\"\|[^,}]*\)" || true; } | head -1 | sed "s/^\"$1\"://; s/^\"//; s/\"\$//"; }
told() { printf '%s' "$RUN" | field "$1"; }

sign_in() {
    local answer
    if [ -n "${ROST_CLIENT_ID:-}" ]; then
        answer=$(curl -sS "$URL/auth/token" -d grant_type=client_credentials \
            --data-urlencode "client_id=$ROST_CLIENT_ID" --data-urlencode "client_secret=$ROST_CLIENT_SECRET")
    else
        answer=$(curl -sS "$URL/auth/token" -d grant_type=password \
            --data-urlencode "login=${ROST_LOGIN:-obskaya.director}" \
            --data-urlencode "password=${ROST_PASSWORD:-demo-demo-demo}")
    fi
    TOKEN=$(printf '%s' "$answer" | field access_token)
    [ -n "$TOKEN" ] || fail "не удалось войти" "$answer"
}

get() { curl -sS "$URL/$1" -H "Authorization: Bearer $TOKEN" -H "Accept-Language: ru"; }

# load KIND FILE QUERY: keeps the run with its counts. A large file becomes a job: it is asked for until it has ended.
load() {
    RUN=$(curl -sS "$URL/imports/$1?$3" -H "Authorization: Bearer $TOKEN" -H "Accept-Language: ru" \
        -H "Content-Type: text/csv" --data-binary "@$2")
    local id
    id=$(told id)
    [ -n "$(told rows_total)" ] || fail "файл $2 не принят" "$RUN"
    while [ "$(told state)" != succeeded ]; do
        case "$(told state)" in failed|cancelled) fail "загрузка $2 прервана" "$RUN" ;; esac
        sleep 2
        RUN=$(get "import-runs/$id")
    done
}

counts() {
    note "строк $(told rows_total): новых $(told rows_created), изменено $(told rows_updated)," \
        "без изменений $(told rows_unchanged), отклонено $(told rows_refused)"
}

# Every refused row by its line, with the column and what is wrong there.
refused() {
    local line problems problem
    get "import-runs/$(told id)/rows?outcome=refused&limit=200" | sed 's/{"line":/\n&/g' |
        sed -n 's/^{"line":\([0-9]*\),.*"problems":\[\(.*\)\]}.*/\1 \2/p' |
        while read -r line problems || [ -n "$line" ]; do
            printf '%s\n' "$problems" | sed 's/},{/}\n{/g' |
                sed 's/.*"column":"\([^"]*\)".*"message":"\([^"]*\)".*/\1: \2/; s/^: //' |
                while read -r problem || [ -n "$problem" ]; do note "строка $line — $problem"; done
        done
}

load_file() {
    say "$(basename "$2") → $1"
    load "$1" "$2" "dry_run=true"
    note "Проба, ничего не записано."
    counts
    if [ "$(told rows_refused)" != 0 ]; then
        refused
        note "Файл не загружен: исправьте эти строки и повторите."
        return 0
    fi
    load "$1" "$2" "dry_run=false"
    note "Загружено."
    counts
    load "$1" "$2" "dry_run=true"
    [ "$(told rows_created) $(told rows_updated) $(told rows_refused)" = "0 0 0" ] ||
        fail "повтор файла $2 что-то изменил бы" "$RUN"
    note "Повтор того же файла ничего не изменит."
}

sign_in
[ $# -gt 0 ] || set -- staff "$HERE/staff.csv" credentials "$HERE/credentials.csv" staff "$HERE/broken.csv"
while [ $# -gt 1 ]; do
    load_file "$1" "$2"
    shift 2
done
