//! The roles that a row of staff brings, given by the use case behind the endpoint.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::table::Row;
use super::cells::{Cells, in_columns};
use super::told_forbidden;
use super::vocabulary::ROLE;
use crate::authz::Role;
use crate::db::Ctx;
use crate::directory::regions::service as regions;
use crate::directory::role_assignments::model::{
    Act, Holder, NewRoleAssignment, one_organization_in_a_region,
};
use crate::directory::role_assignments::service as role_assignments;
use crate::error::Result;

/// The roles a row names, with the act that gives them.
pub(super) struct Roles {
    roles: Vec<Role>,
    act: Option<Act>,
}

/// Reads them; none when a cell is wrong. A role that follows from an employment is none to be given.
pub(super) fn read(cells: &mut Cells<'_>) -> Option<Roles> {
    let (roles, act) = (cells.words("role", &ROLE), act(cells));
    Some(Roles { roles: roles?, act })
}

/// A role may be one person's alone at its organization, or one organization's alone in its region: rows that give roles
/// there meet.
pub(super) fn marks(row: &Row<'_>) -> Vec<String> {
    let mut marks = Vec::new();
    if let Some(cell) = row.cell("role") {
        marks.push(format!("r|{}", row.cell("organization_inn").unwrap_or_default()));
        let in_region = cell.split('|').filter_map(|word| ROLE.value(word)).any(one_organization_in_a_region);
        marks.extend(in_region.then(|| "r|region".to_owned()));
    }
    marks
}

/// Gives the person those of the roles that he or she does not hold there already; says whether there were any.
pub(super) async fn give_roles(
    ctx: &Ctx<'_>,
    person_id: Uuid,
    (organization_id, started_on): (Uuid, NaiveDate),
    Roles { roles, act }: &Roles,
) -> Result<bool> {
    let mut given = false;
    if roles.is_empty() {
        return Ok(given);
    }
    let first = regions::today(ctx, ctx.region_id()?).await?.max(started_on);
    for role in roles {
        let holders = role_assignments::holders_at(ctx, organization_id, *role, first).await?;
        if holders.contains(&person_id) {
            continue;
        }
        let new = NewRoleAssignment {
            holder: Holder::Person(person_id),
            role: *role,
            organization_id: Some(organization_id),
            act: act.clone(),
            valid_from: Some(first),
            valid_until: None,
        };
        let made = role_assignments::create_role_assignment(ctx, new).await;
        made.map_err(|refusal| in_columns(refusal, &[("/act", "act_number"), ("/", "role")])).map_err(
            |refusal| told_forbidden(refusal, "Эту роль даёте не вы", "You do not give this role"),
        )?;
        given = true;
    }
    Ok(given)
}

/// The act that gives the roles: both columns or none.
fn act(cells: &mut Cells<'_>) -> Option<Act> {
    let (number, date) = (cells.text_of("act_number", 1, 50), cells.date("act_date"));
    for (name, other) in [("act_number", "act_date"), ("act_date", "act_number")] {
        if cells.text(name).is_none() && cells.text(other).is_some() {
            cells.problem(
                name,
                "required",
                "Номер и дату приказа указывают вместе",
                "The number and the date of an act are given together",
            );
        }
    }
    number.zip(date).map(|(number, date)| Act { number, date })
}
