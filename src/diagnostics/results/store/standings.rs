//! Which measurement of a competency of a person is in force when: what reports count.

use diesel::prelude::*;
use diesel::sql_types::Uuid as SqlUuid;
use diesel_async::RunQueryDsl;

use crate::authz::Permit;
use crate::db::schema::competency_standings as standings;
use crate::db::{Ctx, statement};
use crate::diagnostics::results::model::{CompetencyLevel, DiagnosticResult};
use crate::error::Result;

/// Puts the levels of a result into the row of the person's measurements; those of a corrected result go.
pub(in crate::diagnostics::results) async fn replace(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    result: &DiagnosticResult,
    levels: &[CompetencyLevel],
) -> Result<()> {
    if let Some(corrected) = result.corrects_id {
        let gone = standings::table.filter(standings::result_id.eq(corrected));
        diesel::delete(gone).execute(&mut &*ctx.conn).await?;
    }
    let rows: Vec<_> = levels
        .iter()
        .map(|level| {
            (
                standings::person_id.eq(result.person_id),
                standings::competency_id.eq(level.competency_id),
                standings::result_id.eq(result.id),
                standings::region_id.eq(result.region_id),
                standings::municipality_id.eq(result.municipality_id),
                standings::organization_id.eq(result.organization_id),
                standings::measured_on.eq(result.taken_on),
            )
        })
        .collect();
    diesel::insert_into(standings::table).values(rows).execute(&mut &*ctx.conn).await?;
    // Results may be loaded in any order: each measurement ends where the next one begins.
    statement(
        "update competency_standings s set until = n.next
         from (select result_id, competency_id,
                      lead(measured_on) over (partition by competency_id order by measured_on, result_id) as next
               from competency_standings where person_id = $1) n
         where s.person_id = $1 and s.result_id = n.result_id and s.competency_id = n.competency_id
           and s.until is distinct from n.next",
    )
    .bind::<SqlUuid, _>(result.person_id)
    .execute(&mut &*ctx.conn)
    .await?;
    Ok(())
}
