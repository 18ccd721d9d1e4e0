//! What a regulation demands of the employee in charge of the programs (куратор программ, P1-6, P1-18).

use super::model::RoleAssignment;
use super::store;
use crate::authz::Role;
use crate::db::Ctx;
use crate::directory::organizations::service::hold_organization;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::regulations::service::binding_regulation;

/// Refuses a curator without the act that the regulation of the school demands, and a second one beside the first. The
/// school is held, so that two who appoint one at once do not both find the seat free.
pub(super) async fn check(ctx: &Ctx<'_>, new: &RoleAssignment) -> Result<()> {
    let (Role::ProgramCurator, Some(school)) = (new.role, new.organization_id) else { return Ok(()) };
    let Some(regulation) = binding_regulation(ctx, school, new.valid_from).await? else { return Ok(()) };
    let Some(rule) = &regulation.profile.route.people.curator else { return Ok(()) };
    if rule.act_required && new.act.is_none() {
        let words = Text::new(
            "Положение требует акта: должностной инструкции с номером и датой",
            "The regulation demands the act: a job description with number and date",
        );
        let problem = FieldProblem::new("/act", "act_required", words);
        return Err(Error::invalid(vec![problem.because("P1-6", rule.paragraph.as_deref())]));
    }
    if !rule.one_per_school {
        return Ok(());
    }
    hold_organization(ctx, school).await?;
    if store::is_held_there(ctx.conn, new).await? {
        return Err(Error::new(Code::AlreadyExists).detail(
            "В это время программы курирует другой работник: по положению он один",
            "Somebody else is in charge of the programs at that time: the regulation knows one",
        ));
    }
    Ok(())
}
