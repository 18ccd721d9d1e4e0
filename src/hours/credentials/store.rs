//! Queries on credentials.

mod duplicates;
pub(super) mod identities;
pub(super) mod references;
mod scope;
mod states;
pub(super) mod together;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use self::scope::within;
use self::states::{stands, waits};
use super::model::{Credential, CredentialData, External, Origin};
use crate::authz::{Permit, Scope};
use crate::db::schema::{credentials, persons};
use crate::db::{Conn, Ctx, DbHours, whole_people, whole_person};
use crate::error::{Error, Result};
use crate::hours::model::credential::State;
use crate::values::{DocumentKind, ProgramKind};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = credentials, treat_none_as_default_value = false)]
struct CredentialRow {
    id: Uuid,
    region_id: Uuid,
    person_id: Uuid,
    issuer_id: Option<Uuid>,
    issuer_name: String,
    kind: String,
    series: Option<String>,
    number: Option<String>,
    registration_number: Option<String>,
    identity: String,
    marks: Vec<Option<String>>,
    program_id: Option<Uuid>,
    module_id: Option<Uuid>,
    activity_id: Option<Uuid>,
    program_kind: Option<String>,
    title: String,
    hours: DbHours,
    credited: bool,
    started_on: Option<NaiveDate>,
    completed_on: Option<NaiveDate>,
    issued_on: NaiveDate,
    origin: String,
    state: String,
    reason: Option<String>,
    recorded_by: Uuid,
    decided_by: Option<Uuid>,
    decided_at: Option<DateTime<Utc>>,
    source: Option<String>,
    external_id: Option<String>,
    version: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl TryFrom<CredentialRow> for Credential {
    type Error = Error;

    fn try_from(row: CredentialRow) -> Result<Self> {
        let unknown = |what: &str| Error::internal(format!("unknown {what} in the database"));
        let program_kind =
            row.program_kind.map(|name| ProgramKind::parse(&name).ok_or_else(|| unknown("program kind")));
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            person_id: row.person_id,
            data: CredentialData {
                issuer_id: row.issuer_id,
                issuer_name: row.issuer_name,
                kind: DocumentKind::parse(&row.kind).ok_or_else(|| unknown("document kind"))?,
                series: row.series,
                number: row.number,
                registration_number: row.registration_number,
                program_id: row.program_id,
                module_id: row.module_id,
                activity_id: row.activity_id,
                program_kind: program_kind.transpose()?,
                title: row.title,
                hours: row.hours.into(),
                credited: row.credited,
                started_on: row.started_on,
                completed_on: row.completed_on,
                issued_on: row.issued_on,
            },
            origin: Origin::parse(&row.origin).ok_or_else(|| unknown("origin"))?,
            state: State::parse(&row.state).ok_or_else(|| unknown("state"))?,
            reason: row.reason,
            recorded_by: row.recorded_by,
            decided_by: row.decided_by,
            decided_at: row.decided_at,
            external: row.source.zip(row.external_id).map(|(source, id)| External { source, id }),
            version: row.version,
            created_at: row.created_at,
        })
    }
}

/// Which credentials a list holds.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<State>,
    /// Only of this issuer.
    pub issuer_id: Option<Uuid>,
}

/// Makes whatever happens to the papers of one person happen one after the other, whichever of his cards they were recorded
/// to: all meet at the kept one. Tells its date of birth.
pub(super) async fn lock_person(conn: &Conn, kept_id: Uuid) -> Result<Option<NaiveDate>> {
    let mut card = kept_id;
    loop {
        let held = persons::table.find(card).select((persons::kept_id, persons::birth_date)).for_update();
        let (kept_id, birth_date): (Uuid, Option<NaiveDate>) = held.first(&mut &*conn).await?;
        // It may have been merged while it was waited for.
        if kept_id == card {
            return Ok(birth_date);
        }
        card = kept_id;
    }
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Credential> {
    let row = credentials::table.find(id).select(CredentialRow::as_select()).first(&mut &*conn).await?;
    Credential::try_from(row)
}

/// The credential, locked after its person: the order of locks is person, credential.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Credential> {
    let of_person = credentials::table.inner_join(persons::table).filter(credentials::id.eq(id));
    lock_person(conn, of_person.select(persons::kept_id).first(&mut &*conn).await?).await?;
    let query = credentials::table.find(id).select(CredentialRow::as_select()).for_update();
    Credential::try_from(query.first(&mut &*conn).await?)
}

/// Papers that stand and may be this one or resemble it: of the region by key, of the person by any mark. A duplicate
/// stands for its original.
pub(super) async fn alike(
    conn: &Conn,
    (region_id, person_id): (Uuid, Uuid),
    key: &str,
    marks: Vec<String>,
) -> Result<Vec<Credential>> {
    let marks = column(marks);
    let of_person =
        whole_person("credentials.person_id", person_id).and(credentials::marks.overlaps_with(marks.clone()));
    let originals = async {
        let rows = credentials::table
            .filter(credentials::region_id.eq(region_id))
            .filter(stands())
            .filter(credentials::identity.eq(key).or(of_person))
            .select(CredentialRow::as_select())
            .load(&mut &*conn)
            .await?;
        rows.into_iter().map(Credential::try_from).collect::<Result<Vec<_>>>()
    };
    let (mut found, duplicates) =
        tokio::try_join!(originals, duplicates::alike(conn, (region_id, person_id), key, marks))?;
    found.extend(duplicates);
    Ok(found)
}

/// Whether a paper that stands in the region has that key, or a duplicate of one.
pub(super) async fn is_recorded(conn: &Conn, region_id: Uuid, key: &str) -> Result<bool> {
    let original = async {
        let found = credentials::table
            .filter(credentials::region_id.eq(region_id))
            .filter(stands())
            .filter(credentials::identity.eq(key))
            .select(credentials::id);
        Ok(found.first::<Uuid>(&mut &*conn).await.optional()?.is_some())
    };
    let (original, duplicate) = tokio::try_join!(original, duplicates::is_recorded(conn, region_id, key))?;
    Ok(original || duplicate)
}

/// The first confirmed paper that answers the activity, but for one.
pub(super) async fn confirmed_for(
    conn: &Conn,
    activity_id: Uuid,
    but_for: Uuid,
) -> Result<Option<Credential>> {
    let row = credentials::table
        .filter(credentials::activity_id.eq(activity_id))
        .filter(credentials::state.eq("confirmed"))
        .filter(credentials::id.ne(but_for))
        .order((credentials::issued_on, credentials::id))
        .select(CredentialRow::as_select())
        .first(&mut &*conn)
        .await
        .optional()?;
    row.map(Credential::try_from).transpose()
}

/// Standing papers of those people with any of those marks; `scope` confines them as it does a list.
pub(super) async fn alike_of(
    conn: &Conn,
    scope: Option<(&Scope, NaiveDate)>,
    people: &[Uuid],
    marks: Vec<String>,
) -> Result<Vec<Credential>> {
    let mut query = credentials::table
        .filter(stands())
        .filter(credentials::marks.overlaps_with(column(marks)))
        .select(CredentialRow::as_select())
        .order((credentials::issued_on, credentials::id))
        .into_boxed();
    // A statement with a list of people for a parameter is planned anew each time.
    query = match people {
        [one] => query.filter(whole_person("credentials.person_id", *one)),
        many => query.filter(whole_people("credentials.person_id", many)),
    };
    if let Some((scope, today)) = scope {
        query = query.filter(within(scope, today));
    }
    let rows = query.load(&mut &*conn).await?;
    rows.into_iter().map(Credential::try_from).collect()
}

fn column(marks: Vec<String>) -> Vec<Option<String>> {
    marks.into_iter().map(Some).collect()
}

/// Those of the papers that are the person's and neither refused nor annulled.
pub(super) async fn standing_of(conn: &Conn, person_id: Uuid, ids: &[Uuid]) -> Result<Vec<Credential>> {
    let rows: Vec<CredentialRow> = credentials::table
        .filter(credentials::id.eq_any(ids.to_vec()))
        .filter(whole_person("credentials.person_id", person_id))
        .filter(stands())
        .order((credentials::issued_on, credentials::id))
        .select(CredentialRow::as_select())
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(Credential::try_from).collect()
}

/// Papers of a person that are outside the ledger, or were at that moment.
pub(super) async fn pending(
    ctx: &Ctx<'_>,
    person_id: Uuid,
    known_at: DateTime<Utc>,
) -> Result<Vec<Credential>> {
    let mut query = credentials::table
        .filter(whole_person("credentials.person_id", person_id))
        .select(CredentialRow::as_select())
        .into_boxed();
    // Only a look into the past has to read decided papers; the others are found by their state.
    query = if known_at < ctx.now {
        let decided_later =
            credentials::decided_at.is_not_null().and(credentials::decided_at.assume_not_null().gt(known_at));
        query.filter(waits().or(decided_later))
    } else {
        query.filter(waits())
    };
    let rows: Vec<CredentialRow> = query.load(&mut &*ctx.conn).await?;
    rows.into_iter().map(Credential::try_from).collect()
}

/// One page, the newest first; `scope` on its day confines lists over many people.
pub(super) async fn list(
    conn: &Conn,
    scope: Option<(&Scope, NaiveDate)>,
    filter: &Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Credential>> {
    let mut query = credentials::table
        .select(CredentialRow::as_select())
        .order((credentials::issued_on.desc(), credentials::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some((scope, today)) = scope {
        query = query.filter(within(scope, today));
    }
    if let Some(person_id) = filter.person_id {
        query = query.filter(whole_person("credentials.person_id", person_id));
    }
    if let Some(state) = filter.state {
        query = query.filter(credentials::state.eq(state.as_str()));
    }
    if let Some(issuer_id) = filter.issuer_id {
        query = query.filter(credentials::issuer_id.assume_not_null().eq(issuer_id));
    }
    if let Some((issued_on, id)) = after {
        let same_day = credentials::issued_on.eq(issued_on).and(credentials::id.lt(id));
        query = query.filter(credentials::issued_on.lt(issued_on).or(same_day));
    }
    let rows = query.load(&mut &*conn).await?;
    rows.into_iter().map(Credential::try_from).collect()
}

pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    new: &Credential,
    key: &str,
    marks: Vec<String>,
) -> Result<()> {
    let row = row_of(ctx, new, key, marks);
    diesel::insert_into(credentials::table).values(row).execute(&mut &*ctx.conn).await?;
    Ok(())
}

fn row_of(ctx: &Ctx<'_>, new: &Credential, key: &str, marks: Vec<String>) -> CredentialRow {
    let data = new.data.clone();
    let external = new.external.clone();
    CredentialRow {
        id: new.id,
        region_id: new.region_id,
        person_id: new.person_id,
        issuer_id: data.issuer_id,
        issuer_name: data.issuer_name,
        kind: data.kind.as_str().to_owned(),
        series: data.series,
        number: data.number,
        registration_number: data.registration_number,
        identity: key.to_owned(),
        marks: column(marks),
        program_id: data.program_id,
        module_id: data.module_id,
        activity_id: data.activity_id,
        program_kind: data.program_kind.map(|kind| kind.as_str().to_owned()),
        title: data.title,
        hours: data.hours.into(),
        credited: data.credited,
        started_on: data.started_on,
        completed_on: data.completed_on,
        issued_on: data.issued_on,
        origin: new.origin.as_str().to_owned(),
        state: new.state.as_str().to_owned(),
        reason: None,
        recorded_by: new.recorded_by,
        decided_by: None,
        decided_at: None,
        source: external.as_ref().map(|external| external.source.clone()),
        external_id: external.map(|external| external.id),
        version: new.version,
        created_at: ctx.now,
        updated_at: ctx.now,
    }
}

pub(super) async fn renew(ctx: &Ctx<'_>, _permit: &Permit, credential: &Credential) -> Result<()> {
    diesel::update(credentials::table.find(credential.id))
        .set((credentials::version.eq(credential.version), credentials::updated_at.eq(ctx.now)))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn decide(ctx: &Ctx<'_>, _permit: &Permit, credential: &Credential) -> Result<()> {
    diesel::update(credentials::table.find(credential.id))
        .set((
            credentials::state.eq(credential.state.as_str()),
            credentials::reason.eq(&credential.reason),
            credentials::decided_by.eq(credential.decided_by),
            credentials::decided_at.eq(credential.decided_at),
            credentials::version.eq(credential.version),
            credentials::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
