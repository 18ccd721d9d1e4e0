#!/usr/bin/env bash
# One route under five regulations with curl: the same teacher's work, title, term and lines; what each regulation calls it,
# misses in it, who writes, discusses, agrees and approves, when it comes into force, how it may change afterwards.
# At the end a table of the places where the five differ. Nothing here knows a regulation: what comes next, and every
# cell of the table, is read from the answers of the server.
# Start the server with `make run`, then run this in another terminal. ROST_URL names another address.
# Running it a second time shows what has become of the same five routes. Next: demo/walk-registry.sh.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
TITLE="Каждый ученик в классе"
TERM='"starts_on":"2026-09-01","ends_on":"2028-08-31"'
# The day of Grozny, where orders and meetings are dated; elsewhere it may be another one already.
TODAY=$(TZ=MSK-3 date +%F)
NBSP=$'\302\240'

# seat ROLE: the account that holds the role for the teacher of this part.
seat() {
    case "$1" in
        ""|teacher) echo "$SCHOOL.$TEACHER" ;; association_head) echo "$SCHOOL.head.$SUBJECTS" ;;
        deputy_director) echo "$SCHOOL.deputy" ;; director) echo "$SCHOOL.director" ;;
        program_curator) echo "$SCHOOL.curator" ;; regional_*) echo "$REGION.${1#regional_}" ;;
        *) fail "nobody in the demo is known to be '$1'" ;;
    esac
}
as() { sign_in "$(seat "$1")"; }
teacher() { as teacher; read_anew "/routes/$ROUTE"; }

# rule NAME: that rule of the regulation, as far as its first inner object; its paragraph in words.
rule() { printf '%s' "$RULES" | grep -o "\"$1\":{[^}]*" | head -1 || true; }
listed() { grep -o "\"$1\":\[[^]]*\]" | head -1 | sed 's/^[^[]*\[//; s/[]"]//g; s/,/ /g' || true; }
# The space before the number does not break, so that the table keeps the two together.
under() { field paragraph | sed "s/^..*\$/ (п.$NBSP&)/; s/п.${NBSP}preamble/преамбула/"; }

# words CODE…: their meaning, separated by commas.
words() {
    local told="" code
    for code in "$@"; do told="$told${told:+, }$(word "$code")"; done
    printf '%s' "$told"
}

# named POINTER: what stands at that place of a route.
named() {
    case "${1##*/}" in
        goal) echo "цель" ;; general_aim) echo "общая направленность" ;; goals) echo "цели обучения" ;;
        difficulties_and_needs) echo "затруднения и потребности" ;; tasks) echo "задачи" ;;
        expected_result) echo "ожидаемый результат" ;; report_form) echo "форма отчёта" ;;
        study_form) echo "форма обучения" ;; content) echo "содержание" ;; technologies) echo "технологии" ;;
        pace) echo "темп" ;; total_hours) echo "общее время" ;; stages) echo "этапы" ;;
        activities) echo "мероприятия" ;; study_plan) echo "тематический план" ;;
        participants) echo "обе стороны" ;; *) echo "$1" ;;
    esac
}

# activity KIND PART TITLE HOURS FROM TO MORE: one line of the route; PART is left out where the regulation knows none.
activity() {
    printf '{"data":{"kind":"%s",%s"title":"%s","hours":%s,"starts_on":"%s","ends_on":"%s","reason":"%s","deficit_ids":["%s"]%s}}' \
        "$1" "${2:+\"part\":\"$2\",}" "$3" "$4" "$5" "$6" "$BASIS" "$DEFICIT" "$7"
}

# The first of these names that stands in the list.
first_of() {
    local list=" $1 " name
    shift
    for name in "$@"; do case "$list" in *" $name "*) echo "$name"; return ;; esac; done
}

# parts: the parts that the route in the last answer has.
parts() { printf '%s' "$ANSWER" | grep -o '"parts":\[.*\],"stages"' | grep -o '"part":"[a-z_]*"' | field_all || true; }

# The same content everywhere; only the part and the basis of a line are named as the regulation names them.
contents() {
    local parts
    parts=$(parts | tr '\n' ' ')
    BASIS=$(first_of "$(rule bases | listed bases | grep . || echo deficit)" deficit personal_problem need)
    printf '{"title":"%s",%s,"note":{"goal":"Вести урок так, чтобы учились все","general_aim":"Класс, в котором учатся разные дети","difficulties_and_needs":"Затруднения по итогам диагностики","goals":"Подбирать задания разной сложности","tasks":"Изучить приёмы, проверить их на своих уроках","expected_result":"Десять уроков с разбором","report_form":"Открытый урок","study_form":"очно-заочная","content":"Программа, самообразование, творческая группа","technologies":"дистанционные","pace":"2 часа в неделю","total_hours":%s,"personal_resources":"Опыт классного руководства","school_context":"В школе растёт число учеников с ОВЗ","priorities":"Работа с разными детьми","needs":"Приёмы для смешанного класса","directions":"Дифференциация"},' "$TITLE" "$TERM" $((PROGRAM_HOURS + 18))
    printf '"stages":[{"title":"Обучение и проба","starts_on":"2026-09-01","ends_on":"2027-05-31","expected_result":"Десять уроков с разбором","report_form":"открытый урок"}],'
    printf '"activities":[%s,%s,%s],' \
        "$(activity program "$(first_of "$parts" prospective_plan core)" "$PROGRAM_TITLE" "$PROGRAM_HOURS" 2027-02-01 2027-03-31 ",\"program_id\":\"$PROGRAM\"")" \
        "$(activity self_education "$(first_of "$parts" elective)" "Чтение и дневник уроков" 12 2026-10-01 2027-05-31 ',"content":"Три книги, записи о десяти уроках"')" \
        "$(activity methodical_work "$(first_of "$parts" base elective)" "Творческая группа «Разные дети»" 6 2026-10-01 2027-05-31 ',"work_mode":"creative_group","group_title":"Разные дети"')"
    printf '"study_plan":[{"topic":"Программа","hours":%s,"on_date":"2027-02-01","form":"курсы"},{"topic":"Чтение","hours":12,"on_date":"2026-11-02","form":"самообразование"},{"topic":"Творческая группа","hours":6,"on_date":"2026-12-01","form":"практикум"}]}' "$PROGRAM_HOURS"
}

# The first open deficit for which the registry has a program, and that program.
deficit_with_program() {
    local deficit deficits
    must 200 GET "/persons/$PERSON/deficits"
    deficits=$(lines id | grep '"state":"open"' || true)
    for deficit in $(printf '%s' "$deficits" | field_each id); do
        must 200 GET "/programs?deficit_ids=$deficit&in_registry=true&kind=advanced_training&limit=1"
        PROGRAM=$(lines id | head -1 | field id)
        [ -z "$PROGRAM" ] || break
    done
    [ -n "${PROGRAM:-}" ] || fail "no program answers a deficit of $NAME" "$ANSWER"
    DEFICIT="$deficit"
    COMPETENCY=$(printf '%s' "$deficits" | grep "$deficit" | field competency_title)
    PROGRAM_TITLE=$(answered title) PROGRAM_HOURS=$(answered hours)
}

# what_misses: every error and every warning of the check, with paragraphs.
what_misses() {
    must 200 GET "/routes/$ROUTE/submission-check"
    local errors="${ANSWER%%\"warnings\":*}" warnings="${ANSWER#*\"warnings\":}" whole="$ANSWER"
    ERRORS=$(ANSWER="$errors"; lines pointer | wc -l | tr -d ' ')
    WARNINGS=$(ANSWER="$warnings"; lines pointer | wc -l | tr -d ' ')
    ANSWER="$errors"; wrong_fields
    MISSED=""
    local pointer
    for pointer in $(lines pointer | field_each pointer | sort -u); do MISSED="$MISSED${MISSED:+, }$(named "$pointer")"; done
    ANSWER="$warnings"; wrong_fields | sed 's/^   /   замечание: /'
    ANSWER="$whole"
}

# steps: the steps of the request in the last answer, each on a line of its own.
steps() { printf '%s' "$ANSWER" | sed 's/{"position":/\n&/g' | grep '^{"position":' | sed 's/}.*//' || true; }
asked() { printf '%s' "$1" | field council_ru | grep . || word "$(printf '%s' "$1" | field role | grep . || echo teacher)"; }
request() {
    must 200 GET "/approval-requests?subject_id=$ROUTE"
    REQUEST=$(answered id)
    read_anew "/approval-requests/$REQUEST"
}

# sign_step STEP: whoever the step asks decides it, with what the step demands.
sign_step() {
    local at decision more=""
    at=$(printf '%s' "$1" | field position)
    as "$(printf '%s' "$1" | field role)"; me
    read_anew "/approval-requests/$REQUEST"
    decision=$(printf '%s' "$ANSWER" | grep -o '"allowed_decisions":\[[^]]*' | grep -o "{\"step\":$at,[^}]*}" | grep -v 'return\|reject' | field decision)
    [ -n "$decision" ] || fail "step $at does not wait for $NAME" "$ANSWER"
    [ "$decision" != opinion ] || more=',"note":"Маршрут своевременный"'
    case "$1" in *'"council_ru"'*) more="$more,\"meeting\":{\"held_on\":\"$TODAY\",\"protocol_number\":\"1\"}" ;; esac
    case "$1" in *'"act_required":true'*) more="$more,\"act_number\":\"1-о\",\"act_date\":\"$TODAY\"" ;; esac
    must 200 POST "/approval-requests/$REQUEST/decisions" "{\"step\":$at,\"decision\":\"$decision\"$more}"
    note "$at. $(word "$decision"): $NAME, $(asked "$1")$(printf '%s' "$1" | under)${more:+ — $(printf '%s' "$more" | sed 's/.*"act_number":"\([^"]*\)".*/приказ № \1/; s/.*"protocol_number":"\([^"]*\)".*/протокол № \1/; s/^,"note":"\([^"]*\)".*/«\1»/')}"
}

# sign_chain: every step of the chain in its order.
sign_chain() {
    local chain line
    teacher; request
    chain=$(steps)
    while read -r line; do
        case "$(printf '%s' "$line" | field state)" in
            decided) note "$(printf '%s' "$line" | field position). $(word "$(printf '%s' "$line" | field kind)"): $(asked "$line")$(printf '%s' "$line" | under) — уже дано подачей" ;;
            skipped) note "$(printf '%s' "$line" | field position). $(word "$(printf '%s' "$line" | field kind)"): $(asked "$line")$(printf '%s' "$line" | under) — некому, шаг пропущен" ;;
            *) sign_step "$line" ;;
        esac
    done <<< "$chain"
}

# control_first: preliminary control, when the approved route waits for it, by whoever the regulation lets record it.
control_first() {
    local gates gate
    teacher
    gates=$(printf '%s' "$ANSWER" | grep -o '"next_gates":\[[^]]*')
    [ "$(answered state)" = approved ] && [ "$gates" != '"next_gates":[' ] || return 0
    note "маршрут утверждён, но ещё не действует: нужен предварительный контроль$(printf '%s' "$gates" | under)"
    for gate in $(printf '%s' "$gates" | field_each kind); do
        as "$(first_of "$(rule control | listed recorded_by)" program_curator deputy_director director)"; me
        create "/routes/$ROUTE/controls" "{\"kind\":\"preliminary\",\"object\":\"development\",\"purpose\":\"assess\",\"item\":\"$gate\",\"planned_on\":\"$TODAY\"}"
        must 200 POST "/route-controls/$ID/record" "{\"done_on\":\"$TODAY\",\"finding\":\"Затруднения и продвижения проанализированы\"}"
        note "контроль проведён: $NAME"
    done
    teacher; must 200 POST "/routes/$ROUTE/activation" '{}'
}

# The cells of the table: one line for each, "row|column|value".
CELLS=""
ROWS=""
cell() {
    CELLS="$CELLS$1|$CODE|${2:-—}"$'\n'
    case "$ROWS" in *"$1"$'\n'*) ;; *) ROWS="$ROWS$1"$'\n' ;; esac
}

# signers KIND: whom the chain asks for that, in its order, with paragraphs.
signers() {
    local told="" line
    while read -r line; do
        [ "$(printf '%s' "$line" | field kind)" = "$1" ] || continue
        told="$told${told:+, }$(asked "$line")"
        case "$line" in *'"act_required":true'*) told="$told приказом" ;; esac
        case "$line" in *'"state":"skipped"'*) told="$told: некому" ;; esac
        told="$told$(printf '%s' "$line" | under)"
    done <<< "$2"
    printf '%s' "$told"
}

# changers ROLE…: who may revise the route, petition for a change or renew it now; each is asked for his allowed_actions.
changers() {
    local role
    REVISERS="" PETITIONERS="" RENEWERS=""
    for role in "$@"; do
        as "$role"; call GET "/routes/$ROUTE"
        case "$ANSWER" in *'"create_route_revision"'*) REVISERS="$REVISERS${REVISERS:+, }$(word "$role")" ;; esac
        case "$ANSWER" in *'"create_route_petition"'*) PETITIONERS="$PETITIONERS${PETITIONERS:+, }$(word "$role")" ;; esac
        case "$ANSWER" in *'"update_route_periodically"'*) RENEWERS="$RENEWERS${RENEWERS:+, }$(word "$role")" ;; esac
    done
}

# compare: what the server says of the route and its regulation, into the table.
compare() {
    local drafters term chain role around="teacher association_head deputy_director director" joint="" months
    drafters=$(rule drafters); term=$(rule term)
    for role in $(printf '%s' "$drafters" | listed roles); do
        case " $around " in *" $role "*) ;; *) around="$around $role" ;; esac
    done
    case "$drafters" in *'"mode":"joint"'*) joint="вместе: " ;; esac
    months="$(printf '%s' "$term" | field min_months | sed 's/^/от /') $(printf '%s' "$term" | field max_months | sed 's/^/до /')"
    case "$term" in *'"severity":"warning"'*) months="$months, совет" ;; esac
    cell "можно на месяцев" "${term:+$months$(printf '%s' "$term" | under)}"
    cell "составляют" "$joint$(words $(printf '%s' "$drafters" | listed roles))$(printf '%s' "$drafters" | under)"
    cell "части" "$(words $(parts))"
    cell "основание строки" "$(words $(rule bases | listed bases))$(rule bases | under)"
    cell "мероприятий" "$(part progress | field planned)"
    cell "срок" "$(answered starts_on) — $(answered ends_on)"
    cell "состояние" "$(word "$(answered state)")"
    note "теперь: $(word "$(answered state)")$(answered activated_on | sed 's/^..*$/ с &/'), выполнено $(part progress | field share) % из $(part progress | field planned_hours) ч"
    request; chain=$(steps)
    cell "согласие" "$(signers consent "$chain")"
    cell "обсуждают" "$(signers discuss "$chain")"
    cell "согласуют" "$(signers endorse "$chain")"
    cell "утверждает" "$(signers approve "$chain")"
    must 200 GET "/routes/$ROUTE/controls"
    case "$ANSWER" in *'"kind":"preliminary"'*'"state":"done"'*) joint="после контроля" ;; *) joint="сразу" ;; esac
    cell "начало" "$joint$(rule preliminary_control | under)"
    changers $around
    cell "изменения" "$(words $(rule changes | field mode))$(rule changes | under)"
    cell "меняют" "$REVISERS"
    cell "ходатайствуют" "$PETITIONERS"
    cell "обновляют каждый год" "$RENEWERS$(rule periodic_update | under)"
    note "изменить могут: ${REVISERS:-никто}${PETITIONERS:+; ходатайствовать — $PETITIONERS}${RENEWERS:+; обновить на новый учебный год — $RENEWERS}"
}

# wrapped TEXT: into lines of at most 19 letters, into LINES_OF. Letters are counted without the tails of UTF-8.
wrapped() {
    local LC_ALL=C word line="" bare
    LINES_OF=()
    for word in $1; do
        bare="$line $word"; bare="${bare//[$'\200'-$'\277']/}"
        if [ -n "$line" ] && [ ${#bare} -gt 19 ]; then LINES_OF+=("$line"); line="$word"; else line="${line:+$line }$word"; fi
    done
    LINES_OF+=("$line")
}

# padded TEXT: to the width of a column.
padded() {
    local LC_ALL=C
    local bare="${1//[$'\200'-$'\277']/}"
    printf '%s%*s' "$1" $((20 - ${#bare} > 0 ? 20 - ${#bare} : 1)) ''
}

# row TEXT…: one row of the table, as high as its highest cell.
row() {
    local -a first=() rest=()
    local text more=""
    for text in "$@"; do
        wrapped "$text"
        first+=("${LINES_OF[0]}")
        rest+=("${LINES_OF[*]:1}")
        more="$more${LINES_OF[*]:1}"
    done
    printf '   '
    for text in "${first[@]}"; do padded "$text"; done
    printf '\n'
    [ -z "$more" ] || row "${rest[@]}"
}

# table: what differs, one column for each regulation, and what does not.
table() {
    local codes name code value same="" cells
    codes=$(printf '%s' "$CELLS" | grep '^называется|' | cut -d'|' -f2)
    row "" $codes
    while read -r name; do
        cells=()
        for code in $codes; do cells+=("$(printf '%s' "$CELLS" | sed -n "s/^$name|$code|//p")"); done
        if [ "$(printf '%s\n' "${cells[@]}" | sort -u | wc -l)" -eq 1 ]; then
            same="$same${same:+; }$name: ${cells[0]}"
        else
            printf '\n'; row "$name" "${cells[@]}"
        fi
    done <<< "${ROWS%$'\n'}"
    printf '\n'
    note "Одинаково: $same. Прочерк: положение этого не требует или не знает."
}

# under_regulation SCHOOL TEACHER SUBJECTS REGION: the same route there.
under_regulation() {
    SCHOOL="$1" TEACHER="$2" SUBJECTS="$3" REGION="$4"
    as teacher; me; LEARNER="$PERSON"
    must 200 GET "/organizations/$PLACE/binding-regulation"
    RULES="$ANSWER"
    CODE=$(answered preset_code | sed 's/-.*//' | tr p P)
    say "$CODE. $(answered title_ru)"
    note "$NAME, $SCHOOL.$TEACHER"
    local kind
    MISSED=""
    must 200 GET "/routes?person_id=$LEARNER"
    ROUTE=$(lines id | grep "\"title\":\"$TITLE\"" | field id || true)
    if [ -z "$ROUTE" ]; then walk; else note "маршрут уже пройден раньше"; fi
    teacher
    kind=$(printf '%s' "$RULES" | grep -o "{\"kind\":\"$(answered kind)\",\"title_ru\"[^}]*" | head -1)
    cell "называется" "$(printf '%s' "$kind" | field title_ru)$(printf '%s' "$kind" | under)"
    [ -z "$MISSED" ] || cell "в пустом не хватает" "$MISSED"
    compare
}

walk() {
    deficit_with_program
    create /routes "{\"person_id\":\"$LEARNER\",\"title\":\"$TITLE\",$TERM}"
    ROUTE="$ID"
    note "дефицит: $COMPETENCY; отвечает программа «$PROGRAM_TITLE», $PROGRAM_HOURS ч"
    note "в пустом проекте не хватает:"
    what_misses
    [ -n "$MISSED" ] || { MISSED="ничего"; note "ничего"; }
    local role written=""
    for role in teacher $(rule drafters | listed roles | sed 's/teacher//'); do
        as "$role"; me; read_anew "/routes/$ROUTE"
        call PUT "/routes/$ROUTE/contents" "$(contents)"
        if [ "$STATUS" = 200 ]; then written="$NAME"; break; fi
        [ "$STATUS" = 403 ] || fail "the contents were answered with $STATUS" "$ANSWER"
        note "$(word "$role") всего написать не может — $STATUS: $(answered detail)"
    done
    [ -n "$written" ] || fail "nobody may write the contents" "$ANSWER"
    note "содержание внёс: $written, $(word "$role"); строк 3, часов $(part progress | field planned_hours)"
    if rule drafters | grep -q '"mode":"joint"'; then
        role=$(rule drafters | listed roles | tr ' ' '\n' | grep -v '^teacher$' | head -1)
        as "$role"; me; read_anew "/routes/$ROUTE"
        must 200 POST "/routes/$ROUTE/participation" '{"note":"Составлено вместе"}'
        note "составлено вместе: $NAME, $(word "$role")$(rule drafters | under)"
    fi
    teacher
    local missed="$MISSED"
    what_misses
    [ "$ERRORS" = 0 ] || fail "the filled route still breaks the regulation" "$ANSWER"
    MISSED="$missed"
    note "нарушений больше нет, замечаний: $WARNINGS; учитель подаёт"
    teacher; must 200 POST "/routes/$ROUTE/submission" "{}"
    sign_chain
    control_first
}

say "Один и тот же маршрут по пяти положениям: «$TITLE», с 2026-09-01 по 2028-08-31"
under_regulation uralskaya teacher2 subject chelyabinsk
under_regulation school91 teacher primary chechnya
under_regulation volzhskaya teacher2 subject kostroma
under_regulation podkumok teacher primary stavropol
under_regulation obskaya teacher2 subject altai
say "Где они расходятся"
table
say "Готово. Дальше: demo/walk-registry.sh — от дефицита без программы к закрытому дефициту"
