//! Queries on instruments and their scales.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::model::{CutPoint, Instrument, InstrumentOwner, Procedure, Scale};
use crate::authz::{Permit, Scope, ScopePart};
use crate::db::schema::{
    instrument_cut_points as cuts, instrument_scales as scales, instruments, organizations,
};
use crate::db::{Conn, Ctx};
use crate::diagnostics::{PublicationState, Score};
use crate::directory::organizations::model::OrganizationKind;
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = instruments)]
struct InstrumentRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    owner_id: Uuid,
    framework_id: Uuid,
    code: String,
    title: String,
    edition: i32,
    procedures: Vec<Option<String>>,
    procedure_weights: Vec<Option<Decimal>>,
    supersedes_id: Option<Uuid>,
    state: String,
    version: i64,
}

type OwnedRow = (InstrumentRow, String);

fn model((row, owner_kind): OwnedRow) -> Result<Instrument> {
    let unknown = |what: &str| Error::internal(format!("unknown {what} in the database"));
    let procedure = |name: String| Procedure::parse(&name).ok_or_else(|| unknown("procedure"));
    Ok(Instrument {
        id: row.id,
        region_id: row.region_id,
        owner: InstrumentOwner {
            id: row.owner_id,
            municipality_id: row.municipality_id,
            kind: OrganizationKind::parse(&owner_kind).ok_or_else(|| unknown("kind"))?,
        },
        framework_id: row.framework_id,
        code: row.code,
        title: row.title,
        edition: row.edition,
        procedures: row.procedures.into_iter().flatten().map(procedure).collect::<Result<_>>()?,
        procedure_weights: row.procedure_weights.into_iter().flatten().map(Score::rounded).collect(),
        supersedes_id: row.supersedes_id,
        state: PublicationState::parse(&row.state).ok_or_else(|| unknown("state"))?,
        version: row.version,
    })
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<Instrument>> {
    let found: Option<OwnedRow> = instruments::table
        .inner_join(organizations::table.on(organizations::id.eq(instruments::owner_id)))
        .filter(instruments::id.eq(id))
        .select((InstrumentRow::as_select(), organizations::kind))
        .first(&mut &*conn)
        .await
        .optional()?;
    found.map(model).transpose()
}

/// Locks the instrument and reads it.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Option<Instrument>> {
    let locked = instruments::table.find(id).select(instruments::id).for_update();
    match locked.first::<Uuid>(&mut &*conn).await.optional()? {
        Some(_) => find(conn, id).await,
        None => Ok(None),
    }
}

/// The scales with their levels, lowest first.
pub(super) async fn scales_of(conn: &Conn, instrument_id: Uuid) -> Result<Vec<Scale>> {
    let (mut first, mut second) = (conn, conn);
    let (rows, levels) = tokio::try_join!(
        scales::table
            .filter(scales::instrument_id.eq(instrument_id))
            .select((scales::competency_id, scales::max_score, scales::weight))
            .order((scales::weight.desc(), scales::competency_id))
            .load::<(Uuid, Decimal, Decimal)>(&mut first),
        cuts::table
            .filter(cuts::instrument_id.eq(instrument_id))
            .select((cuts::competency_id, cuts::level, cuts::from_score, cuts::is_deficit, cuts::severity))
            .order((cuts::competency_id, cuts::from_score))
            .load::<(Uuid, String, Decimal, bool, i16)>(&mut second),
    )?;
    let levels_of = |id: Uuid| {
        levels.iter().filter(move |(competency_id, ..)| *competency_id == id).map(
            |(_, level, from, deficit, severity)| CutPoint {
                level: level.clone(),
                from_score: Score::rounded(*from),
                is_deficit: *deficit,
                severity: *severity,
            },
        )
    };
    let scale = |(competency_id, max_score, weight)| Scale {
        competency_id,
        max_score: Score::rounded(max_score),
        weight: Score::rounded(weight),
        cut_points: levels_of(competency_id).collect(),
    };
    Ok(rows.into_iter().map(scale).collect())
}

/// Which instruments a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this owner.
    pub owner_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<PublicationState>,
}

type Circle = Box<dyn BoxableExpression<Joined, Pg, SqlType = Bool>>;
type Joined = diesel::helper_types::InnerJoinQuerySource<
    instruments::table,
    organizations::table,
    diesel::dsl::Eq<organizations::id, instruments::owner_id>,
>;

/// A school's instruments serve the school, a municipality's all of it, the others the whole region.
fn circle(part: ScopePart) -> Circle {
    match part {
        ScopePart::Region(id) => Box::new(instruments::region_id.eq(id)),
        ScopePart::Municipality(id) => Box::new(instruments::municipality_id.assume_not_null().eq(id)),
        ScopePart::Organization(id) => Box::new(instruments::owner_id.eq(id)),
        ScopePart::Above { region_id, municipality_id, organization_id } => {
            let of_region = instruments::municipality_id.is_null();
            let of_municipality =
                instruments::municipality_id.assume_not_null().eq(municipality_id.unwrap_or_default());
            let own = instruments::owner_id.eq(organization_id.unwrap_or_default());
            let shared = organizations::kind.ne("school").and(of_region.or(of_municipality));
            Box::new(instruments::region_id.eq(region_id).and(own.or(shared)))
        }
        ScopePart::Everything | ScopePart::Person(_) | ScopePart::Assigned(_) => {
            Box::new(instruments::region_id.is_null())
        }
    }
}

/// By title: what is published, and the drafts of these keepers.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    drafts_of: &[Uuid],
    filter: &Filter,
    fetch: i64,
    after: Option<(String, Uuid)>,
) -> Result<Vec<Instrument>> {
    let circles = scope.parts().iter().copied().map(circle);
    let union = circles.reduce(|one, other| -> Circle { Box::new(one.or(other)) });
    let mut query = instruments::table
        .inner_join(organizations::table.on(organizations::id.eq(instruments::owner_id)))
        .select((InstrumentRow::as_select(), organizations::kind))
        .filter(union.unwrap_or_else(|| Box::new(instruments::region_id.is_null())))
        .filter(instruments::state.eq("published").or(instruments::owner_id.eq_any(drafts_of)))
        .order((instruments::title, instruments::id))
        .limit(fetch)
        .into_boxed();
    if let Some(owner_id) = filter.owner_id {
        query = query.filter(instruments::owner_id.eq(owner_id));
    }
    if let Some(state) = filter.state {
        query = query.filter(instruments::state.eq(state.as_str()));
    }
    if let Some((title, id)) = after {
        query = query.filter(
            instruments::title.gt(title.clone()).or(instruments::title.eq(title).and(instruments::id.gt(id))),
        );
    }
    let rows: Vec<OwnedRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(model).collect()
}

pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    instrument: &Instrument,
    rows: &[Scale],
) -> Result<()> {
    diesel::insert_into(instruments::table)
        .values((
            instruments::id.eq(instrument.id),
            instruments::region_id.eq(instrument.region_id),
            instruments::municipality_id.eq(instrument.owner.municipality_id),
            instruments::owner_id.eq(instrument.owner.id),
            instruments::framework_id.eq(instrument.framework_id),
            instruments::code.eq(&instrument.code),
            instruments::title.eq(&instrument.title),
            instruments::edition.eq(instrument.edition),
            instruments::procedures.eq(names(instrument)),
            instruments::procedure_weights.eq(weights(instrument)),
            instruments::supersedes_id.eq(instrument.supersedes_id),
            instruments::state.eq(instrument.state.as_str()),
            instruments::created_at.eq(ctx.now),
            instruments::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    insert_scales(ctx, instrument.id, rows).await
}

/// Writes a draft anew, or its publication.
pub(super) async fn update(ctx: &Ctx<'_>, _permit: &Permit, instrument: &Instrument) -> Result<()> {
    diesel::update(instruments::table.find(instrument.id))
        .set((
            instruments::framework_id.eq(instrument.framework_id),
            instruments::code.eq(&instrument.code),
            instruments::title.eq(&instrument.title),
            instruments::edition.eq(instrument.edition),
            instruments::procedures.eq(names(instrument)),
            instruments::procedure_weights.eq(weights(instrument)),
            instruments::supersedes_id.eq(instrument.supersedes_id),
            instruments::state.eq(instrument.state.as_str()),
            instruments::version.eq(instrument.version),
            instruments::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Nothing refers to the scales of a draft yet, so they are written anew.
pub(super) async fn replace_scales(ctx: &Ctx<'_>, _permit: &Permit, id: Uuid, rows: &[Scale]) -> Result<()> {
    diesel::delete(cuts::table.filter(cuts::instrument_id.eq(id))).execute(&mut &*ctx.conn).await?;
    diesel::delete(scales::table.filter(scales::instrument_id.eq(id))).execute(&mut &*ctx.conn).await?;
    insert_scales(ctx, id, rows).await
}

async fn insert_scales(ctx: &Ctx<'_>, id: Uuid, list: &[Scale]) -> Result<()> {
    let scale_rows: Vec<_> = list
        .iter()
        .map(|scale| {
            (
                scales::instrument_id.eq(id),
                scales::competency_id.eq(scale.competency_id),
                scales::max_score.eq(scale.max_score.number()),
                scales::weight.eq(scale.weight.number()),
            )
        })
        .collect();
    diesel::insert_into(scales::table).values(scale_rows).execute(&mut &*ctx.conn).await?;
    let cut_rows: Vec<_> = list
        .iter()
        .flat_map(|scale| scale.cut_points.iter().map(move |cut| (scale.competency_id, cut)))
        .map(|(competency_id, cut)| {
            (
                cuts::instrument_id.eq(id),
                cuts::competency_id.eq(competency_id),
                cuts::level.eq(&cut.level),
                cuts::from_score.eq(cut.from_score.number()),
                cuts::is_deficit.eq(cut.is_deficit),
                cuts::severity.eq(cut.severity),
            )
        })
        .collect();
    diesel::insert_into(cuts::table).values(cut_rows).execute(&mut &*ctx.conn).await?;
    Ok(())
}

fn weights(instrument: &Instrument) -> Vec<Decimal> {
    instrument.procedure_weights.iter().map(|weight| weight.number()).collect()
}

fn names(instrument: &Instrument) -> Vec<&'static str> {
    instrument.procedures.iter().map(|procedure| procedure.as_str()).collect()
}

/// The published instruments of a region with that code, newest edition first.
pub(super) async fn by_code(conn: &Conn, region_id: Uuid, code: &str) -> Result<Vec<Instrument>> {
    let rows: Vec<OwnedRow> = instruments::table
        .inner_join(organizations::table.on(organizations::id.eq(instruments::owner_id)))
        .select((InstrumentRow::as_select(), organizations::kind))
        .filter(instruments::region_id.eq(region_id))
        .filter(instruments::code.eq(code))
        .filter(instruments::state.eq("published"))
        .order((instruments::edition.desc(), instruments::id))
        .limit(200)
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(model).collect()
}
