//! What the items of a route refer to, read at once: a few statements, however long the route is.

use std::collections::HashMap;

use uuid::Uuid;

use super::super::model::{Activity, EvidenceRecord, NewActivity, RouteContent};
use super::case::Case;
use crate::db::Ctx;
use crate::diagnostics;
use crate::diagnostics::findings::service::unknown_findings;
use crate::diagnostics::needs::service::needs_of;
use crate::diagnostics::results::service::results_of;
use crate::directory::organizations::model::Organization;
use crate::directory::organizations::service::organizations;
use crate::error::Result;
use crate::registry::programs::model::{ModuleFacts, ProgramFacts};
use crate::registry::programs::service::{modules_facts, programs_facts};
use crate::registry::recommendations::service::recommendations_given_to;
use crate::training::offerings::model::Offering;
use crate::training::offerings::service::chosen_offerings;

/// What exists of the things named, and may be named by this learner's route.
pub(super) struct References {
    pub(super) offerings: HashMap<Uuid, Offering>,
    pub(super) programs: HashMap<Uuid, ProgramFacts>,
    pub(super) modules: HashMap<Uuid, ModuleFacts>,
    pub(super) providers: HashMap<Uuid, Organization>,
    /// Deficits of the learner that are not closed.
    pub(super) deficits: Vec<Uuid>,
    /// Open needs of the learner, or of a group of the learner's school or municipality.
    pub(super) needs: Vec<Uuid>,
    pub(super) findings: Vec<Uuid>,
    pub(super) recommendations: Vec<Uuid>,
    pub(super) results: Vec<Uuid>,
}

impl References {
    /// What these activities, and the rest of the content where it is given, refer to.
    pub(super) async fn of(
        ctx: &Ctx<'_>,
        case: &Case,
        activities: &[NewActivity],
        content: Option<&RouteContent>,
    ) -> Result<Self> {
        let person = case.route.person_id;
        let evidence =
            || content.into_iter().flat_map(|content| &content.evidence).filter_map(|it| it.record);
        let offerings =
            chosen_offerings(ctx, &ids(activities.iter().filter_map(|it| it.offering_id))).await?;
        let offerings: HashMap<Uuid, Offering> = offerings.into_iter().map(|it| (it.id, it)).collect();
        let programs = activities.iter().filter_map(|it| it.program_id);
        let programs = ids(programs.chain(offerings.values().filter_map(|it| it.data.program_id)));
        let modules = activities.iter().filter_map(|it| it.module_id);
        let modules = ids(modules.chain(offerings.values().filter_map(|it| it.data.module_id)));
        let providers = ids(activities.iter().filter_map(|it| it.provider_id));
        let needs = ids(activities.iter().flat_map(|it| it.need_ids.iter().copied()));
        let findings = ids(activities.iter().flat_map(|it| it.finding_ids.iter().copied()).chain(
            evidence().filter_map(|record| match record {
                EvidenceRecord::Finding(id) => Some(id),
                EvidenceRecord::Result(_) | EvidenceRecord::Deficit(_) => None,
            }),
        ));
        let recommendations = ids(activities.iter().flat_map(|it| it.recommendation_ids.iter().copied()));
        let results = ids(evidence().filter_map(|record| match record {
            EvidenceRecord::Result(id) => Some(id),
            EvidenceRecord::Finding(_) | EvidenceRecord::Deficit(_) => None,
        }));
        let places: Vec<Uuid> =
            [Some(case.route.organization_id), case.route.municipality_id].into_iter().flatten().collect();
        let (programs, modules, providers, deficits, needs, unknown, recommendations, results) = tokio::try_join!(
            programs_facts(ctx, &programs),
            modules_facts(ctx, &modules),
            organizations(ctx, &providers),
            diagnostics::service::open_deficits_of(ctx, person),
            needs_of(ctx, &needs, person, &places),
            unknown_findings(ctx, &findings),
            recommendations_given_to(ctx, &recommendations, person),
            results_of(ctx, &results, person),
        )?;
        let known = |(place, id): (usize, Uuid)| (!unknown.contains(&place)).then_some(id);
        Ok(Self {
            offerings,
            programs,
            modules,
            providers: providers.into_iter().map(|it| (it.id, it)).collect(),
            deficits: deficits.into_iter().map(|deficit| deficit.id).collect(),
            needs,
            findings: findings.into_iter().enumerate().filter_map(known).collect(),
            recommendations,
            results,
        })
    }

    /// What a route names already stays nameable: a deficit that was closed since, a need that was withdrawn, a
    /// finding or a recommendation that no longer stands, an offering that is over.
    pub(super) fn and_named_in(mut self, known: &[Activity]) -> Self {
        for activity in known {
            let data = &activity.data;
            self.deficits.extend(&data.deficit_ids);
            self.needs.extend(&data.need_ids);
            self.findings.extend(&data.finding_ids);
            self.recommendations.extend(&data.recommendation_ids);
        }
        self
    }
}

/// Each once, in a fixed order.
fn ids(all: impl Iterator<Item = Uuid>) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = all.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
