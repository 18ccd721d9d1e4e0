//! Lists of offerings.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::rows::OfferingRow;
use crate::db::Conn;
use crate::db::schema::{offering_partners, offerings, organizations};
use crate::error::Result;
use crate::training::offerings::model::Offering;
use crate::training::offerings::service::OfferingFilter;

/// What a caller sees, taken from scopes: offerings of his region that are announced, and planned ones that are
/// his own.
#[derive(Debug, Clone, Default)]
pub(in crate::training::offerings) struct Sight {
    /// The region whose announced offerings he sees; regions are tenants, so there is one.
    pub(in crate::training::offerings) region: Option<Uuid>,
    /// Organizations whose planned ones he sees.
    pub(in crate::training::offerings) organizations: Vec<Uuid>,
    /// The person, who sees the planned ones that he leads.
    pub(in crate::training::offerings) leaders: Vec<Uuid>,
}

/// One page, by first day.
pub(in crate::training::offerings) async fn list(
    conn: &Conn,
    sight: &Sight,
    filter: &OfferingFilter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Offering>> {
    let leads = offerings::leader_id
        .is_not_null()
        .and(offerings::leader_id.assume_not_null().eq_any(sight.leaders.clone()));
    let mut query = offerings::table
        .select(OfferingRow::as_select())
        .filter(offerings::region_id.eq(sight.region.unwrap_or_default()))
        .filter(
            offerings::opened_at
                .is_not_null()
                .or(offerings::organization_id.eq_any(sight.organizations.clone()))
                .or(leads),
        )
        .order((offerings::starts_on, offerings::id))
        .limit(fetch)
        .into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(offerings::kind.eq(kind.as_str()));
    }
    if let Some(state) = filter.state {
        query = query.filter(offerings::state.eq(state.as_str()));
    }
    if let Some(id) = filter.program_id {
        query = query.filter(offerings::program_id.assume_not_null().eq(id));
    }
    if let Some(id) = filter.module_id {
        query = query.filter(offerings::module_id.assume_not_null().eq(id));
    }
    if let Some(id) = filter.organization_id {
        let partner = offering_partners::table
            .filter(offering_partners::organization_id.eq(id))
            .select(offering_partners::offering_id);
        query = query.filter(offerings::organization_id.eq(id).or(offerings::id.eq_any(partner)));
    }
    if let Some(id) = filter.venue_id {
        let at_home = offerings::venue_id.is_null().and(offerings::organization_id.eq(id));
        let there = offerings::venue_id.is_not_null().and(offerings::venue_id.assume_not_null().eq(id));
        query = query.filter(there.or(at_home));
    }
    if let Some(id) = filter.municipality_id {
        query = query.filter(offerings::municipality_id.assume_not_null().eq(id));
    }
    if let Some(function) = filter.venue_function {
        let hosts = || {
            organizations::table
                .filter(organizations::functions.contains(vec![Some(function.as_str())]))
                .select(organizations::id)
        };
        let at_home = offerings::venue_id.is_null().and(offerings::organization_id.eq_any(hosts()));
        let there =
            offerings::venue_id.is_not_null().and(offerings::venue_id.assume_not_null().eq_any(hosts()));
        query = query.filter(there.or(at_home));
    }
    if let Some(form) = filter.study_form {
        query = query.filter(offerings::study_form.eq(form.as_str()));
    }
    if let Some(from) = filter.from {
        query = query.filter(offerings::ends_on.ge(from));
    }
    if let Some(until) = filter.until {
        query = query.filter(offerings::starts_on.le(until));
    }
    if let Some(seats) = filter.seats_free_min {
        query = query.filter((offerings::seats - offerings::seats_taken).ge(seats));
    }
    if let Some((starts_on, id)) = after {
        let same_day = offerings::starts_on.eq(starts_on).and(offerings::id.gt(id));
        query = query.filter(offerings::starts_on.gt(starts_on).or(same_day));
    }
    let rows: Vec<OfferingRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(OfferingRow::offering).collect()
}
