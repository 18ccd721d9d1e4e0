//! Writes of programs and their modules, and the look-ups that precede them.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::authz::Permit;
use crate::db::schema::{
    competencies, frameworks, module_competencies, organizations, program_modules, programs,
};
use crate::db::{Conn, Ctx, DbHours};
use crate::directory::organizations::model::OrganizationKind;
use crate::error::Result;
use crate::registry::programs::model::{Module, Program};
use crate::registry::programs::stored;

/// Names as an array column takes them.
fn names<T: Copy>(values: &[T], name: fn(T) -> &'static str) -> Vec<Option<&'static str>> {
    values.iter().copied().map(name).map(Some).collect()
}

/// Everything said of a program, as columns.
macro_rules! data_columns {
    ($data:expr) => {
        (
            programs::kind.eq($data.kind.as_str()),
            programs::title.eq(&$data.title),
            programs::annotation.eq(&$data.annotation),
            programs::hours.eq(DbHours($data.hours)),
            programs::fully_modular.eq($data.fully_modular),
            programs::study_form.eq($data.study_form.as_str()),
            programs::delivery.eq(names(&$data.delivery, |value| value.as_str())),
            programs::audience.eq(names(&$data.audience, |value| value.as_str())),
            programs::education_levels.eq(names(&$data.education_levels, |value| value.as_str())),
            programs::subjects.eq($data.subjects.iter().map(Some).collect::<Vec<_>>()),
            programs::price_rubles.eq($data.price_rubles.map(Decimal::from)),
            programs::details.eq(stored::details_to_json(&$data.details)?),
        )
    };
}

pub(in crate::registry::programs) async fn insert(
    ctx: &Ctx<'_>,
    permit: &Permit,
    program: &Program,
    modules: &[Module],
) -> Result<()> {
    diesel::insert_into(programs::table)
        .values((
            programs::id.eq(program.id),
            programs::region_id.eq(program.region_id),
            programs::provider_id.eq(program.provider_id),
            data_columns!(&program.data),
            programs::state.eq(program.state.as_str()),
            programs::writers.eq(accounts(&program.writers)),
            programs::created_at.eq(ctx.now),
            programs::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    insert_modules(ctx, permit, program.edition, modules).await
}

/// What is said of the program and all its modules, anew.
pub(in crate::registry::programs) async fn replace(
    ctx: &Ctx<'_>,
    permit: &Permit,
    program: &Program,
    modules: &[Module],
) -> Result<()> {
    diesel::update(programs::table.find(program.id))
        .set((
            data_columns!(&program.data),
            programs::writers.eq(accounts(&program.writers)),
            programs::version.eq(program.version),
            programs::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    diesel::delete(program_modules::table.filter(program_modules::program_id.eq(program.id)))
        .execute(&mut &*ctx.conn)
        .await?;
    insert_modules(ctx, permit, program.edition, modules).await
}

/// The next edition of an accepted program comes into force; the modules of the old one stay.
pub(in crate::registry::programs) async fn renew(
    ctx: &Ctx<'_>,
    permit: &Permit,
    program: &Program,
    modules: &[Module],
) -> Result<()> {
    diesel::update(programs::table.find(program.id))
        .set((data_columns!(&program.data), programs::edition.eq(program.edition)))
        .execute(&mut &*ctx.conn)
        .await?;
    diesel::update(program_modules::table.filter(program_modules::program_id.eq(program.id)))
        .set(program_modules::current.eq(false))
        .execute(&mut &*ctx.conn)
        .await?;
    insert_modules(ctx, permit, program.edition, modules).await
}

fn accounts(writers: &[Uuid]) -> Vec<Option<Uuid>> {
    writers.iter().copied().map(Some).collect()
}

async fn insert_modules(ctx: &Ctx<'_>, _permit: &Permit, edition: i32, modules: &[Module]) -> Result<()> {
    let rows: Vec<_> = modules
        .iter()
        .map(|module| {
            (
                program_modules::id.eq(module.id),
                program_modules::program_id.eq(module.program_id),
                program_modules::edition.eq(edition),
                program_modules::position.eq(module.position),
                program_modules::title.eq(&module.data.title),
                program_modules::hours.eq(DbHours(module.data.hours)),
                program_modules::provider_id.eq(module.data.provider_id),
                program_modules::delivery.eq(names(&module.data.delivery, |value| value.as_str())),
            )
        })
        .collect();
    diesel::insert_into(program_modules::table).values(rows).execute(&mut &*ctx.conn).await?;
    let links: Vec<_> = modules
        .iter()
        .flat_map(|module| {
            module.data.competency_ids.iter().map(move |competency_id| (module.id, competency_id))
        })
        .map(|(module_id, competency_id)| {
            (
                module_competencies::module_id.eq(module_id),
                module_competencies::competency_id.eq(competency_id),
            )
        })
        .collect();
    diesel::insert_into(module_competencies::table).values(links).execute(&mut &*ctx.conn).await?;
    Ok(())
}

/// State, submission and decision of a program.
pub(in crate::registry::programs) async fn update_state(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    program: &Program,
) -> Result<()> {
    let decision = program.decision.as_ref();
    diesel::update(programs::table.find(program.id))
        .set((
            programs::state.eq(program.state.as_str()),
            programs::submitted_by.eq(program.submission.map(|submission| submission.account_id)),
            programs::submitted_at.eq(program.submission.map(|submission| submission.at)),
            programs::decision_reason.eq(decision.and_then(|decision| decision.reason.as_deref())),
            programs::decision_due_on.eq(decision.and_then(|decision| decision.due_on)),
            programs::decided_at.eq(decision.map(|decision| decision.decided_at)),
            programs::decided_by.eq(decision.map(|decision| decision.account_id)),
            programs::version.eq(program.version),
            programs::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Which of the organizations the region has, each with whether it may own programs, and which of the competencies it knows.
pub(in crate::registry::programs) async fn known_references(
    conn: &Conn,
    region_id: Uuid,
    organization_ids: &[Uuid],
    competency_ids: &[Uuid],
) -> Result<(Vec<(Uuid, bool)>, Vec<Uuid>)> {
    let kinds: Vec<&str> = OrganizationKind::ALL
        .into_iter()
        .filter(|kind| kind.may_own_programs())
        .map(OrganizationKind::as_str)
        .collect();
    let (mut first, mut second) = (conn, conn);
    let (found, competencies) = tokio::try_join!(
        organizations::table
            .filter(organizations::id.eq_any(organization_ids))
            .filter(organizations::region_id.eq(region_id))
            .select((organizations::id, organizations::kind))
            .load::<(Uuid, String)>(&mut first),
        competencies::table
            .inner_join(frameworks::table)
            .filter(competencies::id.eq_any(competency_ids))
            .filter(frameworks::region_id.eq(region_id))
            .select(competencies::id)
            .load(&mut second),
    )?;
    let found = found.into_iter().map(|(id, kind)| (id, kinds.contains(&kind.as_str()))).collect();
    Ok((found, competencies))
}

/// The ministry of a region: the root whose regulation binds the whole region.
pub(in crate::registry::programs) async fn ministry(conn: &Conn, region_id: Uuid) -> Result<Option<Uuid>> {
    Ok(organizations::table
        .filter(organizations::region_id.eq(region_id))
        .filter(organizations::kind.eq(OrganizationKind::Ministry.as_str()))
        .order(organizations::id)
        .select(organizations::id)
        .first(&mut &*conn)
        .await
        .optional()?)
}
