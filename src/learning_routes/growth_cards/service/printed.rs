//! A card with the names that stand on paper.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{ShownCard, read};
use crate::db::Ctx;
use crate::directory::organizations::service::organization;
use crate::directory::persons::service::sheet_of;
use crate::error::Result;

/// A card as it is printed.
#[derive(Debug, Clone)]
pub struct PrintedCard {
    /// The card.
    pub shown: ShownCard,
    /// Title of the route.
    pub route_title: String,
    /// Title of the regulation.
    pub regulation_title: String,
    /// The learner's name.
    pub learner_name: String,
    /// The learner's post at the school.
    pub position: Option<String>,
    /// The school.
    pub organization_name: String,
    /// Who accepted or returned it.
    pub decider_name: Option<String>,
    /// Today by the region's clock.
    pub today: NaiveDate,
}

/// The card of a route for a year, to be printed: whoever may read it may have it.
pub async fn growth_card_to_print(ctx: &Ctx<'_>, route_id: Uuid, year: i32) -> Result<PrintedCard> {
    let (case, shown) = read(ctx, route_id, year).await?;
    let (learner, school) =
        tokio::try_join!(sheet_of(ctx, shown.person_id), organization(ctx, shown.organization_id))?;
    let decider = match shown.card.resolution.as_ref().and_then(|said| said.by) {
        Some(id) => Some(sheet_of(ctx, id).await?.person.data.name.to_string()),
        None => None,
    };
    let post = case.learner.employed_on(case.today).find(|work| work.organization_id == school.id);
    Ok(PrintedCard {
        shown,
        route_title: case.route.title.clone(),
        regulation_title: case.regulation.title.clone(),
        learner_name: learner.person.data.name.to_string(),
        position: post.map(|work| work.position.clone()),
        organization_name: school.data.name,
        decider_name: decider,
        today: case.today,
    })
}
