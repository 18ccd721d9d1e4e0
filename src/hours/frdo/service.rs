//! Use cases of the export to the federal register.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::model::{
    Answer, Facts, FrdoPackage, FrdoPackageRow, Layout, Line, Outcome, PackageRefusal, PackageState, Paper,
    due_on, next_line,
};
use super::store::{Filter, Meant};
use super::{policy, store};
use crate::authz::{Permit, Rule, Target, authorize, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::model::Organization;
use crate::directory::organizations::service::{authorize_at, hold_organization, organization_at};
use crate::directory::regions::service as regions;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::hours::duplicates::service::duplicates_of;
use crate::hours::federal_details::service::{details_of_credentials, details_of_people};
use crate::http::PageQuery;
use crate::ids::new_id;

/// Rows of one package.
const MOST_ROWS: usize = 1000;
/// Documents that are looked at together.
const PORTION: usize = 200;

/// Documents of an issuer, and the layout for them.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The layout.
    pub layout: Layout,
    /// The documents.
    pub meant: Meant,
}

/// A package with what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownPackage {
    /// The package.
    pub package: FrdoPackage,
    /// How many documents were left out when it was formed: the register would reject them.
    pub rejected: Option<usize>,
    /// operationIds.
    pub allowed_actions: Vec<&'static str>,
}

/// One page of what would come of the documents of an issuer, and by which right it is seen.
pub async fn preview_frdo_export(
    ctx: &Ctx<'_>,
    wanted: &Wanted,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<(Vec<Line>, Permit)> {
    let issuer = organization_at(ctx, wanted.meant.issuer_id, "issuer_id").await?;
    let permit = authorize_at(ctx.actor, &policy::PREVIEW_FRDO_EXPORT, &issuer)?;
    Ok((lines(ctx, wanted, page.fetch(), after).await?, permit))
}

/// Documents with what is asked of them and what was sent of them before: five statements after the first.
async fn lines(
    ctx: &Ctx<'_>,
    wanted: &Wanted,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Line>> {
    let found = store::papers(ctx.conn, &wanted.meant, fetch, after).await?;
    let ids: Vec<Uuid> = found.iter().map(|facts| facts.credential_id).collect();
    let mut people: Vec<Uuid> = found.iter().map(|facts| facts.person_id).collect();
    people.sort_unstable();
    people.dedup();
    let (holders, of_people, of_credentials, duplicates, mut standings) = tokio::try_join!(
        store::holders(ctx.conn, &people),
        details_of_people(ctx, &people),
        details_of_credentials(ctx, &ids),
        duplicates_of(ctx, &ids),
        store::standings(ctx.conn, &ids),
    )?;
    let line = |facts: Facts| {
        let (id, person_id) = (facts.credential_id, facts.person_id);
        let unknown = || Error::internal("a document of nobody");
        let holder = holders.get(&person_id).ok_or_else(unknown)?;
        let person = of_people.get(&person_id).cloned().unwrap_or_default();
        let about = of_credentials.get(&id).cloned().unwrap_or_default();
        let paper = facts.paper(holder, &person, &about);
        let copies = duplicates.iter().filter(|duplicate| duplicate.credential_id == id);
        let copies: Vec<Paper> = copies.map(|duplicate| Facts::duplicate(&paper, duplicate)).collect();
        let forms = std::iter::once(paper).chain(copies).map(|form| {
            let before = standings.remove(&(id, form.duplicate_id)).unwrap_or_default();
            (form, before)
        });
        next_line(wanted.layout, forms.collect()).ok_or_else(unknown)
    };
    found.into_iter().map(line).collect()
}

/// Forms a package of what the register would take.
pub async fn create_frdo_package(ctx: &Ctx<'_>, wanted: &Wanted) -> Result<ShownPackage> {
    let issuer = organization_at(ctx, wanted.meant.issuer_id, "/issuer_id").await?;
    let permit = authorize_at(ctx.actor, &policy::CREATE_FRDO_PACKAGE, &issuer)?;
    if let (Some(from), Some(until)) = (wanted.meant.from, wanted.meant.until)
        && from > until
    {
        let (ru, en) = ("Конец раньше начала", "It ends before it begins");
        return Err(Error::field("/issued_until", "dates_out_of_order", ru, en));
    }
    // Packages of one issuer are formed one after the other: a document never waits in two.
    hold_organization(ctx, issuer.id).await?;
    let (clean, rejected) = sendable(ctx, wanted).await?;
    let oldest = clean.iter().map(|line| line.paper.issued_on).min().ok_or_else(|| nothing(rejected))?;
    let package = new_package(ctx, &issuer, wanted.layout, clean.len(), oldest).await?;
    let rows = (1..).zip(clean).map(|(position, line)| row(position, line)).collect();
    store::insert(ctx, &permit, &package, rows).await?;
    let change = Change::none()
        .field("state", (), package.state.as_str())
        .field("layout", (), package.layout.as_str())
        .field("row_count", (), package.row_count);
    ctx.audit(&permit, Subject { kind: "frdo_package", id: package.id }, change).await?;
    Ok(ShownPackage { rejected: Some(rejected), ..shown(ctx, package) })
}

/// The clean lines for one package, and how many of those looked at the register would reject. Every document that the
/// caller names has to be one of the issuer's.
async fn sendable(ctx: &Ctx<'_>, wanted: &Wanted) -> Result<(Vec<Line>, usize)> {
    let fetch = i64::try_from(PORTION).map_err(Error::internal)?;
    let (mut clean, mut rejected, mut after) = (Vec::new(), 0, None);
    let mut named = wanted.meant.ids.clone();
    loop {
        let portion = lines(ctx, wanted, fetch, after).await?;
        let is_last = portion.len() < PORTION;
        after = portion.last().map(|line| (line.paper.first_issued_on, line.paper.credential_id));
        named.retain(|id| portion.iter().all(|line| line.paper.credential_id != *id));
        for line in portion {
            match line.outcome {
                Outcome::Clean if clean.len() < MOST_ROWS => clean.push(line),
                Outcome::Rejected => rejected += 1,
                Outcome::Clean | Outcome::Waiting | Outcome::NothingToSend => {}
            }
        }
        if is_last || clean.len() >= MOST_ROWS {
            break;
        }
    }
    if named.is_empty() { Ok((clean, rejected)) } else { Err(Error::invalid(strangers(wanted, &named))) }
}

/// Every named document that is none of the issuer's.
fn strangers(wanted: &Wanted, named: &[Uuid]) -> Vec<FieldProblem> {
    let places = wanted.meant.ids.iter().enumerate().filter(|(_, id)| named.contains(id));
    let words = || {
        Text::new(
            "Такого документа у организации нет, или он ещё не подтверждён ею",
            "The organization has no such document, or has not issued it yet",
        )
    };
    places
        .map(|(place, _)| FieldProblem::new(format!("/credential_ids/{place}"), "unknown", words()))
        .collect()
}

fn nothing(rejected: usize) -> Error {
    let words = Text::owned(
        format!("Передавать нечего; документов с ошибками: {rejected}, их покажет предварительный просмотр"),
        format!("There is nothing to send; documents with problems: {rejected}, the preview shows them"),
    );
    Error::invalid(vec![FieldProblem::new("", "nothing_to_send", words)])
}

async fn new_package(
    ctx: &Ctx<'_>,
    issuer: &Organization,
    layout: Layout,
    rows: usize,
    oldest: NaiveDate,
) -> Result<FrdoPackage> {
    Ok(FrdoPackage {
        id: new_id(),
        region_id: issuer.region_id,
        organization_id: issuer.id,
        number: store::next_number(ctx.conn, issuer.id).await?,
        layout,
        row_count: i32::try_from(rows).map_err(Error::internal)?,
        due_on: due_on(oldest),
        state: PackageState::Formed,
        formed_at: ctx.now,
        answered_on: None,
        note: None,
        version: 1,
    })
}

fn row(position: i32, line: Line) -> FrdoPackageRow {
    FrdoPackageRow {
        position,
        credential_id: line.paper.credential_id,
        duplicate_id: line.paper.duplicate_id,
        person_id: line.paper.person_id,
        action: line.action,
        cells: line.cells.into_iter().map(|cell| cell.value).collect(),
    }
}

/// One page of the packages the actor may see, newest first.
pub async fn list_frdo_packages(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<FrdoPackage>> {
    let scope = scope(ctx.actor, &policy::LIST_FRDO_PACKAGES)?;
    store::list(ctx.conn, &scope, filter, page.fetch(), after).await
}

/// One package.
pub async fn get_frdo_package(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownPackage> {
    Ok(shown(ctx, visible(ctx, id, &policy::GET_FRDO_PACKAGE).await?.0))
}

/// One page of the rows of a package, with the package, and by which right they are seen.
pub async fn list_frdo_package_rows(
    ctx: &Ctx<'_>,
    id: Uuid,
    page: &PageQuery<'_>,
    after: Option<i32>,
) -> Result<(FrdoPackage, Vec<FrdoPackageRow>, Permit)> {
    let (package, permit) = visible(ctx, id, &policy::LIST_FRDO_PACKAGE_ROWS).await?;
    let rows = store::rows(ctx.conn, id, Some(page.fetch()), after).await?;
    Ok((package, rows, permit))
}

/// A package as the workbook that the register takes, and by which right it is seen.
pub async fn get_frdo_package_file(
    ctx: &Ctx<'_>,
    id: Uuid,
) -> Result<(FrdoPackage, Vec<FrdoPackageRow>, Permit)> {
    let (package, permit) = visible(ctx, id, &policy::GET_FRDO_PACKAGE_FILE).await?;
    let rows = store::rows(ctx.conn, id, None, None).await?;
    Ok((package, rows, permit))
}

/// Records what the register answered.
pub async fn answer_frdo_package(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    answer: Answer,
) -> Result<ShownPackage> {
    let package = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::ANSWER_FRDO_PACKAGE, &target(&package))?;
    if package.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let region = regions::region(ctx, package.region_id).await?;
    let formed_on = package.formed_at.with_timezone(&region.time_zone).date_naive();
    let today = ctx.today(region.time_zone);
    let answered = package.answered(answer, formed_on, today).map_err(|faults| refusal(&faults))?;
    store::save(ctx, &permit, &answered).await?;
    let change = Change::none().field("state", PackageState::Formed.as_str(), answered.state.as_str());
    ctx.audit(&permit, Subject { kind: "frdo_package", id }, change).await?;
    Ok(shown(ctx, answered))
}

/// Takes a package back that the register has not answered: its documents are free for the next one.
pub async fn withdraw_frdo_package(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    reason: String,
) -> Result<ShownPackage> {
    let package = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::WITHDRAW_FRDO_PACKAGE, &target(&package))?;
    if package.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let withdrawn = package.withdrawn(reason).map_err(|fault| refusal(&[fault]))?;
    store::save(ctx, &permit, &withdrawn).await?;
    let change = Change::none().field("state", PackageState::Formed.as_str(), withdrawn.state.as_str());
    ctx.audit(&permit, Subject { kind: "frdo_package", id }, change).await?;
    Ok(shown(ctx, withdrawn))
}

fn refusal(faults: &[PackageRefusal]) -> Error {
    if faults.contains(&PackageRefusal::Withdrawn) {
        return Error::new(Code::StateConflict).detail("Пакет отозван", "The package was withdrawn");
    }
    if faults.contains(&PackageRefusal::Answered) {
        return Error::new(Code::StateConflict)
            .detail("Ответ реестра уже записан", "The answer of the register is recorded already");
    }
    let problem = |fault: &PackageRefusal| match fault {
        PackageRefusal::Day => FieldProblem::new(
            "/answered_on",
            "date_out_of_range",
            Text::new(
                "День ещё не наступил, или пакет тогда ещё не был сформирован",
                "The day has not come, or the package was not formed by then",
            ),
        ),
        PackageRefusal::Silent | PackageRefusal::Answered | PackageRefusal::Withdrawn => FieldProblem::new(
            "/note",
            "required",
            Text::new("Почему реестр не принял пакет", "Why the register has not taken the package"),
        ),
    };
    Error::invalid(faults.iter().map(problem).collect())
}

/// 404 for whoever may not know of the package.
async fn visible(ctx: &Ctx<'_>, id: Uuid, rule: &'static Rule) -> Result<(FrdoPackage, Permit)> {
    let package = store::find(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, rule, &target(&package))?;
    Ok((package, permit))
}

fn target(package: &FrdoPackage) -> Target {
    Target::region(package.region_id).organization(package.organization_id, None)
}

fn shown(ctx: &Ctx<'_>, package: FrdoPackage) -> ShownPackage {
    let target = target(&package);
    let is_open = package.state == PackageState::Formed;
    let allowed_actions = [
        (&policy::LIST_FRDO_PACKAGE_ROWS, true),
        (&policy::GET_FRDO_PACKAGE_FILE, true),
        (&policy::ANSWER_FRDO_PACKAGE, is_open),
        (&policy::WITHDRAW_FRDO_PACKAGE, is_open),
    ]
    .into_iter()
    .filter(|(rule, possible)| *possible && may(ctx.actor, rule, &target))
    .map(|(rule, _)| rule.operation)
    .collect();
    ShownPackage { package, rejected: None, allowed_actions }
}
