//! A regulation: what is kept of it, where it stands on a day, and how other resources meet it. Pure.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::profile::{
    ObligationScope, RegulationDocument, RegulationLevel, RegulationObligation, RegulationObligationRule,
    ValidProfile,
};
use crate::directory::organizations::model::OrganizationKind;
use crate::error::{FieldProblem, Text};
use crate::values::period::previous_day;

/// A published regulation with its rules.
#[derive(Debug, Clone)]
pub struct BindingRegulation {
    /// The regulation; a case that starts under it stays under it.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// The organization whose subtree it binds.
    pub owner_id: Uuid,
    /// Its rules.
    pub profile: Arc<ValidProfile>,
}

/// A duty that routes have under some regulations only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteDuty {
    /// A growth card in every period (P0-26).
    GrowthCard,
    /// An update in every period (P3-41).
    PeriodicUpdate,
}

/// Where a regulation stands on a day; derived from its dates, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegulationState {
    /// It may be changed and binds nobody.
    Draft,
    /// Published; its first day has not come yet.
    Published,
    /// It binds.
    InForce,
    /// Its last day has passed.
    Repealed,
}

/// A regulation without its document.
#[derive(Debug, Clone)]
pub struct Regulation {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The owner.
    pub owner: RegulationOwner,
    /// Level of the owner.
    pub level: RegulationLevel,
    /// Stable code of its document.
    pub code: String,
    /// Title in Russian.
    pub title: String,
    /// The preset it was made from.
    pub preset: Option<String>,
    /// First day in force; none of a draft.
    pub effective_from: Option<NaiveDate>,
    /// Last day in force, once it is known.
    pub effective_until: Option<NaiveDate>,
    /// The regulation it replaces.
    pub supersedes_id: Option<Uuid>,
    /// When it was published; none of a draft.
    pub published_at: Option<DateTime<Utc>>,
    /// Row version.
    pub version: i64,
}

/// The organization whose subtree a regulation binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegulationOwner {
    /// The organization.
    pub id: Uuid,
    /// Its municipality, if it lies in one.
    pub municipality_id: Option<Uuid>,
}

impl Regulation {
    /// Whether it may still be changed.
    pub const fn is_draft(&self) -> bool {
        self.published_at.is_none()
    }

    /// Where it stands on that day.
    pub fn state_on(&self, day: NaiveDate) -> RegulationState {
        match self.effective_from {
            None => RegulationState::Draft,
            Some(_) if self.effective_until.is_some_and(|until| until < day) => RegulationState::Repealed,
            Some(from) if from > day => RegulationState::Published,
            Some(_) => RegulationState::InForce,
        }
    }
}

/// The kind of organization that owns regulations of that level.
pub const fn owner_kind(level: RegulationLevel) -> OrganizationKind {
    match level {
        RegulationLevel::Region => OrganizationKind::Ministry,
        RegulationLevel::Municipality => OrganizationKind::MunicipalAuthority,
        RegulationLevel::School => OrganizationKind::School,
    }
}

/// How a regulation applies to an organization: the narrower scope wins (P2-3).
pub fn obligation(
    document: &RegulationDocument,
    municipality_id: Option<Uuid>,
) -> Option<RegulationObligation> {
    let narrow = if municipality_id.is_some() { ObligationScope::Municipal } else { ObligationScope::State };
    let of = |scope| document.obligations.iter().find(|rule: &&RegulationObligationRule| rule.scope == scope);
    of(narrow).or_else(|| of(ObligationScope::All)).map(|rule| rule.obligation)
}

/// What a publication does to the regulation of the same owner that was in force until then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    /// The regulation that loses force.
    pub id: Uuid,
    /// Its last day.
    pub last_day: NaiveDate,
}

/// Who is succeeded by a regulation in force from that day (P4-2). `published` are the owner's published ones.
///
/// A regulation comes after every other of its owner: what is in force already is never shortened from behind.
pub fn succession(
    from: NaiveDate,
    published: &[Regulation],
) -> Result<Option<Succession>, Vec<FieldProblem>> {
    let latest = published.iter().max_by_key(|regulation| regulation.effective_from);
    match latest {
        Some(latest) if latest.effective_from >= Some(from) => {
            let words = Text::new(
                "У организации уже есть положение, которое вступает в силу в этот день или позже",
                "The organization has a regulation already that takes effect on that day or later",
            );
            Err(vec![FieldProblem::new("/effective_from", "not_after_predecessor", words)])
        }
        Some(latest) if latest.effective_until.is_none_or(|until| until >= from) => {
            Ok(Some(Succession { id: latest.id, last_day: previous_day(from) }))
        }
        _ => Ok(None),
    }
}
