//! Endpoints of programs.

pub mod facets;
pub mod versions;

use actix_web::{get, post, put, web};
use uuid::Uuid;

use super::dto::{
    ProgramBody, ProgramCreate, ProgramDecisionCreate, ProgramModuleBody, ProgramPage, ProgramQuery,
    ProgramUpdate, ProgramView,
};
use super::model::SearchKey;
use super::service::{self, ProgramContent, ShownProgram};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Writes a program
///
/// A draft with its modules, for the caller's own organization. Only the provider sees it until it is submitted.
#[utoipa::path(
    tag = "registry", operation_id = "create_program", request_body = ProgramCreate,
    responses((status = 201, description = "The new draft", body = ProgramView))
)]
#[post("/programs")]
pub async fn create_program(call: Call, body: Body<ProgramCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let content = |provider_id| content(&body.data, &body.modules, provider_id);
        let shown = service::create_program(ctx, body.provider_id, content).await?;
        let (location, version) = (format!("/api/v1/programs/{}", shown.program.id), shown.program.version);
        Reply::created(location, version, &view(shown))
    })
    .await
}

/// Finds programs
///
/// Russian full-text search with filters. Everybody in the region finds accepted programs; authors find what their
/// organization works on beside them, keepers of the registry what was submitted.
#[utoipa::path(
    tag = "registry", operation_id = "list_programs", params(ProgramQuery),
    responses((status = 200, description = "One page", body = ProgramPage))
)]
#[get("/programs")]
pub async fn list_programs(call: Call, query: Query<ProgramQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<SearchKey>(&query.0)?;
    let filter = query.filter()?;
    // A page comes out of one statement; the second one, for typing mistakes, begins only when the first found nothing,
    // so there is nothing that could disagree, as the parts of a publication could.
    let found =
        call.read(async |ctx| service::list_programs(ctx, &filter, &page, after.clone()).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| {
        let day = last.start.map(|start| start.today);
        (last.rank, last.program.data.title.clone(), last.program.id, day)
    })?;
    let items = items.into_iter().map(Into::into).collect();
    Reply::ok(&ProgramPage { items, next_cursor })
}

/// Reads a program
///
/// With all its modules; the `ETag` is needed to change it or to decide on it.
#[utoipa::path(
    tag = "registry", operation_id = "get_program",
    params(("id" = Uuid, Path, description = "The program's id")),
    responses((status = 200, description = "The program", body = ProgramView))
)]
#[get("/programs/{id}")]
pub async fn get_program(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_program(ctx, *id).await).await?)
}

/// Changes a program
///
/// Replaces everything said of a draft or of a returned program, modules included; the modules get new ids. Of an
/// accepted program it writes the next version, which is submitted and decided on while the one in force stays.
#[utoipa::path(
    tag = "registry", operation_id = "update_program", request_body = ProgramUpdate,
    params(("id" = Uuid, Path, description = "The program's id")),
    responses((status = 200, description = "The program as it is now", body = ProgramView))
)]
#[put("/programs/{id}")]
pub async fn update_program(call: Call, id: web::Path<Uuid>, body: Body<ProgramUpdate>) -> Result<Reply> {
    let if_match = call.if_match()?;
    let content = |provider_id| content(&body.data, &body.modules, provider_id);
    item(
        call.write(async |ctx| {
            service::update_program(ctx, *id, if_match, content, body.note.as_deref()).await
        })
        .await?,
    )
}

/// Submits a program
///
/// To the keeper of the registry, who accepts, returns or rejects it. Of an accepted program the next version.
#[utoipa::path(
    tag = "registry", operation_id = "submit_program", extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The program's id")),
    responses((status = 200, description = "The program as it is now", body = ProgramView))
)]
#[post("/programs/{id}/submission")]
pub async fn submit_program(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::submit_program(ctx, *id, if_match).await?)).await
}

/// Decides on a program
///
/// Accepts it, returns it with a reason and a date, or rejects it with a reason. Nobody decides on a program he
/// submitted himself.
#[utoipa::path(
    tag = "registry", operation_id = "decide_program", request_body = ProgramDecisionCreate,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The program's id")),
    responses((status = 200, description = "The program as it is now", body = ProgramView))
)]
#[post("/programs/{id}/decision")]
pub async fn decide_program(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ProgramDecisionCreate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let verdict = body.verdict()?;
    call.write_once(async |ctx| item(service::decide_program(ctx, *id, if_match, &verdict).await?)).await
}

fn content(data: &ProgramBody, modules: &[ProgramModuleBody], provider_id: Uuid) -> ProgramContent {
    let modules = modules.iter().cloned().map(|module| module.into_data(provider_id)).collect();
    ProgramContent { data: data.clone().into(), modules }
}

fn view(shown: ShownProgram) -> ProgramView {
    ProgramView::new(shown.program, shown.modules, shown.next, shown.allowed_actions)
}

fn item(shown: ShownProgram) -> Result<Reply> {
    Reply::item(shown.program.version, &view(shown))
}
