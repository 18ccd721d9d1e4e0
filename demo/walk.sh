#!/usr/bin/env bash
# The main job with curl: two teachers, under two regulations at once, from a diagnosed deficit to a counted hour.
# Start the server with `make run`, then run this in another terminal. ROST_URL names another address.
# Running it a second time shows what has become of the same two routes.
set -euo pipefail

URL="${ROST_URL:-http://127.0.0.1:8080}/api/v1"
PASSWORD="demo-demo-demo"
AS_OF="2026-12-01"
RUN="$(date +%s)$$"
STEP=0

say()  { printf '\n\033[1m%s\033[0m\n' "$*"; }
note() { printf '   %s\n' "$*"; }
fail() { printf '\nThe walk stopped: %s\n%s\n' "$1" "${2:-}" >&2; exit 1; }

# field NAME: the first value of that name in the JSON on standard input.
field() { { grep -o "\"$1\":\(\"[^\"]*\"\|[^,}]*\)" || true; } | head -1 | sed "s/^\"$1\"://; s/^\"//; s/\"\$//"; }

sign_in() {
    local answer
    answer=$(curl -sS "$URL/auth/token" -d grant_type=password -d "login=$1" -d "password=$PASSWORD")
    TOKEN=$(printf '%s' "$answer" | field access_token)
    [ -n "$TOKEN" ] || fail "cannot sign in as $1; is the demo loaded?" "$answer"
    export TOKEN
}

# call METHOD PATH [BODY]: prints the answer, keeps its status and ETag. Writes carry the newest ETag and a fresh key.
call() {
    STEP=$((STEP + 1))
    local headers body="${3:-}"
    headers=$(mktemp)
    local arguments=(-sS -X "$1" "$URL$2" ${QUERY:+-G --data-urlencode "$QUERY"} -D "$headers" -H "Authorization: Bearer $TOKEN" -H "Accept-Language: ru")
    if [ "$1" != GET ]; then
        arguments+=(-H "Content-Type: application/json" -H "Idempotency-Key: walk-$RUN-$STEP" -d "$body")
        [ -z "${ETAG:-}" ] || arguments+=(-H "If-Match: $ETAG")
    fi
    ANSWER=$(curl "${arguments[@]}")
    STATUS=$(head -1 "$headers" | cut -d' ' -f2)
    local tag
    tag=$(grep -i '^etag:' "$headers" | tail -1 | cut -d' ' -f2 | tr -d '\r' || true)
    [ -z "$tag" ] || ETAG="$tag"
    rm -f "$headers"
}

# must STATUS METHOD PATH [BODY]: the same, and the walk stops when the answer is another one.
must() { call "$2" "$3" "${4:-}"; [ "$STATUS" = "$1" ] || fail "$2 $3 answered $STATUS instead of $1" "$ANSWER"; }

me() { must 200 GET /me; PERSON=$(printf '%s' "$ANSWER" | grep -o '"person":{"id":"[^"]*"' | field id); }

# The step of the approval request that waits for whoever is signed in.
open_request() {
    must 200 GET "/approval-requests?subject_id=$ROUTE"
    REQUEST=$(printf '%s' "$ANSWER" | field id)
    ETAG=""
    must 200 GET "/approval-requests/$REQUEST"
    WAITING=$(printf '%s' "$ANSWER" | grep -o '"allowed_decisions":\[[^]]*\]' | grep -o "{[^}]*\"decision\":\"$1\"[^}]*}" | field step)
    [ -n "$WAITING" ] || fail "nothing waits for '$1' here" "$ANSWER"
}

# decide WHAT [MORE]: signs one step, with further members of the body.
decide() {
    open_request "$1"
    must 200 POST "/approval-requests/$REQUEST/decisions" "{\"step\":$WAITING,\"decision\":\"$1\"${2:-}}"
}

# Lists the deficits and keeps the id of the gravest.
deficits() {
    must 200 GET "/persons/$PERSON/deficits"
    local lines
    lines=$(printf '%s' "$ANSWER" | sed 's/{"id"/\n{"id"/g' | grep '"severity"' | sort -t: -k1)
    printf '%s\n' "$lines" | while read -r line; do
        note "дефицит: тяжесть $(printf '%s' "$line" | field severity), уровень $(printf '%s' "$line" | field level), состояние $(printf '%s' "$line" | field state)"
    done
    DEFICIT=$(printf '%s\n' "$lines" | grep '"level":"high_deficit"' | head -1 | field id)
}

newest() { ETAG=""; must 200 GET "/routes/$ROUTE"; }

balance() {
    must 200 GET "/persons/$PERSON/hours-balance?as_of=$AS_OF"
    printf '%s' "$ANSWER" | sed 's/"expiring".*//; s/{"entry_id"/\n{"entry_id"/g; s/{"credential_id"/\n{"credential_id"/g' | grep '"title"' |
        while read -r line; do
            local reason
            reason=$(printf '%s' "$line" | field explanation_ru)
            note "$(printf '%s' "$line" | field hours) ч — $(printf '%s' "$line" | field title)${reason:+ — НЕ засчитано: $reason}"
        done
    LOCAL=$(printf '%s' "$ANSWER" | grep -o '"local_hours":{[^}]*}')
    FEDERAL=$(printf '%s' "$ANSWER" | grep -o '"federal_frequency":{[^]}]*')
    note "местная норма:  $LOCAL"
    note "раз в три года: $FEDERAL"
}

# The best match of the search: its id.
program() {
    QUERY="q=$1"
    must 200 GET "/programs?limit=5"
    QUERY=""
    PROGRAM=$(printf '%s' "$ANSWER" | grep -o '"items":\[{"id":"[^"]*"' | field id)
    [ -n "$PROGRAM" ] || fail "there is no program '$1'" "$ANSWER"
}

existing_route() {
    must 200 GET "/routes?person_id=$PERSON&limit=1"
    ROUTE=$(printf '%s' "$ANSWER" | grep -o '"items":\[{"id":"[^"]*"' | field id || true)
}

##########################################################################################################
say "I. Алтайский край (положение P4): маршрут от диагностики"

say "1. Учитель входит и видит свои дефициты"
sign_in obskaya.teacher; me
note "$(printf '%s' "$ANSWER" | field last_name) $(printf '%s' "$ANSWER" | field first_name) $(printf '%s' "$ANSWER" | field middle_name)"
deficits
TEACHER="$PERSON"
existing_route
if [ -n "${ROUTE:-}" ]; then
    say "Маршрут уже пройден раньше; вот что с ним теперь"
    newest; note "state: $(printf '%s' "$ANSWER" | field state)"
    balance
else
    say "2. Реестр отвечает на дефициты: программы с модулями по этим компетенциям"
    must 200 GET "/programs?answers_deficits_of=$PERSON&limit=3"
    printf '%s' "$ANSWER" | grep -o '"title":"[^"]*"' | sed 's/^/   /'
    program "Формирующее оценивание"

    say "3. Учитель составляет маршрут: без диагностики сервер бы отказал (P4-13)"
    ETAG=""
    must 201 POST /routes "{\"person_id\":\"$PERSON\",\"title\":\"Формирующее оценивание на уроке\",\"starts_on\":\"2026-10-01\",\"ends_on\":\"2027-09-30\",\"note\":{\"goal\":\"Освоить формирующее оценивание\",\"expected_result\":\"Система критериев для 3 класса\",\"content\":\"Программа и самообразование\",\"study_form\":\"очно-заочная\",\"technologies\":\"дистанционные\",\"pace\":\"6 часов в неделю\",\"total_hours\":36,\"personal_resources\":\"Опыт наставничества\",\"school_context\":\"Школа переходит на критериальное оценивание\"}}"
    ROUTE=$(printf '%s' "$ANSWER" | field id)
    must 201 POST "/routes/$ROUTE/activities" "{\"kind\":\"program\",\"title\":\"Формирующее оценивание\",\"program_id\":\"$PROGRAM\",\"hours\":36,\"starts_on\":\"2026-10-05\",\"ends_on\":\"2026-11-13\",\"reason\":\"deficit\",\"deficit_ids\":[\"$DEFICIT\"]}"
    ACTIVITY=$(printf '%s' "$ANSWER" | field id)
    note "маршрут $ROUTE"

    say "4. Подача: согласие учителя дано подачей; дальше школа и региональный координатор"
    newest; must 200 POST "/routes/$ROUTE/submission" "{}"

    say "5. Директор возвращает на доработку: без срока нельзя (P0-42), со сроком — можно"
    sign_in obskaya.director
    open_request return
    call POST "/approval-requests/$REQUEST/decisions" "{\"step\":$WAITING,\"decision\":\"return\",\"note\":\"Уточните ожидаемый результат\"}"
    note "без срока: $STATUS $(printf '%s' "$ANSWER" | grep -o '"errors":.*')"
    [ "$STATUS" = 422 ] || fail "a return without a date must be refused" "$ANSWER"
    decide return ',"note":"Уточните ожидаемый результат","due_on":"2099-12-31"'
    note "со сроком: $STATUS"

    say "6. Учитель дорабатывает и подаёт снова: второй круг"
    sign_in obskaya.teacher; newest
    must 200 POST "/routes/$ROUTE/submission" "{}"
    sign_in obskaya.director; decide endorse
    note "школа согласовала"
    sign_in altai.coordinator; decide approve
    note "координатор утвердил"
    sign_in obskaya.teacher; newest
    note "состояние маршрута: $(printf '%s' "$ANSWER" | field state)"
    deficits

    say "7. Институт выдаёт удостоверение, директор принимает его: часы в журнале, мероприятие выполнено"
    balance
    sign_in altai.coordinator; ETAG=""
    must 201 POST /credentials "{\"person_id\":\"$TEACHER\",\"kind\":\"pd_certificate\",\"series\":\"ПК\",\"number\":\"260301\",\"registration_number\":\"2026/0301\",\"title\":\"Формирующее оценивание\",\"program_id\":\"$PROGRAM\",\"activity_id\":\"$ACTIVITY\",\"program_kind\":\"advanced_training\",\"hours\":36,\"started_on\":\"2026-10-05\",\"completed_on\":\"2026-11-13\",\"issued_on\":\"2026-11-16\"}"
    CREDENTIAL=$(printf '%s' "$ANSWER" | field id)
    sign_in obskaya.director
    ETAG=""; must 200 GET "/credentials/$CREDENTIAL"
    must 200 POST "/credentials/$CREDENTIAL/decision" '{"decision":"confirm"}'
    sign_in obskaya.teacher; newest
    note "выполнено: $(printf '%s' "$ANSWER" | grep -o '"progress":{[^}]*}')"

    say "8. Баланс на $AS_OF"
    note "норма часов в P4 не установлена; раз в три года — выполнено, если удостоверение не старше трёх лет"
    balance

    say "9. Повторная диагностика: дефицит закрыт, доля закрытых видна школе и региону (P4-12, P2-18)"
    sign_in altai.coordinator; ETAG=""
    must 200 GET "/deficits/$DEFICIT/events"
    must 200 GET "/deficits/$DEFICIT"
    COMPETENCY=$(printf '%s' "$ANSWER" | field competency_id)
    must 200 GET "/diagnostic-campaigns?state=running"
    CAMPAIGN=$(printf '%s' "$ANSWER" | grep -o '"items":\[{"id":"[^"]*"' | field id)
    INSTRUMENT=$(printf '%s' "$ANSWER" | field instrument_id)
    must 200 GET "/diagnostic-campaigns/$CAMPAIGN/participation"
    note "кампания: $(printf '%s' "$ANSWER" | grep -o '"total":{[^}]*}')"
    ETAG=""
    must 201 POST /diagnostic-results "{\"person_id\":\"$TEACHER\",\"instrument_id\":\"$INSTRUMENT\",\"taken_on\":\"2026-11-18\",\"mode\":\"online\",\"scores\":[{\"competency_id\":\"$COMPETENCY\",\"procedure\":\"test\",\"score\":88},{\"competency_id\":\"$COMPETENCY\",\"procedure\":\"expert\",\"score\":90}]}"
    must 200 GET "/deficits/$DEFICIT/events"
    note "история дефицита: $(printf '%s' "$ANSWER" | grep -o '"kind":"[a-z]*"' | sed 's/"kind"://' | paste -sd' ' -)"
    printf '%s' "$ANSWER" | grep -q '"kind":"closed"' || fail "the repeat diagnostics have not closed the deficit" "$ANSWER"
    sign_in obskaya.director
    must 200 GET "/deficit-closure?person_id=$TEACHER"
    note "доля закрытых у учителя: $(printf '%s' "$ANSWER" | field closed_percent) %"
    must 200 GET /diagnostic-report
    note "школа: $(printf '%s' "$ANSWER" | grep -o '"place":{[^}]*}}')"
    sign_in altai.ministry
    must 200 GET /diagnostic-report
    note "регион: $(printf '%s' "$ANSWER" | grep -o '"place":{[^}]*}}')"
    must 200 GET "/diagnostic-report?unanswered=true"
    note "на эти дефициты не отвечает ни одна программа: $(printf '%s' "$ANSWER" | grep -o '"code":"[^"]*","title":"[^"]*","block_code"' | sed 's/,"block_code"//' | paste -sd' ' -)"
    must 200 GET "/registry-publications"
    sign_in obskaya.teacher; me
fi

##########################################################################################################
say "II. Челябинск, школа (положение P0): 72 часа за три года"
sign_in uralskaya.teacher; me
TEACHER="$PERSON"
existing_route
if [ -n "${ROUTE:-}" ]; then
    say "Маршрут уже пройден раньше; вот что с ним теперь"
    newest; note "state: $(printf '%s' "$ANSWER" | field state)"
    balance
else
    say "1. Баланс до: 36 часов есть, 72 часа 2022 года уже вне окна"
    balance

    say "2. Маршрут из трёх частей: перспективный план, вариативная и базовая часть (P0-9, P0-10)"
    deficits
    program "Формирующее оценивание"
    ETAG=""
    must 201 POST /routes "{\"person_id\":\"$PERSON\",\"title\":\"Персонифицированная программа\",\"starts_on\":\"2026-09-01\",\"ends_on\":\"2028-08-31\",\"note\":{\"goal\":\"Освоить формирующее оценивание\",\"expected_result\":\"Комплект критериев\",\"study_form\":\"очно-заочная\"}}"
    ROUTE=$(printf '%s' "$ANSWER" | field id)
    call POST "/routes/$ROUTE/submission" "{}"
    note "подать пустой нельзя ($STATUS); всё сразу: $(printf '%s' "$ANSWER" | grep -o '"paragraph":"[^"]*"' | sort | uniq -c | tr -s ' ' | paste -sd',' -)"
    newest
    must 200 PUT "/routes/$ROUTE/stages" '{"stages":[{"title":"Обучение","starts_on":"2026-09-01","ends_on":"2027-05-31"}]}'
    must 201 POST "/routes/$ROUTE/activities" "{\"kind\":\"program\",\"part\":\"prospective_plan\",\"title\":\"Формирующее оценивание\",\"program_id\":\"$PROGRAM\",\"hours\":36,\"starts_on\":\"2026-10-05\",\"ends_on\":\"2026-11-13\",\"reason\":\"deficit\",\"deficit_ids\":[\"$DEFICIT\"]}"
    ACTIVITY=$(printf '%s' "$ANSWER" | field id)
    newest
    must 201 POST "/routes/$ROUTE/activities" '{"kind":"self_education","part":"elective","title":"Чтение","content":"Книги об оценивании","hours":10,"starts_on":"2026-10-05","ends_on":"2027-05-31","reason":"interest","justification":"Интерес к теме"}'
    sign_in uralskaya.deputy; newest
    must 201 POST "/routes/$ROUTE/activities" '{"kind":"methodical_work","part":"base","work_mode":"creative_group","title":"Творческая группа «Оценивание»","starts_on":"2026-10-05","ends_on":"2027-05-31","reason":"school_priority","justification":"План методической работы школы"}'

    say "3. Цепочка P0: руководитель МО, заместитель, директор — в этом порядке (P0-15)"
    sign_in uralskaya.teacher; newest; must 200 POST "/routes/$ROUTE/submission" "{}"
    sign_in uralskaya.head.primary; decide endorse; note "руководитель МО согласовал"
    sign_in uralskaya.deputy; decide endorse; note "заместитель согласовал"
    sign_in uralskaya.director; decide approve; note "директор утвердил"

    say "4. Ещё 36 часов в другой организации (P0-17)"
    sign_in chelyabinsk.provider; ETAG=""
    must 201 POST /credentials "{\"person_id\":\"$TEACHER\",\"kind\":\"pd_certificate\",\"series\":\"ПК\",\"number\":\"260302\",\"registration_number\":\"2026/0302\",\"title\":\"Формирующее оценивание\",\"program_id\":\"$PROGRAM\",\"activity_id\":\"$ACTIVITY\",\"program_kind\":\"advanced_training\",\"hours\":36,\"started_on\":\"2026-10-05\",\"completed_on\":\"2026-11-13\",\"issued_on\":\"2026-11-16\"}"
    CREDENTIAL=$(printf '%s' "$ANSWER" | field id)
    sign_in uralskaya.director
    ETAG=""; must 200 GET "/credentials/$CREDENTIAL"
    must 200 POST "/credentials/$CREDENTIAL/decision" '{"decision":"confirm"}'

    say "5. Баланс на $AS_OF: 36 + 36 = 72, норма выполнена"
    sign_in uralskaya.teacher
    balance
fi
printf '%s' "$LOCAL" | grep -q '"status":"met"' || fail "the norm of 72 hours is not met" "$ANSWER"
printf '%s' "$LOCAL" | grep -q '"counted":72' || fail "72 hours do not count" "$ANSWER"

say "Школа видит то же по всем своим людям"
sign_in uralskaya.director
must 200 GET /me
SCHOOL=$(printf '%s' "$ANSWER" | grep -o '"organization":[^}]*"id":"[^"]*"' | head -1 | grep -o '"id":"[^"]*"' | field id || true)
[ -z "$SCHOOL" ] || { must 200 GET "/organizations/$SCHOOL/hours-compliance?as_of=$AS_OF"; note "$(printf '%s' "$ANSWER" | grep -o '"\(met\|not_met\|no_norm\)":[0-9]*' | paste -sd' ' -)"; }
say "Готово."
