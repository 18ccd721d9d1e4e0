//! What an announcement may name: offerings of the region, associations of its place that have a head.

use uuid::Uuid;

use crate::db::Ctx;
use crate::directory::associations::service::known_associations;
use crate::error::{FieldProblem, Result, Text};
use crate::registry::announcements::model::NewNamed;
use crate::training::offerings::service::announced_offerings;

/// The offerings that are not announced in the region.
pub(super) async fn unknown_offerings(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    ids: &[Uuid],
) -> Result<Vec<FieldProblem>> {
    let known = announced_offerings(ctx, region_id, ids).await?;
    let words = || {
        Text::new(
            "Среди открытых и идущих проведений региона такого нет",
            "There is no such offering among the open and running ones of the region",
        )
    };
    let unknown = ids.iter().enumerate().filter(|(_, id)| !known.contains(id));
    Ok(unknown
        .map(|(index, _)| FieldProblem::new(format!("/data/offering_ids/{index}"), "unknown", words()))
        .collect())
}

/// The associations with their heads of today, and those that cannot be named: not of the place of the announcement, not
/// known to the actor, or without a head (P3-12).
pub(super) async fn associations(
    ctx: &Ctx<'_>,
    (region_id, municipality_id, organization_id): (Uuid, Option<Uuid>, Option<Uuid>),
    ids: &[Uuid],
) -> Result<(Vec<NewNamed>, Vec<FieldProblem>)> {
    let known = known_associations(ctx, ids).await?;
    let (mut named, mut problems) = (Vec::new(), Vec::new());
    for (index, id) in ids.iter().enumerate() {
        let here = known.iter().find(|association| {
            association.id == *id
                && association.region_id == region_id
                && (municipality_id.is_none() || association.municipality_id == municipality_id)
                && organization_id.is_none_or(|school| association.organization_id == school)
        });
        let pointer = format!("/data/association_ids/{index}");
        let Some(association) = here else {
            let words = Text::new("Такого объединения здесь нет", "There is no such association here");
            problems.push(FieldProblem::new(pointer, "unknown", words));
            continue;
        };
        let Some(head_person_id) = association.data.head_person_id else {
            let words = Text::new("У объединения нет руководителя", "The association has no head");
            problems.push(FieldProblem::new(pointer, "head_missing", words).because("P3-12", None));
            continue;
        };
        let name = association.data.name.clone();
        named.push(NewNamed { association_id: association.id, name, head_person_id });
    }
    Ok((named, problems))
}
