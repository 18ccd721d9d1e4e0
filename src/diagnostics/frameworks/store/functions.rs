//! Queries on job functions that competencies are associated with.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::super::model::JobFunction;
use crate::db::Conn;
use crate::db::schema::{competencies, competency_associations as associations, frameworks};
use crate::error::Result;

/// Kinds of rows that are job functions of a standard.
const JOB_FUNCTIONS: [&str; 2] = ["job_function", "job_action"];

/// The job functions associated with these rows by a published framework, whichever of the two the association begins
/// at, by code: one statement for all of them.
pub(in crate::diagnostics::frameworks) async fn job_functions_of(
    conn: &Conn,
    competency_ids: &[Uuid],
) -> Result<Vec<(Uuid, JobFunction)>> {
    let published = || frameworks::table.filter(frameworks::state.eq("published")).select(frameworks::id);
    let name = (competencies::id, competencies::framework_id, competencies::code, competencies::title);
    let to = associations::table
        .inner_join(
            competencies::table.on(associations::destination_id.assume_not_null().eq(competencies::id)),
        )
        .filter(associations::origin_id.eq_any(competency_ids))
        .filter(associations::framework_id.eq_any(published()))
        .filter(competencies::kind.eq_any(JOB_FUNCTIONS))
        .select((associations::origin_id, name));
    let from = associations::table
        .inner_join(competencies::table.on(associations::origin_id.eq(competencies::id)))
        .filter(associations::destination_id.assume_not_null().eq_any(competency_ids))
        .filter(associations::framework_id.eq_any(published()))
        .filter(competencies::kind.eq_any(JOB_FUNCTIONS))
        .select((associations::destination_id.assume_not_null(), name));
    type Row = (Uuid, (Uuid, Uuid, String, String));
    let rows: Vec<Row> = to.union(from).load(&mut &*conn).await?;
    let model =
        |(of, (id, framework_id, code, title)): Row| (of, JobFunction { id, framework_id, code, title });
    let mut found: Vec<_> = rows.into_iter().map(model).collect();
    found.sort_by(|(_, one), (_, other)| (&one.code, one.id).cmp(&(&other.code, other.id)));
    Ok(found)
}

/// The rows that a published framework associates with this job function.
pub(in crate::diagnostics::frameworks) async fn associated_with(
    conn: &Conn,
    job_function_id: Uuid,
) -> Result<Vec<Uuid>> {
    let published = || frameworks::table.filter(frameworks::state.eq("published")).select(frameworks::id);
    let to = associations::table
        .filter(associations::destination_id.assume_not_null().eq(job_function_id))
        .filter(associations::framework_id.eq_any(published()))
        .select(associations::origin_id);
    let from = associations::table
        .filter(associations::origin_id.eq(job_function_id))
        .filter(associations::destination_id.is_not_null())
        .filter(associations::framework_id.eq_any(published()))
        .select(associations::destination_id.assume_not_null());
    Ok(to.union(from).load(&mut &*conn).await?)
}
