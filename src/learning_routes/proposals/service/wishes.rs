//! Whether what is wished can be asked for.

use std::collections::HashSet;

use uuid::Uuid;

use crate::db::Ctx;
use crate::directory::organizations::service::places_of;
use crate::error::{Error, FieldProblem, Result, Text};
use crate::learning_routes::proposals::gather::{Gathered, Wishes};
use crate::registry::programs::model::ProgramState;
use crate::registry::programs::service::programs_facts;

/// Wishes about providers and programs that the region does not have: every one.
pub(in crate::learning_routes) async fn unknown_wishes(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    wishes: &Wishes,
) -> Result<Vec<FieldProblem>> {
    let named: Vec<Uuid> =
        wishes.excluded_program_ids.iter().chain(&wishes.must_program_ids).copied().collect();
    let (places, programs) =
        tokio::try_join!(places_of(ctx, region_id, &wishes.provider_ids), programs_facts(ctx, &named))?;
    let providers: HashSet<Uuid> = places.into_keys().collect();
    let programs: HashSet<Uuid> = programs
        .into_values()
        .filter(|program| program.region_id == region_id && program.state == ProgramState::Accepted)
        .map(|program| program.id)
        .collect();
    let provider =
        ("/preferences/provider_ids", Text::new("Такой организации нет", "There is no such organization"));
    let program = |list| {
        let words = Text::new(
            "Среди принятых программ региона такой нет",
            "There is no such program among the accepted ones of the region",
        );
        (list, words)
    };
    let mut problems = unknown(&wishes.provider_ids, &providers, &provider);
    let excluded = program("/preferences/excluded_program_ids");
    problems.extend(unknown(&wishes.excluded_program_ids, &programs, &excluded));
    problems.extend(unknown(&wishes.must_program_ids, &programs, &program("/must_program_ids")));
    Ok(problems)
}

fn unknown(ids: &[Uuid], known: &HashSet<Uuid>, (list, words): &(&str, Text)) -> Vec<FieldProblem> {
    let missing = ids.iter().enumerate().filter(|(_, id)| !known.contains(id));
    missing.map(|(place, _)| FieldProblem::new(format!("{list}/{place}"), "unknown", words.clone())).collect()
}

/// Whatever must be taken can be taken.
pub(super) fn check_must(ids: &[Uuid], gathered: &Gathered) -> Result<()> {
    let available: HashSet<Uuid> = gathered.candidates.iter().map(|candidate| candidate.program_id).collect();
    let missing = ids.iter().enumerate().filter(|(_, id)| !available.contains(id));
    let problems: Vec<FieldProblem> = missing
        .map(|(place, _)| {
            let words = Text::new(
                "Эту программу нельзя взять в этот срок",
                "The program cannot be taken in this term",
            );
            FieldProblem::new(format!("/must_program_ids/{place}"), "not_available", words)
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::invalid(problems)) }
}
