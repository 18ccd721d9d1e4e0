//! Endpoints of personal data, and how callers say what they read it for.

use std::cell::Cell;
use std::collections::BTreeSet;

use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::dto::{
    MyDataView, PersonErasureCreate, PersonErasureView, PersonalDataReadPage, PersonalDataReadQuery,
};
use super::model::{ErasureAct, Purpose};
use super::service;
use crate::authz::Permit;
use crate::error::{Error, FieldProblem, Result, Text};
use crate::hours::credential_files::api::forget;
use crate::http::{Body, Call, Query, Reply};

/// Reads everything that is kept about oneself
///
/// Every record that says whose it is, of all cards of the person: name, work, documents, hours, learning, results, roles,
/// the login. Secrets and the bytes of files are left out; who read one's data is in `list_my_data_reads`.
#[utoipa::path(
    tag = "accounts", operation_id = "get_my_data",
    responses((status = 200, description = "Everything about the caller", body = MyDataView))
)]
#[get("/me/data")]
pub async fn get_my_data(call: Call) -> Result<Reply> {
    let sections = call.snapshot(async |ctx| service::get_my_data(ctx).await).await?;
    Reply::ok(&MyDataView {
        person_id: call.actor.person_id,
        merged_ids: call.actor.merged.clone(),
        sections: sections.into_iter().map(Into::into).collect(),
    })
}

/// Lists who read one's own personal data
///
/// Each time somebody else was shown it: in which role, by which operation, what for; the newest first.
#[utoipa::path(
    tag = "accounts", operation_id = "list_my_data_reads", params(PersonalDataReadQuery),
    responses((status = 200, description = "One page", body = PersonalDataReadPage))
)]
#[get("/me/data-reads")]
pub async fn list_my_data_reads(call: Call, query: Query<PersonalDataReadQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = ("data_reads", call.actor.person_id);
    let after = page.after::<(DateTime<Utc>, Uuid)>(&list)?;
    let found = call.read(async |ctx| service::list_my_data_reads(ctx, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &list, |last| (last.at, last.id))?;
    Reply::ok(&PersonalDataReadPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Erases the personal data of a person
///
/// By an act. Name and former names, СНИЛС, date of birth, address, scans of documents and the login are gone for good, of
/// all cards of the person, and from what was kept beside them: refused rows of files, answers that wait for a repeat, the
/// reasons of merges. Hours, documents, decisions and the journal stay, as the law demands of them; whoever checks a
/// document learns that it is genuine and no longer whose it is. Packages for the federal register stay as they were sent,
/// for their issuer alone. Nobody who works is erased. It cannot be undone.
#[utoipa::path(
    tag = "directory", operation_id = "erase_person", request_body = PersonErasureCreate,
    params(("id" = Uuid, Path, description = "The person's id")),
    responses((status = 200, description = "What was erased", body = PersonErasureView)),
    extensions(("x-if-match" = json!(true)))
)]
#[post("/persons/{id}/erasure")]
pub async fn erase_person(call: Call, id: web::Path<Uuid>, body: Body<PersonErasureCreate>) -> Result<Reply> {
    let if_match = call.if_match()?;
    let gone = Cell::new((Vec::new(), Vec::new()));
    let reply = call
        .write_once(async |ctx| {
            let act = ErasureAct::from(body.0.clone());
            let erased = service::erase_person(ctx, *id, if_match, &act).await?;
            gone.set((erased.accounts.clone(), erased.files.clone()));
            Reply::item(erased.version, &PersonErasureView::new(*id, act, &erased))
        })
        .await?;
    let (accounts, files) = gone.take();
    for account_id in accounts {
        call.app.identity.forget(account_id);
    }
    for name in files {
        forget(&call, Some(name)).await;
    }
    Ok(reply)
}

/// Records that the caller is shown personal data of somebody else, before the answer goes out. `whose`: region and person.
pub async fn record(call: &Call, permit: &Permit, whose: (Uuid, Uuid), purpose: Purpose) -> Result<()> {
    record_many(call, permit, (whose.0, BTreeSet::from([whose.1])), purpose).await
}

/// The same for an answer about several people.
pub async fn record_many(
    call: &Call,
    permit: &Permit,
    (region_id, people): (Uuid, BTreeSet<Uuid>),
    purpose: Purpose,
) -> Result<()> {
    let others: Vec<Uuid> = people.into_iter().filter(|person| !call.actor.is_person(*person)).collect();
    if others.is_empty() {
        return Ok(());
    }
    let what = (call.operation(), purpose);
    call.write(async |ctx| service::journal(ctx, permit, (region_id, &others), what).await).await
}

/// What the caller says that he reads personal data for (`X-Purpose`).
pub fn said_purpose(call: &Call) -> Result<Option<Purpose>> {
    let Some(header) = call.request().headers().get("x-purpose") else { return Ok(None) };
    let purpose = header.to_str().ok().map(str::trim).and_then(Purpose::parse);
    purpose.map(Some).ok_or_else(|| {
        let known = Purpose::ALL.map(Purpose::as_str).join(", ");
        let words = Text::owned(format!("Цель — одна из: {known}"), format!("A purpose is one of: {known}"));
        Error::invalid(vec![FieldProblem::new("X-Purpose", "unknown_value", words)])
    })
}
