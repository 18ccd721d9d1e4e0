//! Opening credit books: on the teacher's wish, or by who issues them, for one person or for many (P3-17, P3-34).

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::model::{CreditBook, openers};
use super::super::{policy, store};
use super::{ShownBook, person_target, shown};
use crate::authz::{Permit, Role, Rule, Target, authorize, authorize_oneself, may};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::service::{authorize_at, organization_at};
use crate::directory::persons::service::{hold_person, targets_on};
use crate::error::{Code, Error, Result};
use crate::hours::clock::today;
use crate::ids::new_id;
use crate::regulations::model::BindingRegulation;
use crate::regulations::service::binding_regulation;

/// More people are several requests.
const MOST: usize = 1000;

/// For whom books are opened.
#[derive(Debug, Clone)]
pub enum Whom {
    /// Everybody who works there.
    Organization(Uuid),
    /// These people.
    People(Vec<Uuid>),
}

/// What came of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A book was opened.
    Opened(Uuid),
    /// There is an open book already.
    Known(Uuid),
    /// None was opened, for the reason of that code.
    Refused(String),
}

/// What came of each person.
#[derive(Debug, Clone)]
pub struct Opened {
    /// By person.
    pub outcomes: Vec<(Uuid, Outcome)>,
}

/// Where a book may be opened, under which regulation and by which right.
struct Place {
    permit: Permit,
    organization_id: Uuid,
    municipality_id: Option<Uuid>,
    regulation_id: Uuid,
}

/// Regulations by the organization they bind today: many people work at one school.
type Regulations = HashMap<Uuid, Option<BindingRegulation>>;

/// Opens the book of one person.
pub async fn open_credit_book(ctx: &Ctx<'_>, person_id: Uuid) -> Result<ShownBook> {
    let today = today(ctx).await?;
    let target = person_target(ctx, person_id, today).await?;
    let rule = &policy::OPEN_CREDIT_BOOK;
    let place = place(ctx, rule, &target, today, &mut Regulations::new()).await?;
    let book = open(ctx, &place, &target, today).await?;
    shown(ctx, book, &target).await
}

/// Opens books for many people; each is opened or refused alone, and whoever has one keeps it.
pub async fn open_credit_books(ctx: &Ctx<'_>, whom: Whom) -> Result<Opened> {
    let rule = &policy::OPEN_CREDIT_BOOKS;
    let today = today(ctx).await?;
    let mut regulations = Regulations::new();
    let (people, only_at) = match whom {
        Whom::People(ids) => (ids, None),
        Whom::Organization(id) => {
            let school = organization_at(ctx, id, "/organization_id").await?;
            authorize_at(ctx.actor, rule, &school)?;
            let target = Target::region(school.region_id).organization(school.id, school.municipality_id);
            place(ctx, rule, &target, today, &mut regulations).await.map_err(moved)?;
            (store::people_at(ctx.conn, id, today, limit()?).await?, Some(id))
        }
    };
    if people.len() > MOST {
        return Err(Error::field(
            "/organization_id",
            "too_many_people",
            "За один запрос открывают книжки не более чем тысяче человек: назовите людей",
            "One request opens books for a thousand people at most: name the people",
        ));
    }
    // In one order, so that two such requests meet without waiting for each other.
    let people: Vec<Uuid> = people.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    let (targets, known) =
        tokio::try_join!(targets_on(ctx, &people, today), store::open_of(ctx.conn, &people))?;
    let mut outcomes = Vec::with_capacity(people.len());
    for person_id in people {
        let outcome = match targets.get(&person_id).cloned() {
            None => Outcome::Refused("unknown".to_owned()),
            Some(mut target) => {
                target.units.retain(|unit| only_at.is_none() || unit.organization_id == only_at);
                match place(ctx, rule, &target, today, &mut regulations).await {
                    Err(refusal) => refused(refusal)?,
                    Ok(place) => match known.get(&kept_card(&target)?) {
                        Some(book_id) => Outcome::Known(*book_id),
                        None => attempted(ctx, &place, &target, today).await?,
                    },
                }
            }
        };
        outcomes.push((person_id, outcome));
    }
    // The request itself, beside each book: it may have found that everybody has one.
    let permit = authorize_oneself(ctx.actor, rule)?;
    let opened = outcomes.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Opened(_))).count();
    let change = Change::none().field("opened", (), opened);
    ctx.audit(&permit, Subject { kind: "credit_book_batch", id: new_id() }, change).await?;
    Ok(Opened { outcomes })
}

async fn attempted(ctx: &Ctx<'_>, place: &Place, target: &Target, today: NaiveDate) -> Result<Outcome> {
    match ctx.attempt(async |ctx| open(ctx, place, target, today).await).await {
        Ok(book) => Ok(Outcome::Opened(book.id)),
        // Somebody was faster.
        Err(refusal) if refusal.code == Code::AlreadyExists => {
            let kept_id = kept_card(target)?;
            let known = store::open_of(ctx.conn, &[kept_id]).await?.remove(&kept_id);
            known.map(Outcome::Known).ok_or(refusal)
        }
        Err(refusal) => refused(refusal),
    }
}

/// What broke is no answer about one person.
fn refused(refusal: Error) -> Result<Outcome> {
    if refusal.code.status() >= 500 {
        return Err(refusal);
    }
    let field = refusal.fields.first().map(|field| field.code.to_string());
    Ok(Outcome::Refused(field.unwrap_or_else(|| refusal.code.name().to_owned())))
}

async fn open(ctx: &Ctx<'_>, place: &Place, target: &Target, today: NaiveDate) -> Result<CreditBook> {
    let person_id = kept_card(target)?;
    // One at a time for the person, not for each of his cards.
    hold_person(ctx, person_id).await?;
    if store::open_of(ctx.conn, &[person_id]).await?.contains_key(&person_id) {
        return Err(Error::new(Code::AlreadyExists));
    }
    // The teacher opens on his own wish; everybody else issues for an organization.
    let on_wish = place.permit.role()? == Role::Teacher;
    let book = CreditBook {
        id: new_id(),
        region_id: target.region_id.ok_or_else(|| Error::internal("a person outside of regions"))?,
        municipality_id: place.municipality_id,
        organization_id: place.organization_id,
        person_id,
        issued_by_id: place.permit.organization_id().filter(|_| !on_wish),
        regulation_id: place.regulation_id,
        opened_on: today,
        closed_on: None,
        version: 1,
    };
    store::insert(ctx, &place.permit, &book).await?;
    let change = Change::none().field("regulation_id", (), book.regulation_id.to_string());
    ctx.audit(&place.permit, Subject { kind: "credit_book", id: book.id }, change).await?;
    Ok(book)
}

/// A book is the person's, whichever card was named.
fn kept_card(target: &Target) -> Result<Uuid> {
    target.person_id.ok_or_else(|| Error::internal("a person without a card"))
}

/// The employer under whose regulation the actor may open a book. Whoever may not know of the person learns nothing; then
/// a regulation without books, then whom it lets issue them.
async fn place(
    ctx: &Ctx<'_>,
    rule: &'static Rule,
    target: &Target,
    today: NaiveDate,
    known: &mut Regulations,
) -> Result<Place> {
    authorize(ctx.actor, rule, target).map_err(|refusal| refusal.in_body("/person_id"))?;
    let mut used = false;
    for unit in &target.units {
        let Some(organization_id) = unit.organization_id else { continue };
        let regulation = match known.get(&organization_id) {
            Some(found) => found.clone(),
            None => {
                let found = binding_regulation(ctx, organization_id, today).await?;
                known.insert(organization_id, found.clone());
                found
            }
        };
        let Some(regulation) = regulation else { continue };
        let Some(books) = &regulation.profile.recording.credit_books else { continue };
        used = true;
        let issuers = ctx.actor.in_roles(&openers(books));
        let here = Target { units: vec![*unit], assigned: Vec::new(), ..target.clone() };
        if may(&issuers, rule, &here) {
            let permit = authorize(&issuers, rule, &here)?;
            let (municipality_id, regulation_id) = (unit.municipality_id, regulation.id);
            return Ok(Place { permit, organization_id, municipality_id, regulation_id });
        }
    }
    if used {
        return Err(Error::new(Code::Forbidden).detail(
            "По положению зачётные книжки выдаёт другая сторона",
            "The regulation leaves credit books to somebody else",
        ));
    }
    Err(not_used())
}

/// P0, P1, P2 and P4 know no credit books.
pub(super) fn not_used() -> Error {
    Error::field(
        "/person_id",
        "not_used",
        "Положение, по которому работает человек, не знает зачётных книжек",
        "The regulation the person works under knows no credit books",
    )
}

/// The same refusal of a body that names an organization.
fn moved(mut refusal: Error) -> Error {
    for field in &mut refusal.fields {
        "/organization_id".clone_into(&mut field.pointer);
    }
    refusal
}

fn limit() -> Result<i64> {
    i64::try_from(MOST + 1).map_err(Error::internal)
}
