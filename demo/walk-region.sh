#!/usr/bin/env bash
# What routes come to above the teacher: the plan of a school made of them (P0), the order of a city placed by its centre
# (P3), the order of a region within the state assignment (P2), and what municipality and region see of the five teachers.
# The end of demo/walk.sh; it can be run again alone and shows what has become of the same plan and order.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

# sign SUBJECT WHAT: decides the step of its request that waits for whoever is signed in.
sign() {
    must 200 GET "/approval-requests?subject_id=$1"
    local request step
    request=$(answered id)
    read_anew "/approval-requests/$request"
    step=$(printf '%s' "$ANSWER" | grep -o '"allowed_decisions":\[[^]]*\]' | grep -o "{[^}]*\"decision\":\"$2\"[^}]*}" | field step)
    [ -n "$step" ] || fail "nothing waits for '$2' here" "$ANSWER"
    must 200 POST "/approval-requests/$request/decisions" "{\"step\":$step,\"decision\":\"$2\"}"
}

# sums: what the lines of the order in the last answer add up to.
sums() { note "строк $(part sums | field lines), человек $(part sums | field people), человеко-часов $(part sums | field person_hours), размещено $(part sums | field placed)"; }

##########################################################################################################
say "I. Перспективный план школы из согласованных программ (P0, п. 2.6)"
sign_in uralskaya.deputy; me
must 200 GET "/plans?kind=prospective&limit=1"
PLAN=$(answered id)
if [ -z "$PLAN" ]; then
    CONTENT='"kind":"prospective","title":"Перспективный план повышения квалификации","starts_on":"2026-09-01","headcount":10'
    call POST /plans "{$CONTENT,\"ends_on\":\"2029-09-01\"}"
    [ "$STATUS" = 422 ] || fail "a plan of three years and a day must be refused" "$ANSWER"
    note "три года и день — $STATUS:"; wrong_fields
    create /plans "{$CONTENT,\"ends_on\":\"2029-08-31\"}"
    PLAN="$ID"
    must 200 GET "/plans/$PLAN/candidates?sort=priority&limit=3"
    note "первыми учатся:"
    lines person_id | while read -r line; do note "  $(printf '%s' "$line" | field last_name) $(printf '%s' "$line" | field first_name)"; done
    read_anew "/plans/$PLAN"; must 200 POST "/plans/$PLAN/submission" "{}"
    call POST "/approval-requests/$(answered request_id)/decisions" '{"step":1,"decision":"approve"}'
    note "заместитель сам себе не утвердит — $STATUS"
    sign_in uralskaya.director; sign "$PLAN" approve
fi
sign_in uralskaya.director
read_anew "/plans/$PLAN"
note "план: $(word "$(answered state)"), людей $(answered people), утвердил: $(answered decided_by_name)"
[ "$(answered state)" = approved ] || fail "the plan is not approved" "$ANSWER"

##########################################################################################################
say "II. Муниципальный заказ из заявок школ, размещённый через центр (P3, п. 1.3–1.4, 3.2)"
sign_in georgievsk.methodist; me
must 200 GET "/training-orders?level=municipality&year=2026&limit=1"
ORDER=$(answered id)
read_anew "/training-orders/$ORDER"; sums
if [ "$(answered state)" = submitted ]; then
    must 200 GET "/training-orders/$ORDER/lines"
    LINES=$(lines id)
    create /offerings "{\"organization_id\":\"$PLACE\",\"data\":{\"kind\":\"seminar\",\"title\":\"По заказу города: читаем и разбираем результаты\",\"starts_on\":\"2027-01-18\",\"ends_on\":\"2027-02-26\",\"seats\":12,\"hours\":24,\"study_form\":\"part_time\",\"delivery\":[\"in_person\"],\"practical_hours\":12,\"expected_product\":\"Урок с анализом\"}}"
    OFFERING="$ID"
    while read -r line; do
        topic=$(printf '%s' "$line" | field topic); people=$(printf '%s' "$line" | field people)
        seats=$((people < 4 ? people : people - 1))
        read_anew "/training-orders/$ORDER"
        must 200 POST "/training-orders/$ORDER/placements" "{\"line_id\":\"$(printf '%s' "$line" | field id)\",\"offering_id\":\"$OFFERING\",\"people\":$seats}"
        note "«$topic»: $people чел., размещено $seats"
    done <<< "$LINES"
    read_anew "/training-orders/$ORDER"; must 200 POST "/training-orders/$ORDER/placement" ""
    note "центр предлагает, без отдела образования заказ не размещён: $(word "$(answered state)")"
    sign_in georgievsk.officer; sign "$ORDER" endorse
fi
sign_in georgievsk.officer
read_anew "/training-orders/$ORDER"; sums
note "заказ: $(word "$(answered state)"), не размещено $(($(part sums | field people) - $(part sums | field placed))) чел. — их видно построчно"
[ "$(answered state)" = placed ] || fail "the order is not placed" "$ANSWER"

say "III. Заказ области в пределах государственного задания (P2, п. 16)"
sign_in kostroma.operator
must 200 GET "/training-orders?level=region&year=2026&limit=1"
read_anew "/training-orders/$(answered id)"; sums
note "заказ: $(word "$(answered state)")"

##########################################################################################################
# of MEASURE: what the place of whoever is signed in has of it today; – where the number is hidden.
of() {
    must 200 GET "/measures?measure=$1&limit=1"
    if [ "$(answered hidden)" = true ]; then echo "–"; elif [ -z "$(answered numerator)" ]; then echo "нет"; else echo "$(answered numerator) из $(answered denominator)"; fi
}

# seen LOGIN NAME: one row of the table.
seen() {
    sign_in "$1"
    local tested routed normal trained
    tested=$(of diagnostic_coverage); routed=$(of route_coverage); normal=$(of hours_norm); trained=$(of training_frequency)
    note "$2: $tested | $routed | $normal | $trained"
}

say "IV. Что видят муниципалитет и регион: все пять учителей — в одних и тех же показателях"
note "прошли диагностику | с действующим маршрутом | норма часов выполнена | обучались за три года"
seen barnaul.officer "Барнаул (P4)"
seen altai.ministry "Алтайский край"
seen chelyabinsk.officer "Челябинск (P0)"
seen chelyabinsk.ministry "Челябинская область"
seen grozny.officer "Грозный (P1)"
seen chechnya.ministry "Чеченская Республика"
seen kostroma.officer "Кострома (P2)"
seen kostroma.ministry "Костромская область"
seen georgievsk.officer "Георгиевск (P3)"
seen stavropol.ministry "Ставропольский край"
note "«–» — за числом меньше пяти человек: его не показывают; «нет» — такой нормы положение не ставит"
