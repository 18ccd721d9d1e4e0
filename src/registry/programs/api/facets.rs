//! The endpoint of the counts beside a search.

use actix_web::get;

use crate::error::Result;
use crate::http::{Call, Query, Reply};
use crate::registry::programs::dto::{ProgramFacetList, ProgramQuery};
use crate::registry::programs::service;

/// Counts what a search finds
///
/// How many of the programs that the same query lists have which value, filter by filter; the 50 most frequent values of
/// each. `sort`, `limit` and `cursor` change nothing.
#[utoipa::path(
    tag = "registry", operation_id = "list_program_facets", params(ProgramQuery),
    extensions(("x-whole-list" = json!(true))),
    responses((status = 200, description = "The counts", body = ProgramFacetList))
)]
#[get("/programs/facets")]
pub async fn list_program_facets(call: Call, query: Query<ProgramQuery>) -> Result<Reply> {
    let filter = query.filter()?;
    let counts = call.read(async |ctx| service::list_program_facets(ctx, &filter).await).await?;
    Reply::ok(&ProgramFacetList::from(counts))
}
