//! Issuing the papers of a whole offering.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Issuing, usual_kind};
use super::numbering::{Numbering, PaperNumber};
use super::policy::ISSUE_OFFERING_CREDENTIALS;
use crate::authz::{Target, authorize_seen};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::hours::clock::today;
use crate::hours::credentials::model::{CredentialData, NewCredential};
use crate::hours::credentials::service::{issue, rule_of_completion};
use crate::registry::programs::service::programs_facts;
use crate::training::enrollments::service::{EnrollmentLine, certifiable};
use crate::training::offerings::model::Offering;
use crate::training::offerings::service::visible_offering;
use crate::training::vocabulary::OfferingState;
use crate::values::{DocumentKind, ProgramKind};

/// Papers of one transaction.
const MOST: usize = 200;

/// What came of an offering.
#[derive(Debug)]
pub struct Issued {
    /// Of each enrollment, by the names of the people.
    pub papers: Vec<IssuedPaper>,
    /// How many more wait.
    pub left: usize,
}

/// What came of one enrollment.
#[derive(Debug)]
pub struct IssuedPaper {
    /// The enrollment.
    pub enrollment_id: Uuid,
    /// Who completed it.
    pub person_id: Uuid,
    /// The number of the paper.
    pub number: String,
    /// The new credential, or why there is none.
    pub credential: Result<Uuid>,
}

/// Issues a paper for each enrollment that was completed and has none.
pub async fn issue_offering_credentials(ctx: &Ctx<'_>, id: Uuid, issuing: &Issuing) -> Result<Issued> {
    let offering = visible_offering(ctx, id).await?;
    let organiser = Target::region(offering.region_id).organization(offering.organization_id, None);
    let permit = authorize_seen(ctx.actor, &ISSUE_OFFERING_CREDENTIALS, &organiser)?;
    refuse_unfinished(&offering)?;
    if issuing.issued_on > today(ctx).await? {
        return Err(Error::field(
            "/issued_on",
            "date_in_future",
            "День ещё не наступил",
            "The day has not come yet",
        ));
    }
    let kind = kind(ctx, &offering, issuing).await?;
    let mut numbering = Numbering::of(ctx, &offering, issuing, kind).await?;
    let mut waiting = certifiable(ctx, offering.id).await?;
    let left = waiting.len().saturating_sub(MOST);
    waiting.truncate(MOST);
    let numbers = numbering.take(ctx, waiting.len(), issuing.issued_on).await?;
    let mut papers: Vec<(usize, EnrollmentLine, PaperNumber)> = waiting
        .into_iter()
        .zip(numbers)
        .enumerate()
        .map(|(place, (line, number))| (place, line, number))
        .collect();
    // Numbers follow the names, locks follow the ids: two runs at once meet in one order and never in a ring.
    papers.sort_by_key(|(_, line, _)| (line.enrollment.person_id, line.enrollment.id));
    let mut issued = Vec::with_capacity(papers.len());
    for (place, line, number) in papers {
        let taken_until = number.taken_until;
        let paper = paper(ctx, kind, issuing.issued_on, line, number).await?;
        if paper.credential.is_ok() {
            numbering.used(taken_until);
        }
        issued.push((place, paper));
    }
    numbering.keep(ctx, &permit).await?;
    issued.sort_by_key(|(place, _)| *place);
    let papers: Vec<IssuedPaper> = issued.into_iter().map(|(_, paper)| paper).collect();
    let count = papers.iter().filter(|paper| paper.credential.is_ok()).count();
    let change = Change::none().field("credentials_issued", (), count);
    ctx.audit(&permit, Subject { kind: "offering", id }, change).await?;
    Ok(Issued { papers, left })
}

/// One paper, under a savepoint of its own. What broke is no answer about this paper: nothing is issued then.
async fn paper(
    ctx: &Ctx<'_>,
    kind: DocumentKind,
    issued_on: NaiveDate,
    line: EnrollmentLine,
    number: PaperNumber,
) -> Result<IssuedPaper> {
    let (enrollment_id, person_id) = (line.enrollment.id, line.enrollment.person_id);
    let shown = number.number.clone();
    let new = new_paper(kind, issued_on, line, number);
    let credential = if ctx.actor.is_person(person_id) {
        Err(Error::new(Code::SeparationOfDuties))
    } else {
        ctx.attempt(async |ctx| issue(ctx, new.clone()).await).await.map(|case| case.credential.id)
    };
    match credential {
        Err(refusal) if refusal.code.status() >= 500 => Err(refusal),
        credential => Ok(IssuedPaper { enrollment_id, person_id, number: shown, credential }),
    }
}

/// What the paper says: title and hours as the person was enrolled for them, the rest follows from the enrollment (P3-13).
fn new_paper(
    kind: DocumentKind,
    issued_on: NaiveDate,
    line: EnrollmentLine,
    number: PaperNumber,
) -> NewCredential {
    let enrollment = line.enrollment;
    NewCredential {
        person_id: enrollment.person_id,
        enrollment_id: Some(enrollment.id),
        data: CredentialData {
            issuer_id: Some(enrollment.provider_id),
            issuer_name: String::new(),
            kind,
            series: number.series,
            number: Some(number.number),
            registration_number: None,
            program_id: None,
            module_id: None,
            activity_id: None,
            program_kind: None,
            title: enrollment.title,
            hours: enrollment.hours,
            credited: false,
            started_on: None,
            completed_on: None,
            issued_on,
        },
        external: None,
        outside_route: Vec::new(),
    }
}

/// The kind of the papers; refused as a whole where the regulation leaves that document to somebody else.
async fn kind(ctx: &Ctx<'_>, offering: &Offering, issuing: &Issuing) -> Result<DocumentKind> {
    let rule = rule_of_completion(ctx, offering.organization_id, issuing.issued_on).await?;
    let whole_program = whole_program(ctx, offering).await?;
    let by_regulation = rule.kind();
    let kind = issuing.kind.unwrap_or_else(|| usual_kind(whole_program, by_regulation));
    rule.refuse_other_issuers(ctx, kind)?;
    Ok(kind)
}

/// The kind of the program, where the offering teaches the whole of one.
async fn whole_program(ctx: &Ctx<'_>, offering: &Offering) -> Result<Option<ProgramKind>> {
    match (offering.data.program_id, offering.data.module_id) {
        (Some(id), None) => Ok(programs_facts(ctx, &[id]).await?.get(&id).map(|program| program.kind)),
        _ => Ok(None),
    }
}

fn refuse_unfinished(offering: &Offering) -> Result<()> {
    if offering.state == OfferingState::Finished {
        return Ok(());
    }
    let words = Text::new(
        "Документы за всех выдают, когда обучение завершено",
        "Papers for everybody are issued once the offering is over",
    );
    Err(Error {
        fields: vec![FieldProblem::new("", "not_finished", words)],
        ..Error::new(Code::StateConflict)
    })
}
