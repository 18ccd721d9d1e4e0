//! Queries on comments.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{About, Access, Comment};
use crate::authz::{Permit, Role};
use crate::db::schema::{persons, route_comments};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::values::PersonName;

#[derive(Queryable, Selectable)]
#[diesel(table_name = route_comments)]
struct CommentRow {
    id: Uuid,
    route_id: Uuid,
    activity_id: Option<Uuid>,
    stage_report_id: Option<Uuid>,
    growth_card_id: Option<Uuid>,
    revision_id: Option<Uuid>,
    author_id: Uuid,
    author_role: String,
    organization_id: Option<Uuid>,
    text: String,
    created_at: DateTime<Utc>,
}

fn comment((row, (last, first, middle)): (CommentRow, (String, String, Option<String>))) -> Result<Comment> {
    Ok(Comment {
        id: row.id,
        route_id: row.route_id,
        about: About {
            activity_id: row.activity_id,
            stage_report_id: row.stage_report_id,
            growth_card_id: row.growth_card_id,
            revision_id: row.revision_id,
        },
        author_id: row.author_id,
        author_name: PersonName::new(&last, &first, middle.as_deref()).map_err(Error::internal)?,
        author_role: Role::parse(&row.author_role)
            .ok_or_else(|| Error::internal("unknown role in the database"))?,
        organization_id: row.organization_id,
        text: row.text,
        created_at: row.created_at,
    })
}

pub(super) async fn list(
    conn: &Conn,
    route_id: Uuid,
    access: &Access,
    about: &About,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Comment>> {
    let mut query = route_comments::table
        .inner_join(persons::table.on(persons::id.eq(route_comments::author_id)))
        .filter(route_comments::route_id.eq(route_id))
        .order((route_comments::created_at, route_comments::id))
        .select((CommentRow::as_select(), (persons::last_name, persons::first_name, persons::middle_name)))
        .limit(fetch)
        .into_boxed();
    if let Access::Lines(lines) = access {
        query = query.filter(route_comments::activity_id.assume_not_null().eq_any(lines));
    }
    if let Some(id) = about.activity_id {
        query = query.filter(route_comments::activity_id.assume_not_null().eq(id));
    }
    if let Some(id) = about.stage_report_id {
        query = query.filter(route_comments::stage_report_id.assume_not_null().eq(id));
    }
    if let Some(id) = about.growth_card_id {
        query = query.filter(route_comments::growth_card_id.assume_not_null().eq(id));
    }
    if let Some(id) = about.revision_id {
        query = query.filter(route_comments::revision_id.assume_not_null().eq(id));
    }
    if let Some((moment, id)) = after {
        let same = route_comments::created_at.eq(moment).and(route_comments::id.gt(id));
        query = query.filter(route_comments::created_at.gt(moment).or(same));
    }
    let rows = query.load(&mut &*conn).await?;
    rows.into_iter().map(comment).collect()
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, said: &Comment) -> Result<()> {
    diesel::insert_into(route_comments::table)
        .values((
            route_comments::id.eq(said.id),
            route_comments::route_id.eq(said.route_id),
            route_comments::activity_id.eq(said.about.activity_id),
            route_comments::stage_report_id.eq(said.about.stage_report_id),
            route_comments::growth_card_id.eq(said.about.growth_card_id),
            route_comments::revision_id.eq(said.about.revision_id),
            route_comments::author_id.eq(said.author_id),
            route_comments::author_role.eq(said.author_role.as_str()),
            route_comments::organization_id.eq(said.organization_id),
            route_comments::text.eq(&said.text),
            route_comments::created_at.eq(said.created_at),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
