use super::super::super::MAX_CONDITION_DEPTH;
use super::*;

/// Problems of a chain for routes with these steps, pointers relative to `/chains/route`.
fn chain_problems(steps: Value) -> Vec<String> {
    let found = problems(json!({"chains": {"route": {"steps": steps}}}));
    found.into_iter().map(|line| line.replace("/chains/route", "")).collect()
}

/// `base` with the fields of `more`.
fn with(mut base: Value, more: Value) -> Value {
    for (name, value) in more.as_object().unwrap() {
        base[name] = value.clone();
    }
    base
}

#[test]
fn a_sound_chain_has_no_problems() {
    let escalating = json!({"days": 5, "day_kind": "working", "at_deadline": "escalate"});
    let deputy = step("endorse", "own_school", json!("deputy_director"));
    let steps = json!([
        with(step("consent", "learner", Value::Null), json!({"may_return": true})),
        with(step("discuss", "own_association", json!("association_head")), json!({"blocking": false})),
        with(deputy, json!({"deadline": escalating, "may_return": true})),
        with(director(), json!({"act_required": true})),
    ]);
    assert_eq!(chain_problems(steps), Vec::<String>::new());
}

#[test]
fn a_chain_must_decide_for_every_subject() {
    let decides_nothing = vec!["chain_decides_nothing at /steps".to_owned()];
    let acknowledge = step("acknowledge", "own_school", json!("director"));
    assert_eq!(chain_problems(json!([acknowledge])), decides_nothing);
    let open = with(director(), json!({"blocking": false}));
    assert_eq!(chain_problems(json!([open])), decides_nothing);
    let sometimes = with(director(), json!({"condition": {"kind": "hours_at_least", "hours": 16}}));
    assert_eq!(chain_problems(json!([sometimes])), decides_nothing);
    let skippable = with(step("endorse", "own_school", json!("director")), json!({"if_vacant": "skip"}));
    assert_eq!(chain_problems(json!([skippable])), decides_nothing);
    assert!(chain_problems(json!([])).contains(&"list_length at /steps".to_owned()));
}

#[test]
fn deadlines_are_positive_and_escalation_leads_somewhere() {
    let deadline = |days: u16, action| json!({"days": days, "day_kind": "calendar", "at_deadline": action});
    let last = with(director(), json!({"deadline": deadline(3, "escalate")}));
    let expected = ["escalation_of_decision at /steps/0/deadline/at_deadline"];
    assert_eq!(chain_problems(json!([last])), expected);
    let at_once = with(director(), json!({"deadline": deadline(0, "lapse")}));
    let deputy = step("endorse", "own_school", json!("deputy_director"));
    let escalating = with(deputy, json!({"deadline": deadline(3, "escalate")}));
    let consent = step("consent", "learner", Value::Null);
    let expected = ["escalation_without_next_step at /steps/0/deadline/at_deadline"];
    assert_eq!(chain_problems(json!([escalating, consent])), expected);
    let consent = with(consent, json!({"deadline": deadline(3, "escalate")}));
    let expected = ["escalation_of_decision at /steps/0/deadline/at_deadline"];
    assert_eq!(chain_problems(json!([consent, director()])), expected);
    assert_eq!(chain_problems(json!([at_once])), ["number_out_of_bounds at /steps/0/deadline/days"]);
}

#[test]
fn a_step_may_only_do_what_its_kind_allows() {
    let discussion = step("discuss", "own_school", json!("council_secretary"));
    let discussion = with(discussion, json!({"act_required": true, "may_return": true}));
    let approval = with(director(), json!({"satisfied_by_submission": true, "if_vacant": "skip"}));
    let consent = with(step("consent", "own_school", json!("director")), json!({"key": "other"}));
    assert_eq!(
        chain_problems(json!([discussion, approval, consent])),
        [
            "act_on_other_than_approval at /steps/0/act_required",
            "return_by_non_deciding_step at /steps/0/may_return",
            "blocking_discussion at /steps/0/blocking",
            "approval_by_submission at /steps/1/satisfied_by_submission",
            "skippable_approval at /steps/1/if_vacant",
            "consent_of_other at /steps/2/actor/relation",
        ]
    );
}

/// A body decides where a seat records it, and never in the place of the learner.
#[test]
fn a_body_does_not_decide_for_the_learner() {
    let body = json!({"group_decision": {"council_ru": "Педагогический совет", "council_en": "Pedagogical council"}});
    let council = with(step("endorse", "own_school", json!("council_secretary")), body.clone());
    assert_eq!(chain_problems(json!([council, director()])), Vec::<String>::new());
    let consent = with(step("consent", "learner", Value::Null), body);
    let expected = ["group_decision_of_learner at /steps/0/group_decision"];
    assert_eq!(chain_problems(json!([consent, director()])), expected);
}

#[test]
fn an_actor_must_exist_where_the_relation_leads() {
    for (relation, role, code) in [
        ("own_school", json!("ministry_officer"), "role_unknown_for_relation"),
        ("own_association", json!("director"), "role_unknown_for_relation"),
        ("own_municipality", json!("director"), "role_unknown_for_relation"),
        ("own_region", json!("municipal_officer"), "role_unknown_for_relation"),
        ("own_school", json!("teacher"), "role_unknown_for_relation"),
        ("subject_owner", json!("auditor"), "role_unknown_for_relation"),
        ("subject_owner", json!("platform_admin"), "role_unknown_for_relation"),
        ("own_school", Value::Null, "actor_role_mismatch"),
        ("learner", json!("director"), "actor_role_mismatch"),
    ] {
        let expected = [format!("{code} at /steps/0/actor/role")];
        assert_eq!(chain_problems(json!([step("endorse", relation, role)])), expected, "{relation}");
    }
    assert!(chain_problems(json!([step("approve", "subject_owner", json!("provider_officer"))])).is_empty());
}

/// Whoever stands in for another is somebody else than the learner, and holds a role where the relation leads.
#[test]
fn a_stand_in_must_exist_where_the_relation_leads() {
    let ministry = json!({"relation": "own_region", "role": "ministry_officer"});
    let of = |others: Value| chain_problems(json!([with(director(), json!({"stand_ins": others}))]));
    assert_eq!(of(json!([ministry])), Vec::<String>::new());
    assert_eq!(
        of(
            json!([ministry, {"relation": "learner"}, {"relation": "own_school", "role": "ministry_officer"}])
        ),
        [
            "actor_role_mismatch at /steps/0/stand_ins/1/relation",
            "role_unknown_for_relation at /steps/0/stand_ins/2/role"
        ]
    );
    assert_eq!(of(json!(vec![ministry; 6])), ["list_length at /steps/0/stand_ins"]);
}

#[test]
fn levels_do_not_descend_and_keys_are_unique() {
    let region = step("approve", "own_region", json!("ministry_officer"));
    let found = chain_problems(json!([region, director(), director()]));
    assert_eq!(
        found,
        [
            "duplicate at /steps/2/key",
            "level_descends at /steps/1/actor/relation",
            "level_descends at /steps/2/actor/relation"
        ]
    );
}

#[test]
fn conditions_have_their_own_operand_and_are_not_too_deep() {
    let problems_of = |condition: Value| {
        let conditional =
            with(step("endorse", "own_school", json!("director")), json!({"condition": condition}));
        let found = chain_problems(json!([conditional, director()]));
        found.into_iter().map(|line| line.replace("/steps/0/condition", "")).collect::<Vec<_>>()
    };
    let grants = json!({"kind": "funding_source_in", "funding_sources": ["grant"]});
    assert_eq!(problems_of(json!({"kind": "hours_at_least"})), ["condition_operand at /hours"]);
    let both = json!({"kind": "activity_kind_in", "funding_sources": ["own"]});
    let expected = ["condition_operand at /activity_kinds", "condition_operand at /funding_sources"];
    assert_eq!(problems_of(both), expected);
    assert_eq!(problems_of(json!({"kind": "any"})), ["condition_operand at /conditions"]);
    let two = json!({"kind": "not", "conditions": [grants, grants]});
    assert_eq!(problems_of(two), ["condition_operand at /conditions"]);
    let nested = |depth: usize| {
        (1..depth).fold(grants.clone(), |inner, _| json!({"kind": "not", "conditions": [inner]}))
    };
    assert!(problems_of(nested(MAX_CONDITION_DEPTH)).is_empty());
    let found = problems_of(nested(MAX_CONDITION_DEPTH + 1));
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("condition_too_deep"), "{found:?}");
}
