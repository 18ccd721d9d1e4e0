//! What a card says of its year, put together from the route, its papers and diagnostics.

use uuid::Uuid;

use super::super::content::{CardActivity, CardContent, CardCredential, CardDeficits, CardStage};
use super::super::model::{GrowthCard, PaperFacts};
use crate::db::Ctx;
use crate::diagnostics::service::open_deficits_of;
use crate::error::{Error, Result};
use crate::hours::credentials::model::Credential;
use crate::hours::credentials::service::standing_of;
use crate::learning_routes::model::{Activity, RouteDraft};
use crate::learning_routes::service::{Case, closings};

/// The papers of a card: those handed in with it, and those that completed its activities.
pub(super) struct Papers(Vec<Credential>);

impl Papers {
    /// What those that are handed in are about.
    pub(super) fn attached(&self, card: &GrowthCard) -> Vec<PaperFacts> {
        let attached = self.0.iter().filter(|paper| card.credential_ids.contains(&paper.id));
        attached
            .map(|paper| PaperFacts {
                activity_id: paper.data.activity_id,
                program_id: paper.data.program_id,
            })
            .collect()
    }
}

/// Reads the papers of a card.
pub(super) async fn papers_of(
    ctx: &Ctx<'_>,
    case: &Case,
    draft: &RouteDraft,
    card: &GrowthCard,
) -> Result<Papers> {
    let mut ids: Vec<Uuid> = card.credential_ids.clone();
    ids.extend(of_period(draft, card).filter_map(|activity| activity.completed_by));
    ids.sort_unstable();
    ids.dedup();
    Ok(Papers(standing_of(ctx, case.route.person_id, &ids).await?))
}

/// Activities that lie in the period or were done in it.
fn of_period<'a>(draft: &'a RouteDraft, card: &'a GrowthCard) -> impl Iterator<Item = &'a Activity> {
    draft.activities.iter().filter(|activity| {
        let planned = card.period.meets(activity.data.starts_on, activity.data.ends_on);
        let done = activity.state.completed_on();
        planned || done.is_some_and(|day| card.period.holds(day))
    })
}

/// What the card says as the data are now.
pub(super) async fn assembled(
    ctx: &Ctx<'_>,
    case: &Case,
    draft: &RouteDraft,
    card: &GrowthCard,
    papers: &Papers,
) -> Result<CardContent> {
    let (closed, open) =
        tokio::try_join!(closings(ctx, case.route.id), open_deficits_of(ctx, case.route.person_id))?;
    let activities = of_period(draft, card).map(|activity| CardActivity {
        id: activity.id,
        kind: activity.data.kind,
        part: activity.data.part,
        title: activity.data.title.clone(),
        hours: activity.data.hours,
        starts_on: activity.data.starts_on,
        ends_on: activity.data.ends_on,
        completed_on: activity.state.completed_on(),
        credential_id: activity.completed_by,
    });
    let stages = draft.stages.iter().filter_map(|stage| {
        let closing = closed.iter().find(|closing| closing.stage_id == stage.id)?;
        let in_period = card.period.holds(closing.closed_on);
        in_period.then(|| CardStage {
            id: stage.id,
            title: stage.title.clone(),
            closed_on: closing.closed_on,
        })
    });
    let credentials = papers.0.iter().map(|paper| CardCredential {
        id: paper.id,
        kind: paper.data.kind,
        title: paper.data.title.clone(),
        issuer_name: paper.data.issuer_name.clone(),
        hours: paper.data.hours,
        issued_on: paper.data.issued_on,
    });
    let answered = draft.deficit_ids();
    let left = answered.iter().filter(|id| open.iter().any(|deficit| deficit.id == **id)).count();
    let number = |count: usize| u32::try_from(count).map_err(Error::internal);
    Ok(CardContent {
        activities: activities.collect(),
        stages: stages.collect(),
        credentials: credentials.collect(),
        deficits: CardDeficits { answered: number(answered.len())?, closed: number(answered.len() - left)? },
    })
}
