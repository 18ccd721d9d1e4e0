//! Steps about credit books, credited learning, numbers of papers, duplicates, the federal register, and cards of people
//! that exist twice or are erased.

use super::requests::{Made, Request, made};
use crate::db::Ctx;
use crate::directory::person_merges::dto::PersonMergeCreate;
use crate::directory::person_merges::service as person_merges;
use crate::directory::persons::dto::PersonCreate;
use crate::directory::persons::service as persons;
use crate::error::Result;
use crate::hours::credit_book_flags::dto::{CreditBookFlagAnswer, CreditBookFlagCreate};
use crate::hours::credit_book_flags::service as flags;
use crate::hours::credit_books::dto::{CreditBookEntryCreate, CreditBookOpen, CreditBooksOpen};
use crate::hours::credit_books::service::{self as books, Outcome};
use crate::hours::credit_transfers::dto::{CreditTransferDecide, CreditTransferRequest};
use crate::hours::credit_transfers::service as transfers;
use crate::hours::duplicates::dto::DuplicateIssue;
use crate::hours::duplicates::service as duplicates;
use crate::hours::federal_details::dto::{CredentialFederalDetailsSet, PersonFederalDetailsSet};
use crate::hours::federal_details::service as federal_details;
use crate::hours::frdo::dto::{FrdoPackageAnswer, FrdoPackageCreate};
use crate::hours::frdo::service as frdo;
use crate::hours::number_ranges::dto::NumberRangeCreate;
use crate::hours::number_ranges::service as number_ranges;
use crate::hours::offering_credentials::dto::OfferingCredentialsIssue;
use crate::hours::offering_credentials::service as offering_credentials;
use crate::personal_data::dto::PersonErasureCreate;
use crate::personal_data::service as personal_data;

/// Carries the operation out, if it is one of these.
pub(super) async fn perform(ctx: &Ctx<'_>, operation: &str, request: &Request) -> Result<Option<Made>> {
    if let Some(made) = Box::pin(books(ctx, operation, request)).await? {
        return Ok(Some(made));
    }
    if let Some(made) = Box::pin(federal(ctx, operation, request)).await? {
        return Ok(Some(made));
    }
    let made = match operation {
        "create_number_range" => {
            let body = request.body::<NumberRangeCreate>()?;
            let organization_id = body.organization_id;
            made(number_ranges::create_number_range(ctx, organization_id, body.into()).await?.id)
        }
        "issue_offering_credentials" => {
            let issuing = request.body::<OfferingCredentialsIssue>()?.to_model()?;
            let offering_id = request.id()?;
            let issued = offering_credentials::issue_offering_credentials(ctx, offering_id, &issuing).await?;
            let papers = issued.papers.into_iter();
            let people = papers.map(|paper| Ok((paper.person_id, paper.credential?)));
            Made { people: people.collect::<Result<_>>()?, ..made(offering_id) }
        }
        "issue_duplicate" => {
            let new = request.body::<DuplicateIssue>()?.into();
            made(duplicates::issue_duplicate(ctx, request.id()?, new).await?.id)
        }
        "request_credit_transfer" => {
            let new = request.body::<CreditTransferRequest>()?.into();
            made(transfers::request_credit_transfer(ctx, new).await?.transfer.id)
        }
        "decide_credit_transfer" => {
            let event = request.body::<CreditTransferDecide>()?.into();
            let transfer = transfers::get_credit_transfer(ctx, request.id()?).await?.transfer;
            let (id, version) = (transfer.id, transfer.version);
            made(transfers::decide_credit_transfer(ctx, id, version, &event).await?.transfer.id)
        }
        "create_person" => {
            let new = request.body::<PersonCreate>()?.to_model()?;
            made(persons::create_person(ctx, new).await?.person.id)
        }
        "erase_person" => {
            let act = request.body::<PersonErasureCreate>()?.into();
            let person = persons::get_person(ctx, request.id()?).await?.person;
            personal_data::erase_person(ctx, person.id, person.version, &act).await?;
            made(person.id)
        }
        "create_person_merge" => {
            let new = request.body::<PersonMergeCreate>()?.into();
            made(person_merges::create_person_merge(ctx, new).await?.merge.id)
        }
        _ => return Ok(None),
    };
    Ok(Some(made))
}

/// Credit books, what is entered in them and what is said of that. Of many books each is known by its person.
async fn books(ctx: &Ctx<'_>, operation: &str, request: &Request) -> Result<Option<Made>> {
    let made = match operation {
        "open_credit_book" => {
            let person_id = request.body::<CreditBookOpen>()?.person_id;
            made(books::open_credit_book(ctx, person_id).await?.book.id)
        }
        "open_credit_books" => {
            let whom = request.body::<CreditBooksOpen>()?.whom()?;
            let opened = books::open_credit_books(ctx, whom).await?.outcomes.into_iter();
            let people = opened.filter_map(|(person_id, outcome)| match outcome {
                Outcome::Opened(id) | Outcome::Known(id) => Some((person_id, id)),
                Outcome::Refused(_) => None,
            });
            Made { people: people.collect(), ..Made::default() }
        }
        "write_credit_book_entry" => {
            let new = request.body::<CreditBookEntryCreate>()?.to_model()?;
            made(books::write_credit_book_entry(ctx, new).await?.entry.id)
        }
        "flag_credit_book" => {
            let new = request.body::<CreditBookFlagCreate>()?.to_model()?;
            made(flags::flag_credit_book(ctx, request.id()?, new).await?.flag.id)
        }
        "answer_credit_book_flag" => {
            let answer = request.body::<CreditBookFlagAnswer>()?.into();
            let flag = flags::get_credit_book_flag(ctx, request.id()?).await?.flag;
            made(flags::answer_credit_book_flag(ctx, flag.id, flag.version, answer).await?.flag.id)
        }
        _ => return Ok(None),
    };
    Ok(Some(made))
}

/// What the federal register asks, and packages for it.
async fn federal(ctx: &Ctx<'_>, operation: &str, request: &Request) -> Result<Option<Made>> {
    let made = match operation {
        "set_person_federal_details" => {
            let details = request.body::<PersonFederalDetailsSet>()?.into();
            let person_id = request.id()?;
            let (known, ..) = federal_details::get_person_federal_details(ctx, person_id).await?;
            federal_details::set_person_federal_details(ctx, person_id, known.version, details).await?;
            made(person_id)
        }
        "set_credential_federal_details" => {
            let details = request.body::<CredentialFederalDetailsSet>()?.into();
            let id = request.id()?;
            let version = federal_details::get_credential_federal_details(ctx, id).await?.version;
            federal_details::set_credential_federal_details(ctx, id, version, details).await?;
            made(id)
        }
        "create_frdo_package" => {
            let wanted = request.body::<FrdoPackageCreate>()?.into();
            made(frdo::create_frdo_package(ctx, &wanted).await?.package.id)
        }
        "answer_frdo_package" => {
            let answer = request.body::<FrdoPackageAnswer>()?.into();
            let package = frdo::get_frdo_package(ctx, request.id()?).await?.package;
            made(frdo::answer_frdo_package(ctx, package.id, package.version, answer).await?.package.id)
        }
        _ => return Ok(None),
    };
    Ok(Some(made))
}
