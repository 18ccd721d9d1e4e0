# What the walks share: signing in, calling the API with curl, reading an answer, telling what happened.
# Only curl, grep and sed: what stands here a client in any language would do.

URL="${ROST_URL:-http://127.0.0.1:8080}/api/v1"
PASSWORD="demo-demo-demo"
RUN="$(date +%s)$$"
STEP=0
TOKENS=""

say()  { printf '\n\033[1m%s\033[0m\n' "$*"; }
note() { printf '   %s\n' "$*"; }
fail() { printf '\nThe walk stopped: %s\n%s\n' "$1" "${2:-}" >&2; exit 1; }

# field NAME: the first value of that name in the JSON on standard input, hours without `.0`.
field() {
    { grep -o "\"$1\":\(\"[^\"]*\"\|[^,}]*\)" || true; } | head -1 | sed "s/^\"$1\"://; s/^\"//; s/\"\$//; s/^\([0-9]*\)\.0\$/\1/"
}
field_each() { grep -o "\"$1\":\"[^\"]*\"" | field_all || true; }
field_all() { sed 's/^"[a-z_]*":"//; s/"$//'; }
answered() { printf '%s' "$ANSWER" | field "$1"; }

# word NAME: what a code of the API means, in Russian; codes never change, words do.
word() {
    case "$1" in
        open|opened) echo "открыт" ;; addressed) echo "есть маршрут" ;; closed) echo "закрыт" ;;
        high_deficit) echo "тяжёлый" ;; medium_deficit) echo "средний" ;; low_deficit) echo "лёгкий" ;;
        met) echo "соблюдено" ;; not_met) echo "не соблюдено" ;; no_norm) echo "не установлена" ;;
        overdue) echo "просрочено" ;; on_time) echo "в срок" ;; added) echo "добавлена" ;;
        submitted) echo "подано" ;; accepted) echo "принято" ;; completed) echo "освоено полностью" ;;
        active) echo "действует" ;; draft) echo "проект" ;; in_review) echo "на согласовании" ;;
        placing) echo "размещение на согласовании" ;; placed) echo "размещён" ;;
        rework) echo "на доработке" ;; approved) echo "утверждён" ;; withdrawn) echo "отозван" ;;
        teacher) echo "учитель" ;; association_head) echo "руководитель МО" ;; director) echo "директор" ;;
        deputy_director) echo "заместитель" ;; program_curator) echo "куратор программ" ;;
        council_secretary) echo "секретарь совета" ;; regional_operator) echo "региональный оператор" ;;
        regional_coordinator) echo "региональный координатор" ;;
        consent) echo "согласие" ;; discuss|opinion) echo "мнение" ;; endorse) echo "согласовано" ;;
        approve) echo "утверждено" ;; acknowledge) echo "ознакомлен" ;;
        prospective_plan) echo "перспективный план" ;; competence_plan) echo "план компетентности" ;;
        base) echo "базовая" ;; core) echo "инвариантная" ;; elective) echo "вариативная" ;;
        interest) echo "интерес" ;; deficit) echo "дефицит" ;; need) echo "потребность" ;;
        school_priority) echo "приоритет школы" ;; system_priority) echo "приоритет системы" ;;
        personal_problem) echo "личная проблема" ;; outcome_finding) echo "итоги учеников" ;;
        recommendation) echo "рекомендация" ;;
        approved_revision) echo "по согласованию" ;; free) echo "свободно" ;; *) echo "$1" ;;
    esac
}

# part NAME: the object of that name in the last answer, as far as its first inner object.
part() { printf '%s' "$ANSWER" | grep -o "\"$1\":{[^}]*" || true; }

# lines: the things in the last answer, each on a line of its own.
lines() { printf '%s' "$ANSWER" | sed 's/{"\(id\|entry_id\|credential_id\|competency_id\|program_id\|pointer\)":/\n&/g' | grep "^{\"$1\":" || true; }

# sign_in LOGIN: everybody signs in once and keeps the token.
sign_in() {
    ETAG=""
    TOKEN=$(printf '%s' "$TOKENS" | sed -n "s/^$1=//p")
    [ -z "$TOKEN" ] || return 0
    ANSWER=$(curl -sS "$URL/auth/token" -d grant_type=password -d "login=$1" -d "password=$PASSWORD")
    TOKEN=$(answered access_token)
    [ -n "$TOKEN" ] || fail "cannot sign in as $1; is the demo loaded?" "$ANSWER"
    TOKENS="$TOKENS$1=$TOKEN"$'\n'
}

# call METHOD PATH [BODY]: keeps the answer, its status and ETag. A write carries the newest ETag and a fresh key.
call() {
    STEP=$((STEP + 1))
    local headers tag
    headers=$(mktemp)
    local arguments=(-sS -X "$1" "$URL$2" -D "$headers" -H "Authorization: Bearer $TOKEN" -H "Accept-Language: ru")
    [ -z "${QUERY:-}" ] || arguments+=(-G --data-urlencode "$QUERY")
    [ -z "${ACCEPT:-}" ] || arguments+=(-H "Accept: $ACCEPT")
    if [ "$1" != GET ]; then
        arguments+=(-H "Content-Type: application/json" -H "Idempotency-Key: walk-$RUN-$STEP" -d "${3:-}")
        [ -z "${ETAG:-}" ] || arguments+=(-H "If-Match: $ETAG")
    fi
    ANSWER=$(curl "${arguments[@]}")
    STATUS=$(head -1 "$headers" | cut -d' ' -f2)
    tag=$(grep -i '^etag:' "$headers" | tail -1 | cut -d' ' -f2 | tr -d '\r' || true)
    ETAG="${tag:-${ETAG:-}}"
    rm -f "$headers"
}

# must STATUS METHOD PATH [BODY]: the same, and the walk stops when the answer is another one.
must() { call "$2" "$3" "${4:-}"; [ "$STATUS" = "$1" ] || fail "$2 $3 answered $STATUS instead of $1" "$ANSWER"; }

# read_anew PATH: reads a thing for the ETag that the next write needs.
read_anew() { ETAG=""; must 200 GET "$1"; }

# create PATH BODY: makes a thing and keeps its id.
create() { ETAG=""; must 201 POST "$1" "$2"; ID=$(answered id); }

# Every wrong field of a refusal, with its paragraph where a regulation is behind it.
wrong_fields() {
    lines pointer | while read -r line; do
        note "$(printf '%s' "$line" | field pointer): $(printf '%s' "$line" | field message)$(printf '%s' "$line" | field paragraph | sed 's/^./ (п. &/; s/$/&)/; /^)$/d')"
    done
}

me() {
    must 200 GET /me
    PERSON=$(printf '%s' "$ANSWER" | grep -o '"person":{"id":"[^"]*"' | field id)
    PLACE=$(printf '%s' "$ANSWER" | grep -o '"organization":{"id":"[^"]*"' | head -1 | field id)
    NAME="$(answered last_name) $(answered first_name) $(answered middle_name)"
}

# The deficits of the person; the id, competency and title of the gravest are kept.
deficits() {
    must 200 GET "/persons/$PERSON/deficits"
    lines id | while read -r line; do
        note "$(printf '%s' "$line" | field competency_code) $(printf '%s' "$line" | field competency_title): $(word "$(printf '%s' "$line" | field level)"), $(word "$(printf '%s' "$line" | field state)")"
    done
    local gravest
    gravest=$(lines id | grep '"severity":3' | head -1 || true)
    DEFICIT=$(printf '%s' "$gravest" | field id)
    COMPETENCY=$(printf '%s' "$gravest" | field competency_id)
}

# balance DAY: every hour with its reason, then the two checks.
balance() {
    must 200 GET "/persons/$PERSON/hours-balance?as_of=$1"
    ANSWER="${ANSWER%%\"expiring\"*}"
    lines entry_id | while read -r line; do
        local reason
        reason=$(printf '%s' "$line" | field explanation_ru)
        note "$(printf '%s' "$line" | field hours) ч — $(printf '%s' "$line" | field title)${reason:+ — не засчитано: $reason}"
    done
    NORM=$(part local_hours | field status)
    COUNTED=$(part local_hours | field counted)
    FEDERAL=$(part federal_frequency | field status)
    local required
    required=$(part local_hours | field required)
    note "норма положения: $(word "$NORM"), засчитано $COUNTED${required:+ из $required} ч"
    note "раз в три года (273-ФЗ, ст. 47): $(word "$FEDERAL"), обучиться не позже $(part federal_frequency | field due_on)"
}

# history: what happened to the deficit, in order.
history() {
    must 200 GET "/deficits/$DEFICIT/events"
    printf '%s' "$ANSWER" | grep -q '"kind":"closed"' || fail "the repeat diagnostics have not closed the deficit" "$ANSWER"
    local kind told=""
    for kind in $(printf '%s' "$ANSWER" | grep -o '"kind":"[a-z]*"' | sed 's/"kind":"//; s/"//'); do
        told="$told${told:+ → }$(word "$kind")"
    done
    note "история дефицита: $told"
}

# closure PATH WHOSE: how many deficits are closed.
closure() { must 200 GET "$1"; note "$2: закрыто $(answered closed) из $(answered total)"; }

# The best match of the search.
find_program() {
    QUERY="q=$1"
    must 200 GET "/programs?limit=1"
    QUERY=""
    PROGRAM=$(lines id | head -1 | field id)
}
