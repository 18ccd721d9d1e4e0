//! Use cases of ranges of numbers.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::model::{NewRange, NumberPart, NumberRange};
use super::{policy, store};
use crate::authz::{Actor, Permit, Target, authorize, authorize_seen, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::service::{
    hold_organization, organization, target as organization_target,
};
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::hours::credentials::policy::ISSUERS;
use crate::hours::credentials::service::is_recorded;
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::values::DocumentKind;

pub use store::{Dated, Filter};

/// Sets up a range; one after the other for each organization, so that no two overlap.
pub async fn create_number_range(
    ctx: &Ctx<'_>,
    organization_id: Option<Uuid>,
    new: NewRange,
) -> Result<NumberRange> {
    let home = ctx.actor.in_roles(ISSUERS).home_organization();
    let organization_id = organization_id.or(home).ok_or(Error::new(Code::Forbidden))?;
    let region_id = ctx.region_id()?;
    let issuer = organization(ctx, organization_id).await.ok().filter(|found| found.region_id == region_id);
    let issuer = issuer.ok_or_else(|| Error::not_found().in_body("/organization_id"))?;
    // Organizations of one's own region are no secret.
    let permit = authorize_seen(ctx.actor, &policy::CREATE_NUMBER_RANGE, &organization_target(&issuer))?;
    let mut problems = new.problems();
    if !issuer.kind.may_provide() {
        let words = Text::new(
            "Такая организация не обучает и документов не выдаёт",
            "Such an organization does not teach and issues no documents",
        );
        problems.push(FieldProblem::new("/organization_id", "wrong_issuer", words));
    }
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    hold_organization(ctx, issuer.id).await?;
    let standing = store::of_issuer(ctx.conn, issuer.id).await?;
    if let Some(other) = standing.iter().find(|other| new.overlaps(other)) {
        return Err(overlap(other));
    }
    let range = NumberRange {
        id: new_id(),
        region_id,
        organization_id: issuer.id,
        next: new.first,
        first: new.first,
        last: new.last,
        spelling: new.spelling,
        open: true,
        version: 1,
    };
    store::insert(ctx, &permit, &range).await?;
    let change = Change::none().field("first_number", (), range.first).field("last_number", (), range.last);
    ctx.audit(&permit, Subject { kind: "number_range", id: range.id }, change).await?;
    Ok(range)
}

/// One page of the ranges that the actor may see.
pub async fn list_number_ranges(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Dated>> {
    let scope = scope(ctx.actor, &policy::LIST_NUMBER_RANGES)?;
    store::list(ctx.conn, &scope, filter, page.fetch(), after).await
}

/// One range.
pub async fn get_number_range(ctx: &Ctx<'_>, id: Uuid) -> Result<NumberRange> {
    let range = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_NUMBER_RANGE, &target(ctx, &range).await?)?;
    Ok(range)
}

/// Closes a range: no number is taken from it any more.
pub async fn close_number_range(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<NumberRange> {
    let range = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::CLOSE_NUMBER_RANGE, &target(ctx, &range).await?)?;
    if range.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if !range.open {
        return Err(
            Error::new(Code::StateConflict).detail("Диапазон уже закрыт", "The range is closed already")
        );
    }
    let range = NumberRange { open: false, version: range.version + 1, ..range };
    store::close(ctx, &permit, &range).await?;
    let change = Change::none().field("state", "open", "closed").field("next_number", (), range.next);
    ctx.audit(&permit, Subject { kind: "number_range", id }, change).await?;
    Ok(range)
}

/// What the actor may do with a range now.
pub fn allowed_actions(actor: &Actor, range: &NumberRange) -> Vec<&'static str> {
    let target = Target::region(range.region_id).organization(range.organization_id, None);
    let closes = range.open && may(actor, &policy::CLOSE_NUMBER_RANGE, &target);
    if closes { vec![policy::CLOSE_NUMBER_RANGE.operation] } else { Vec::new() }
}

/// Holds a range until the end of the transaction to take numbers from it. It is held before any person: whoever issues to
/// many would else meet in a ring with whoever issues to one of them.
pub(in crate::hours) async fn hold(
    ctx: &Ctx<'_>,
    id: Uuid,
    part: NumberPart,
    kind: DocumentKind,
    issuer_id: Option<Uuid>,
) -> Result<NumberRange> {
    let pointer = pointer(part);
    let unknown = || Error::not_found().in_body(pointer);
    let region_id = ctx.region_id()?;
    let range = match store::lock(ctx.conn, id).await {
        Err(refusal) if refusal.code == Code::NotFound => return Err(unknown()),
        found => found?,
    };
    if range.region_id != region_id || !may(ctx.actor, &policy::GET_NUMBER_RANGE, &target(ctx, &range).await?)
    {
        return Err(unknown());
    }
    if !range.open {
        return Err(Error::field(pointer, "range_closed", "Диапазон номеров закрыт", "The range is closed"));
    }
    let spelled = range.spelling.part == part && range.spelling.kind == kind;
    if !spelled || issuer_id.is_some_and(|issuer_id| issuer_id != range.organization_id) {
        return Err(Error::field(
            pointer,
            "wrong_range",
            "Этот диапазон — для других номеров, документов другого вида или другой организации",
            "This range is for other numbers, for papers of another kind or of another issuer",
        ));
    }
    Ok(range)
}

/// The next number of a held range that no paper of the issuer bears yet: some were typed, or came in a file.
pub(in crate::hours) async fn take(
    ctx: &Ctx<'_>,
    range: &mut NumberRange,
    issued_on: NaiveDate,
) -> Result<String> {
    while let Some(number) = range.take() {
        let key = range.key(number.clone(), issued_on);
        let free = match &key {
            Some(key) => !is_recorded(ctx, range.region_id, key).await?,
            None => true,
        };
        if free {
            return Ok(number);
        }
    }
    Err(Error::field(
        pointer(range.spelling.part),
        "range_exhausted",
        "В диапазоне не осталось номеров",
        "No number is left in the range",
    ))
}

/// Remembers what was taken from a held range, by the right to issue the papers.
pub(in crate::hours) async fn keep(ctx: &Ctx<'_>, permit: &Permit, range: &NumberRange) -> Result<()> {
    store::advance(ctx, permit, range).await
}

const fn pointer(part: NumberPart) -> &'static str {
    match part {
        NumberPart::Form => "/number_range_id",
        NumberPart::Registration => "/registration_range_id",
    }
}

async fn target(ctx: &Ctx<'_>, range: &NumberRange) -> Result<Target> {
    Ok(organization_target(&organization(ctx, range.organization_id).await?))
}

fn overlap(other: &NumberRange) -> Error {
    let (first, last) = (other.spelling.written(other.first), other.spelling.written(other.last));
    let words = Text::owned(
        format!("Эти номера есть в диапазоне {first} – {last}"),
        format!("These numbers are in the range {first} – {last}"),
    );
    Error {
        fields: vec![FieldProblem::new("/first_number", "range_overlaps", words)],
        ..Error::new(Code::AlreadyExists)
    }
}
