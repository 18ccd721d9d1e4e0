#!/usr/bin/env bash
# The main job with curl: two teachers, under two regulations at once, from a diagnosed deficit to a counted hour; then
# one route under all five regulations side by side (demo/walk-routes.sh, which can be run alone as well).
# Start the server with `make run`, then run this in another terminal. ROST_URL names another address.
# Running it a second time shows what has become of the same routes. Next: demo/walk-registry.sh.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
AS_OF="2026-12-01"

# The step of the approval request that waits for whoever is signed in.
open_request() {
    must 200 GET "/approval-requests?subject_id=$ROUTE"
    REQUEST=$(answered id)
    read_anew "/approval-requests/$REQUEST"
    WAITING=$(printf '%s' "$ANSWER" | grep -o '"allowed_decisions":\[[^]]*\]' | grep -o "{[^}]*\"decision\":\"$1\"[^}]*}" | field step)
    [ -n "$WAITING" ] || fail "nothing waits for '$1' here" "$ANSWER"
}

# decide WHAT [MORE]: signs one step, with further members of the body.
decide() {
    open_request "$1"
    must 200 POST "/approval-requests/$REQUEST/decisions" "{\"step\":$WAITING,\"decision\":\"$1\"${2:-}}"
}

# The route of the person, if there is one already.
existing_route() {
    must 200 GET "/routes?person_id=$PERSON&limit=1"
    ROUTE=$(lines id | head -1 | field id)
}

# certificate NUMBER REGISTRATION: issued by whoever is signed in, for the program and the activity of the route.
certificate() {
    create /credentials "{\"person_id\":\"$TEACHER\",\"kind\":\"pd_certificate\",\"series\":\"ПК\",\"number\":\"$1\",\"registration_number\":\"$2\",\"title\":\"Формирующее оценивание\",\"program_id\":\"$PROGRAM\",\"activity_id\":\"$ACTIVITY\",\"program_kind\":\"advanced_training\",\"hours\":36,\"started_on\":\"2026-10-05\",\"completed_on\":\"2026-11-13\",\"issued_on\":\"2026-11-16\"}"
    CREDENTIAL="$ID"
}

confirm() { read_anew "/credentials/$CREDENTIAL"; must 200 POST "/credentials/$CREDENTIAL/decision" '{"decision":"confirm"}'; }

##########################################################################################################
say "I. Алтайский край (положение P4): маршрут от диагностики"
say "1. Учитель входит и видит свои дефициты"
sign_in obskaya.teacher; me; note "$NAME"; deficits
TEACHER="$PERSON"
existing_route
if [ -n "$ROUTE" ]; then
    say "Маршрут уже пройден раньше; вот что с ним теперь"
    read_anew "/routes/$ROUTE"; note "маршрут: $(word "$(answered state)")"
    balance "$AS_OF"
else
    say "2. Реестр отвечает на дефициты: программы с модулями по этим компетенциям"
    must 200 GET "/programs?answers_deficits_of=$PERSON&limit=3"
    lines id | while read -r line; do note "$(printf '%s' "$line" | field hours) ч — $(printf '%s' "$line" | field title)"; done
    find_program "Формирующее оценивание"

    say "3. Учитель составляет маршрут: без диагностики сервер бы отказал (P4-13)"
    create /routes "{\"person_id\":\"$PERSON\",\"title\":\"Формирующее оценивание на уроке\",\"starts_on\":\"2026-10-01\",\"ends_on\":\"2027-09-30\",\"note\":{\"goal\":\"Освоить формирующее оценивание\",\"expected_result\":\"Система критериев для 3 класса\",\"content\":\"Программа и самообразование\",\"study_form\":\"очно-заочная\",\"technologies\":\"дистанционные\",\"pace\":\"6 часов в неделю\",\"total_hours\":36,\"personal_resources\":\"Опыт наставничества\",\"school_context\":\"Школа переходит на критериальное оценивание\"}}"
    ROUTE="$ID"
    must 201 POST "/routes/$ROUTE/activities" "{\"kind\":\"program\",\"title\":\"Формирующее оценивание\",\"program_id\":\"$PROGRAM\",\"hours\":36,\"starts_on\":\"2026-10-05\",\"ends_on\":\"2026-11-13\",\"reason\":\"deficit\",\"deficit_ids\":[\"$DEFICIT\"]}"
    ACTIVITY=$(answered id)

    say "4. Подача: согласие учителя дано подачей; дальше школа и региональный координатор"
    read_anew "/routes/$ROUTE"; must 200 POST "/routes/$ROUTE/submission" "{}"

    say "5. Директор возвращает на доработку: без срока нельзя (P0-42), со сроком — можно"
    sign_in obskaya.director
    open_request return
    call POST "/approval-requests/$REQUEST/decisions" "{\"step\":$WAITING,\"decision\":\"return\",\"note\":\"Уточните ожидаемый результат\"}"
    [ "$STATUS" = 422 ] || fail "a return without a date must be refused" "$ANSWER"
    note "без срока — $STATUS:"; wrong_fields
    decide return ',"note":"Уточните ожидаемый результат","due_on":"2099-12-31"'
    note "со сроком — $STATUS"

    say "6. Учитель дорабатывает и подаёт снова: второй круг"
    sign_in obskaya.teacher; read_anew "/routes/$ROUTE"; must 200 POST "/routes/$ROUTE/submission" "{}"
    sign_in obskaya.director; decide endorse; note "школа согласовала"
    sign_in altai.coordinator; decide endorse; note "координатор согласовал"
    sign_in obskaya.teacher; read_anew "/routes/$ROUTE"; note "маршрут: $(word "$(answered state)")"
    deficits

    say "7. Институт выдаёт удостоверение, директор принимает его: часы в журнале, мероприятие выполнено"
    note "до того:"; balance "$AS_OF"
    sign_in altai.coordinator; certificate 260301 2026/0301
    sign_in obskaya.director; confirm
    sign_in obskaya.teacher; read_anew "/routes/$ROUTE"
    note "маршрут выполнен на $(part progress | field share) %"

    say "8. Баланс на $AS_OF: прибавилось 36 ч, срок «раз в три года» соблюдён; нормы часов в P4 нет"
    balance "$AS_OF"

    say "9. Повторная диагностика: дефицит закрыт, доля закрытых видна школе и региону (P4-12, P2-18)"
    sign_in altai.coordinator
    must 200 GET "/diagnostic-campaigns?state=running"
    INSTRUMENT=$(answered instrument_id)
    create /diagnostic-results "{\"person_id\":\"$TEACHER\",\"instrument_id\":\"$INSTRUMENT\",\"taken_on\":\"2026-11-18\",\"mode\":\"online\",\"scores\":[{\"competency_id\":\"$COMPETENCY\",\"procedure\":\"test\",\"score\":88},{\"competency_id\":\"$COMPETENCY\",\"procedure\":\"expert\",\"score\":90}]}"
    history
    sign_in obskaya.director
    closure "/deficit-closure?person_id=$TEACHER" "у учителя"
    closure /diagnostic-report "в школе"
    sign_in altai.ministry; closure /diagnostic-report "в регионе"
fi
[ "$FEDERAL" = met ] && [ "$COUNTED" = 42 ] || fail "the hours in P4 do not add up" "$ANSWER"

##########################################################################################################
say "II. Челябинск, школа (положение P0): 72 часа за три года"
sign_in uralskaya.teacher; me; note "$NAME"
TEACHER="$PERSON"
existing_route
if [ -n "$ROUTE" ]; then
    say "Маршрут уже пройден раньше; вот что с ним теперь"
    read_anew "/routes/$ROUTE"; note "маршрут: $(word "$(answered state)")"
    balance "$AS_OF"
else
    say "1. Баланс до: 36 часов есть, 72 часа 2022 года уже вне окна"
    balance "$AS_OF"

    say "2. Маршрут из трёх частей: перспективный план, вариативная и базовая часть (P0-9, P0-10)"
    deficits
    find_program "Формирующее оценивание"
    create /routes "{\"person_id\":\"$PERSON\",\"title\":\"Персонифицированная программа\",\"starts_on\":\"2026-09-01\",\"ends_on\":\"2028-08-31\",\"note\":{\"goal\":\"Освоить формирующее оценивание\",\"expected_result\":\"Комплект критериев\",\"study_form\":\"очно-заочная\"}}"
    ROUTE="$ID"
    call POST "/routes/$ROUTE/submission" "{}"
    note "пустой маршрут не принимают — $STATUS, и всё сразу:"; wrong_fields
    read_anew "/routes/$ROUTE"
    must 200 PUT "/routes/$ROUTE/stages" '{"stages":[{"title":"Обучение","starts_on":"2026-09-01","ends_on":"2027-05-31"}]}'
    must 201 POST "/routes/$ROUTE/activities" "{\"kind\":\"program\",\"part\":\"prospective_plan\",\"title\":\"Формирующее оценивание\",\"program_id\":\"$PROGRAM\",\"hours\":36,\"starts_on\":\"2026-10-05\",\"ends_on\":\"2026-11-13\",\"reason\":\"deficit\",\"deficit_ids\":[\"$DEFICIT\"]}"
    ACTIVITY=$(answered id)
    read_anew "/routes/$ROUTE"
    must 201 POST "/routes/$ROUTE/activities" '{"kind":"self_education","part":"elective","title":"Чтение","content":"Книги об оценивании","hours":10,"starts_on":"2026-10-05","ends_on":"2027-05-31","reason":"interest","justification":"Интерес к теме"}'
    sign_in uralskaya.deputy; read_anew "/routes/$ROUTE"
    must 201 POST "/routes/$ROUTE/activities" '{"kind":"methodical_work","part":"base","work_mode":"creative_group","group_title":"Оценивание","title":"Творческая группа «Оценивание»","starts_on":"2026-10-05","ends_on":"2027-05-31","reason":"school_priority","justification":"План методической работы школы"}'

    say "3. Цепочка P0: руководитель МО, заместитель, директор — в этом порядке (P0-15)"
    sign_in uralskaya.teacher; read_anew "/routes/$ROUTE"; must 200 POST "/routes/$ROUTE/submission" "{}"
    sign_in uralskaya.head.primary; decide endorse; note "руководитель МО согласовал"
    sign_in uralskaya.deputy; decide endorse; note "заместитель согласовал"
    sign_in uralskaya.director; decide approve; note "директор утвердил"

    say "4. Ещё 36 часов в другой организации (P0-17)"
    sign_in chelyabinsk.provider; certificate 260302 2026/0302
    sign_in uralskaya.director; confirm
    note "выдал институт, принял директор"

    say "5. Баланс на $AS_OF: 36 + 36 = 72, норма выполнена"
    sign_in uralskaya.teacher
    balance "$AS_OF"
fi
[ "$NORM" = met ] && [ "$COUNTED" = 72 ] || fail "72 hours do not meet the norm" "$ANSWER"

say "Школа видит то же по всем своим людям"
sign_in uralskaya.director; me
must 200 GET "/organizations/$PLACE/hours-compliance?as_of=$AS_OF"
note "норма выполнена: $(part local_hours | field met), не выполнена: $(part local_hours | field not_met), нормы нет: $(part local_hours | field no_norm)"

##########################################################################################################
say "III. Дальше — один маршрут по всем пяти положениям (отдельно: demo/walk-routes.sh)"
bash "$(dirname "$0")/walk-routes.sh"

say "IV. Что из этого вышло у школы, города и региона (отдельно: demo/walk-region.sh)"
bash "$(dirname "$0")/walk-region.sh"
