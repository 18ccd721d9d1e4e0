//! The endpoint of participation.

use actix_web::get;
use uuid::Uuid;

use super::dto::{ParticipationPage, ParticipationQuery};
use super::service::{self, Asked};
use crate::error::Result;
use crate::http::{Call, Query, Reply};

/// Lists who takes part
///
/// School by school, by name: people with routes, in training and through with it, and what was submitted into the stages of
/// cycles. The department controls state organizations by `state_organization=true` (P2-39); a municipality reads its own
/// schools, another's are refused (P2-41). Numbers only, small groups hidden as in measures.
#[utoipa::path(
    tag = "monitoring", operation_id = "list_participation", params(ParticipationQuery),
    responses((status = 200, description = "One page", body = ParticipationPage))
)]
#[get("/participation")]
pub async fn list_participation(call: Call, query: Query<ParticipationQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(String, Uuid)>(&query.0)?;
    let asked = Asked {
        organization_id: query.organization_id,
        state_organization: query.state_organization,
        from: query.from,
        until: query.until,
    };
    let found = call
        .snapshot(async |ctx| service::list_participation(ctx, asked, &page, after.clone()).await)
        .await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.name.clone(), last.organization_id))?;
    Reply::ok(&ParticipationPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}
