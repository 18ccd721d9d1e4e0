//! What a proposal rests on: deficits, norm, recommendations, and the programs on offer.

use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::Uuid;

use super::super::model::{MOST_TOPICS, Topics};
use super::ProposalAsked;
use crate::db::Ctx;
use crate::diagnostics::service::{Deficit, DeficitState, may_know_deficits, open_deficits_of};
use crate::error::{Code, Error, Result};
use crate::hours::balances::service::{NormAhead, norm_ahead};
use crate::learning_routes::rules::position_of;
use crate::learning_routes::service::Beginning;
use crate::registry::programs::model::{OfferedProgram, OptionsAsked, ProgramAudience};
use crate::registry::programs::service::{chooses_from_registry, program_options};
use crate::registry::provider_licences::providers::Providers;
use crate::registry::recommendations::model::RecommendedProgram;
use crate::registry::recommendations::service::programs_recommended_to;
use crate::regulations::profile::{LearnerPosition, OutsideRegistryPolicy};
use crate::values::Hours;

/// An open deficit of the learner.
pub(super) struct OpenDeficit {
    pub(super) id: Uuid,
    pub(super) competency_id: Uuid,
    pub(super) weight: i32,
    /// Its place among the topics; none when there are more than one proposal takes.
    pub(super) topic: Option<Topics>,
}

/// Everything a proposal rests on.
pub(super) struct Facts {
    /// Open deficits, the heaviest first.
    pub(super) deficits: Vec<OpenDeficit>,
    /// The place of each competency among the topics.
    pub(super) topics: HashMap<Uuid, usize>,
    /// The weight of each topic.
    pub(super) weights: Vec<i32>,
    /// The deficits of each topic.
    pub(super) deficits_by_topic: Vec<(Topics, Vec<Uuid>)>,
    pub(super) norm: NormAhead,
    /// Hours of the norm that are to be made up for.
    pub(super) lacking: Hours,
    pub(super) recommendations: Vec<(Uuid, RecommendedProgram)>,
    pub(super) providers: Providers,
    /// Only programs of the active registry are suggested.
    pub(super) only_registry: bool,
    pub(super) programs: Vec<OfferedProgram>,
}

impl Facts {
    /// Reads them.
    pub(super) async fn read(ctx: &Ctx<'_>, begun: &Beginning, asked: &ProposalAsked) -> Result<Self> {
        if !may_know_deficits(ctx.actor, &begun.target) {
            return Err(Error::new(Code::Forbidden));
        }
        let organization_id = begun.work.organization_id;
        let days = (begun.today, asked.ends_on);
        let (deficits, (norm, providers), recommendations, from_registry) = tokio::try_join!(
            open_deficits_of(ctx, begun.person.id),
            norm_ahead(ctx, &begun.person, organization_id, &begun.regulation, days),
            programs_recommended_to(ctx, begun.person.id),
            chooses_from_registry(ctx, organization_id, begun.today),
        )?;
        let lacking = if asked.cover_norm { norm.missing } else { Hours::ZERO };
        let choice = begun.regulation.profile.route.activities.program_choice.as_ref();
        let policy = choice.map_or(OutsideRegistryPolicy::Free, |rule| rule.outside_registry);
        let only_registry = match policy {
            OutsideRegistryPolicy::Forbid => true,
            OutsideRegistryPolicy::Flag => from_registry,
            OutsideRegistryPolicy::Free => false,
        };
        let (deficits, weights) = weighed(deficits);
        let topics: HashMap<Uuid, usize> =
            weights.iter().enumerate().map(|(place, (competency, _))| (*competency, place)).collect();
        let options = OptionsAsked {
            region_id: begun.person.region_id,
            competency_ids: topics.keys().copied().collect(),
            others_too: lacking.is_positive(),
            program_ids: asked.wishes.must_program_ids.clone(),
            audience: match position_of(&begun.work.position) {
                LearnerPosition::Head => ProgramAudience::Head,
                LearnerPosition::Teacher => ProgramAudience::Teacher,
            },
            education_levels: begun.work.education_levels.clone(),
            today: begun.today,
        };
        let programs = program_options(ctx, &options).await?;
        let deficits: Vec<OpenDeficit> = deficits
            .into_iter()
            .map(|deficit| OpenDeficit {
                topic: topics.get(&deficit.competency_id).map(|place| Topics::only(*place)),
                ..deficit
            })
            .collect();
        let mut by_topic: BTreeMap<Topics, Vec<Uuid>> = BTreeMap::new();
        for deficit in &deficits {
            if let Some(topic) = deficit.topic {
                by_topic.entry(topic).or_default().push(deficit.id);
            }
        }
        Ok(Self {
            deficits,
            topics,
            weights: weights.into_iter().map(|(_, weight)| weight).collect(),
            deficits_by_topic: by_topic.into_iter().collect(),
            norm,
            lacking,
            recommendations,
            providers,
            only_registry,
            programs,
        })
    }

    /// What is recommended to the learner.
    pub(super) fn recommended(&self) -> HashSet<RecommendedProgram> {
        self.recommendations.iter().map(|(_, what)| *what).collect()
    }
}

/// The deficits that nothing answers yet, the heaviest first, and the competencies with their weights.
fn weighed(deficits: Vec<Deficit>) -> (Vec<OpenDeficit>, Vec<(Uuid, i32)>) {
    let open = deficits.into_iter().filter(|deficit| deficit.state == DeficitState::Open);
    let mut deficits: Vec<OpenDeficit> = open
        .map(|deficit| {
            let hundredths = deficit.weight.number() * rust_decimal::Decimal::ONE_HUNDRED;
            let weight = i32::try_from(hundredths.trunc()).unwrap_or(1).max(1);
            OpenDeficit {
                id: deficit.id,
                competency_id: deficit.competency_id,
                weight: weight.saturating_mul(i32::from(deficit.severity).max(1)),
                topic: None,
            }
        })
        .collect();
    deficits.sort_by_key(|deficit| (std::cmp::Reverse(deficit.weight), deficit.id));
    let mut weights: BTreeMap<Uuid, i32> = BTreeMap::new();
    for deficit in &deficits {
        let weight = weights.entry(deficit.competency_id).or_default();
        *weight = weight.saturating_add(deficit.weight);
    }
    let mut weights: Vec<(Uuid, i32)> = weights.into_iter().collect();
    weights.sort_by_key(|(competency, weight)| (std::cmp::Reverse(*weight), *competency));
    weights.truncate(MOST_TOPICS);
    (deficits, weights)
}
