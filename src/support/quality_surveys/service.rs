//! Use cases of surveys of the quality of training.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{QualitySurvey, SurveyData};
use super::{policy, store};
use crate::authz::{Target, authorize, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::service::{organization, target as place_target};
use crate::directory::regions::service::today;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::regulations::profile::MonitoringSubject;
use crate::regulations::service::binding_regulation;
use crate::training::offerings::service::visible_offering;

pub use super::store::Filter;

/// Records a survey of an offering with its result and conclusion (P2-32).
pub async fn record_quality_survey(
    ctx: &Ctx<'_>,
    offering_id: Uuid,
    data: SurveyData,
) -> Result<QualitySurvey> {
    let known = |refusal: Error| refusal.in_body("/offering_id");
    let offering = visible_offering(ctx, offering_id).await.map_err(known)?;
    let place = organization(ctx, offering.organization_id).await?;
    let target = place_target(&place);
    if !may(ctx.actor, &policy::RECORD_QUALITY_SURVEY, &target) {
        return Err(nobody());
    }
    let day = today(ctx, place.region_id).await?;
    let regulation = binding_regulation(ctx, place.id, day).await?.ok_or_else(not_used)?;
    let rules = &regulation.profile.monitoring.monitorings;
    let rule = rules.iter().find(|rule| rule.subject == MonitoringSubject::ProgramQuality);
    let rule = rule.ok_or_else(not_used)?;
    let named = ctx.actor.in_roles(&rule.held_by);
    if !may(&named, &policy::RECORD_QUALITY_SURVEY, &target) {
        return Err(nobody());
    }
    let permit = authorize(&named, &policy::RECORD_QUALITY_SURVEY, &target)?;
    let problems = data.problems(&offering, day, rule.paragraph.as_deref());
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let survey = QualitySurvey {
        id: new_id(),
        region_id: place.region_id,
        municipality_id: place.municipality_id,
        organization_id: place.id,
        held_by_id: permit.organization_id().ok_or(Error::new(Code::Forbidden))?,
        regulation_id: regulation.id,
        offering_id,
        data,
        version: 1,
    };
    store::insert(ctx, &permit, &survey).await?;
    let change = Change::none().field("offering_id", (), offering_id.to_string());
    ctx.audit(&permit, Subject { kind: "quality_survey", id: survey.id }, change).await?;
    Ok(survey)
}

/// One page of the surveys the actor may see, the newest first.
pub async fn list_quality_surveys(
    ctx: &Ctx<'_>,
    filter: Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<QualitySurvey>> {
    let scope = scope(ctx.actor, &policy::LIST_QUALITY_SURVEYS)?;
    store::list(ctx.conn, &scope, filter, page.fetch(), after).await
}

/// One survey.
pub async fn get_quality_survey(ctx: &Ctx<'_>, id: Uuid) -> Result<QualitySurvey> {
    let survey = store::find(ctx.conn, id).await?;
    let target =
        Target::region(survey.region_id).organization(survey.organization_id, survey.municipality_id);
    authorize(ctx.actor, &policy::GET_QUALITY_SURVEY, &target)?;
    Ok(survey)
}

fn nobody() -> Error {
    Error::new(Code::Forbidden).detail(
        "Мониторинг качества этого обучения проводит по положению другая сторона",
        "By the regulation somebody else monitors the quality of this training",
    )
}

fn not_used() -> Error {
    Error::field(
        "",
        "not_used",
        "Положение не знает мониторинга качества программ",
        "The regulation knows no monitoring of the quality of programs",
    )
}
