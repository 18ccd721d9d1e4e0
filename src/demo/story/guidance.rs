//! Steps about directions, the state assignment, needs, announcements, recommendations and consultations.

use super::requests::{Made, Request, made};
use crate::db::Ctx;
use crate::diagnostics::findings::dto::OutcomeFindingCreate;
use crate::diagnostics::findings::service as findings;
use crate::diagnostics::need_campaigns::dto::NeedCampaignCreate;
use crate::diagnostics::need_campaigns::service as need_campaigns;
use crate::diagnostics::needs::dto::NeedCreate;
use crate::diagnostics::needs::service as needs;
use crate::error::Result;
use crate::registry::announcements::dto::{AnnouncementCreate, SchoolAcknowledgementCreate};
use crate::registry::announcements::service as announcements;
use crate::registry::directions::dto::{DirectionListApproval, DirectionListCreate, DirectionPrograms};
use crate::registry::directions::model::Approval;
use crate::registry::directions::service as directions;
use crate::registry::recommendations::dto::RecommendationCreate;
use crate::registry::recommendations::service as recommendations;
use crate::registry::state_assignments::dto::StateAssignmentCreate;
use crate::registry::state_assignments::service as state_assignments;
use crate::support::consultations::dto::ConsultationCreate;
use crate::support::consultations::service as consultations;

/// Carries the operation out, if it is one of these.
pub(super) async fn perform(ctx: &Ctx<'_>, operation: &str, request: &Request) -> Result<Option<Made>> {
    let made = match operation {
        "create_outcome_finding" => {
            let body = request.body::<OutcomeFindingCreate>()?;
            made(findings::create_outcome_finding(ctx, body.organization_id, body.data.into()).await?.id)
        }
        "create_direction_list" => {
            let body = request.body::<DirectionListCreate>()?;
            let shown = directions::create_direction_list(ctx, body.year, body.data.into()).await?;
            let parts = shown.directions.iter().map(|direction| direction.id).collect();
            Made { parts, ..made(shown.list.id) }
        }
        "approve_direction_list" => {
            let body = request.body::<DirectionListApproval>()?;
            let approval = Approval { act_number: body.act_number, act_date: body.act_date };
            let list = directions::get_direction_list(ctx, request.id()?).await?.list;
            made(directions::approve_direction_list(ctx, list.id, list.version, approval).await?.list.id)
        }
        "set_direction_programs" => {
            let programs = request.body::<DirectionPrograms>()?.program_ids;
            let direction = directions::get_priority_direction(ctx, request.id()?).await?.direction;
            directions::set_direction_programs(ctx, direction.id, direction.version, programs).await?;
            made(direction.id)
        }
        "create_state_assignment" => {
            let new = request.body::<StateAssignmentCreate>()?.into();
            made(state_assignments::create_state_assignment(ctx, new).await?.assignment.id)
        }
        "create_need_campaign" => {
            let body = request.body::<NeedCampaignCreate>()?;
            let (campaign, _) =
                need_campaigns::create_need_campaign(ctx, body.municipality_id, body.data.into()).await?;
            made(campaign.id)
        }
        "record_need" => made(needs::record_need(ctx, request.body::<NeedCreate>()?.into()).await?.id),
        "create_announcement" => {
            let body = request.body::<AnnouncementCreate>()?;
            let for_whom = body.organization_id;
            made(announcements::create_announcement(ctx, for_whom, body.data.into()).await?.id)
        }
        "acknowledge_announcement" => {
            announcements::acknowledge_announcement(ctx, request.id()?).await?;
            Made::default()
        }
        "acknowledge_announcement_for_school" => {
            let school = request.body::<SchoolAcknowledgementCreate>()?.organization_id;
            announcements::acknowledge_announcement_for_school(ctx, request.id()?, school).await?;
            Made::default()
        }
        "create_recommendation" => {
            let body = request.body::<RecommendationCreate>()?;
            made(recommendations::create_recommendation(ctx, body.person_id, body.into()).await?.id)
        }
        "record_consultation" => {
            let body = request.body::<ConsultationCreate>()?;
            let (place, person, data) = (body.organization_id, body.person_id, body.data.into());
            made(consultations::record_consultation(ctx, place, person, data).await?.id)
        }
        _ => return Ok(None),
    };
    Ok(Some(made))
}
