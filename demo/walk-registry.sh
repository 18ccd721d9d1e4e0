#!/usr/bin/env bash
# Registry, training and diagnostics with curl: a deficit that no program answers becomes a program of the registry, a
# revision of its publication, a course with an application, attendance and a certificate, hours in the ledger, and is
# closed by repeat diagnostics. Everybody does his own part: seven accounts, one teacher.
# Start the server with `make run`, then run this in another terminal. ROST_URL names another address.
# Running it a second time shows what has become of it.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

# day N: the date N days from now in Altai krai (UTC+7), where all of it happens; GNU date, then that of BSD.
day() {
    local moment=$(($(date +%s) + $1 * 86400))
    TZ='<+07>-7' date -d "@$moment" +%F 2>/dev/null || TZ='<+07>-7' date -r "$moment" +%F
}
TODAY=$(day 0)
TITLE="Дискуссия на уроке: вопрос, довод, вывод"

program_body() { # HOURS OF THE LAST MODULE
    printf '{"provider_id":"%s","data":{"kind":"advanced_training","title":"%s","annotation":"Как вести спор в классе: от вопроса до общего вывода. Итог — урок-дискуссия.","hours":24,"fully_modular":true,"study_form":"part_time","delivery":["in_person","distance"],"audience":["teacher"],"education_levels":["basic","secondary"],"funding":["state_assignment"]},"modules":[{"title":"Вопрос, который стоит спора","hours":8,"delivery":["distance"],"competency_ids":["%s"]},{"title":"Довод и слушание","hours":8,"delivery":["in_person"],"competency_ids":["%s"]},{"title":"Общий вывод: урок-дискуссия","hours":%s,"delivery":["in_person"],"competency_ids":["%s"]}]}' \
        "$INSTITUTE" "$TITLE" "$MISSING" "$MISSING" "$1" "$MISSING"
}

# record_stage NUMBER HOURS NOTE: attendance and result of one stage of the enrollment.
record_stage() {
    read_anew "/enrollments/$ENROLLMENT"
    must 200 PUT "/enrollments/$ENROLLMENT/stages/$1" "{\"outcome\":\"mastered\",\"attended_hours\":$2,\"note\":\"$3\"}"
    note "этап $1: $2 ч, $3"
}

say "1. Чего не хватает: дефициты, на которые не отвечает ни одна программа реестра"
sign_in altai.coordinator; me; INSTITUTE="$PLACE"
must 200 GET "/diagnostic-report?unanswered=true"
ANSWER="${ANSWER#*\"competencies\":}"
LINE=$(lines competency_id | head -1)
MISSING=$(printf '%s' "$LINE" | field competency_id)
[ -z "$MISSING" ] || note "$(printf '%s' "$LINE" | field code) $(printf '%s' "$LINE" | field title): открыто дефицитов — $(printf '%s' "$LINE" | field open), программ — $(printf '%s' "$LINE" | field active_programs)"

find_program "$TITLE"
if printf '%s' "$ANSWER" | grep -q "$TITLE"; then
    note "таких больше нет: программа «$TITLE» уже в реестре"
else
    say "2. Координатор пишет программу; модули должны сложиться в её объём"
    ETAG=""; call POST /programs "$(program_body 4)"
    [ "$STATUS" = 422 ] || fail "modules that do not add up must be refused" "$ANSWER"
    note "8 + 8 + 4 вместо 24 — $STATUS:"; wrong_fields
    create /programs "$(program_body 8)"
    PROGRAM="$ID"
    must 200 POST "/programs/$PROGRAM/submission" "{}"
    note "8 + 8 + 8 = 24 — $(word "$(answered state)")"

    say "3. Министерство принимает её, вносит в реестр и публикует изменение (P4-15, P4-16)"
    sign_in altai.ministry
    must 200 GET /registry-publications/2026
    BEFORE=$(answered revision)
    note "реестр 2026 года: срок $(answered due_on), опубликован $(answered published_on) — $(word "$(answered status)"), изменение № $BEFORE"
    read_anew "/programs/$PROGRAM"; must 200 POST "/programs/$PROGRAM/decision" '{"decision":"accept"}'
    create /registry-entries "{\"program_id\":\"$PROGRAM\"}"
    create /registry-publications/2026/revisions '{"note":"Включена программа, которой не хватало"}'
    AFTER=$(answered revision)
    must 200 GET "/registry-publications/2026/changes?from=$BEFORE&to=$AFTER"
    note "изменение № $AFTER: $(word "$(lines program_id | head -1 | field change)") программа «$(lines program_id | head -1 | field title)»"
    ACCEPT="text/csv"; must 200 GET "/registry-publications/2026/revisions/$AFTER/programs"; ACCEPT=""
    note "тот же реестр таблицей CSV: строк — $(printf '%s\n' "$ANSWER" | grep -c .)"
fi

say "4. Учитель ищет, что отвечает на его дефициты"
sign_in bor.teacher2; me; TEACHER="$PERSON"; note "$NAME"; deficits
must 200 GET "/programs/facets?answers_deficits_of=$PERSON"
note "программ, которые отвечают хотя бы на один из них: $(answered total); на самый тяжёлый —"
must 200 GET "/programs?answers_deficits_of=$PERSON&competency_id=$COMPETENCY"
lines id | { grep "$TITLE" || true; } | while read -r line; do note "$(printf '%s' "$line" | field hours) ч — $(printf '%s' "$line" | field title)"; done
must 200 GET "/applications?person_id=$PERSON&kind=person"
APPLICATION=$(lines id | { grep "$TITLE" || true; } | head -1 | field id)

if [ -z "$APPLICATION" ]; then
    note "до обучения:"; balance "$TODAY"
    HOURS_BEFORE="$COUNTED"

    say "5. Курс на одно место, записаться можно до сегодняшнего дня; заявления подают двое (P4-26)"
    sign_in altai.coordinator
    create /offerings "{\"organization_id\":\"$INSTITUTE\",\"data\":{\"kind\":\"course\",\"title\":\"$TITLE\",\"program_id\":\"$PROGRAM\",\"starts_on\":\"$(day -7)\",\"ends_on\":\"$(day 14)\",\"apply_until\":\"$TODAY\",\"seats\":1,\"study_form\":\"part_time\",\"delivery\":[\"in_person\",\"distance\"],\"practical_hours\":8,\"expected_product\":\"Урок-дискуссия\"},\"stages\":[{\"kind\":\"study\",\"title\":\"Вопрос и довод\",\"hours\":16},{\"kind\":\"workplace_task\",\"title\":\"Урок-дискуссия в своём классе\",\"hours\":8}]}"
    OFFERING="$ID"
    must 200 POST "/offerings/$OFFERING/state" '{"state":"open"}'
    sign_in bor.teacher2
    create /applications "{\"offering_id\":\"$OFFERING\",\"kind\":\"person\"}"; APPLICATION="$ID"
    note "заявление учителя: $(word "$(answered state)")"
    sign_in bor.teacher
    create /applications "{\"offering_id\":\"$OFFERING\",\"kind\":\"person\"}"; SECOND="$ID"
    note "коллега тоже: в листе ожидания $(answered waiting_position)-я"

    say "6. Институт зачисляет; мест больше, чем есть, не выдать"
    sign_in altai.coordinator
    read_anew "/applications/$APPLICATION"
    must 200 POST "/applications/$APPLICATION/decision" '{"decision":"accept"}'
    ENROLLMENT=$(answered enrollment_id); note "учитель зачислен"
    read_anew "/applications/$SECOND"
    call POST "/applications/$SECOND/decision" '{"decision":"accept"}'
    [ "$STATUS" = 409 ] || fail "there is one seat only" "$ANSWER"
    note "коллегу зачислить нельзя — $STATUS: $(answered detail)"
    read_anew "/offerings/$OFFERING"; must 200 POST "/offerings/$OFFERING/state" '{"state":"running"}'

    say "7. Учение: посещение отмечает институт, задание на рабочем месте — школа"
    record_stage 1 16 "занятия посещены"
    sign_in bor.deputy; record_stage 2 8 "урок-дискуссия показан коллегам"
    sign_in altai.coordinator
    read_anew "/enrollments/$ENROLLMENT"
    must 200 POST "/enrollments/$ENROLLMENT/completion" '{"closing":"finish"}'
    note "итог: $(word "$(answered state)")"

    say "8. Удостоверение по зачислению; директор принимает — часы в журнале"
    create /credentials "{\"person_id\":\"$TEACHER\",\"enrollment_id\":\"$ENROLLMENT\",\"kind\":\"pd_certificate\",\"series\":\"ПК\",\"number\":\"${RUN:(-9)}\",\"registration_number\":\"Р-$RUN\",\"title\":\"$TITLE\",\"hours\":24,\"started_on\":\"$(day -7)\",\"issued_on\":\"$TODAY\"}"
    CREDENTIAL="$ID"
    sign_in bor.director
    read_anew "/credentials/$CREDENTIAL"; must 200 POST "/credentials/$CREDENTIAL/decision" '{"decision":"confirm"}'
    sign_in bor.teacher2; balance "$TODAY"
    [ "$COUNTED" = $((HOURS_BEFORE + 24)) ] || fail "$HOURS_BEFORE + 24 hours must count" "$ANSWER"
    note "$HOURS_BEFORE + 24 = $COUNTED"

    say "9. Повторная диагностика закрывает дефицит (P4-12)"
    sign_in bor.director; closure "/deficit-closure?person_id=$TEACHER" "до неё"
    sign_in altai.coordinator
    must 200 GET "/diagnostic-campaigns?state=running"
    INSTRUMENT=$(answered instrument_id)
    create /diagnostic-results "{\"person_id\":\"$TEACHER\",\"instrument_id\":\"$INSTRUMENT\",\"taken_on\":\"$TODAY\",\"mode\":\"online\",\"scores\":[{\"competency_id\":\"$COMPETENCY\",\"procedure\":\"test\",\"score\":86},{\"competency_id\":\"$COMPETENCY\",\"procedure\":\"expert\",\"score\":90}]}"
    history
else
    say "Курс уже пройден раньше; вот что с ним теперь"
    must 200 GET "/applications/$APPLICATION"; note "заявление: $(word "$(answered state)")"
    balance "$TODAY"
fi
[ "$FEDERAL" = met ] || fail "the training of this year must count" "$ANSWER"

say "10. Доля закрытых — каждому на своём уровне (P2-18)"
sign_in bor.director; closure "/deficit-closure?person_id=$TEACHER" "у учителя"
[ "$(answered closed)" -ge 1 ] || fail "a closed deficit must be counted" "$ANSWER"
closure /diagnostic-report "в школе"
sign_in altai.ministry; closure /diagnostic-report "в регионе"
must 200 GET "/diagnostic-report?unanswered=true"
ANSWER="${ANSWER#*\"competencies\":}"
note "дефицитов, на которые нет программы: $(lines competency_id | grep -c . || true)"
say "Готово."
