//! Job functions of occupational standards that competencies are associated with.

use std::collections::HashMap;

use uuid::Uuid;

use crate::db::Ctx;
use crate::diagnostics::frameworks::model::JobFunction;
use crate::diagnostics::frameworks::store;
use crate::error::Result;

/// The job functions associated with each of these competencies (P4-5): one statement for all of them.
pub(in crate::diagnostics) async fn job_functions_of(
    ctx: &Ctx<'_>,
    competency_ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<JobFunction>>> {
    let mut found: HashMap<Uuid, Vec<JobFunction>> = HashMap::new();
    if competency_ids.is_empty() {
        return Ok(found);
    }
    for (competency_id, function) in store::functions::job_functions_of(ctx.conn, competency_ids).await? {
        let of = found.entry(competency_id).or_default();
        if !of.contains(&function) {
            of.push(function);
        }
    }
    Ok(found)
}

/// The competencies associated with a job function.
pub(in crate::diagnostics) async fn competencies_of_job_function(
    ctx: &Ctx<'_>,
    job_function_id: Uuid,
) -> Result<Vec<Uuid>> {
    store::functions::associated_with(ctx.conn, job_function_id).await
}
