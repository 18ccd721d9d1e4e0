//! The figures of the report and how they add up. Pure.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::learning_routes::growth_cards::model::CardCounts;
use crate::learning_routes::model::RouteState;
use crate::values::Hours;

/// The routes a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Of one organization.
    School(Uuid),
    /// Of a municipality.
    Municipality(Uuid),
    /// Of the region.
    Region(Uuid),
}

impl Share {
    /// The id of the place.
    pub const fn id(self) -> Uuid {
        match self {
            Self::School(id) | Self::Municipality(id) | Self::Region(id) => id,
        }
    }

    /// The column of a route that names the place.
    pub const fn column(self) -> &'static str {
        match self {
            Self::School(_) => "organization_id",
            Self::Municipality(_) => "municipality_id",
            Self::Region(_) => "region_id",
        }
    }
}

/// Whose routes are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Whose {
    /// The municipality of the school.
    pub municipality_id: Option<Uuid>,
    /// The school.
    pub organization_id: Uuid,
    /// The curator.
    pub curator_id: Option<Uuid>,
}

/// Figures of some routes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Routes by state, in the order of [`RouteState::ALL`].
    pub routes: [i64; RouteState::ALL.len()],
    /// Routes in force with a late activity.
    pub overdue_routes: i64,
    /// Late activities of routes in force.
    pub overdue_activities: i64,
    /// Returned routes whose rework is late.
    pub rework_overdue: i64,
    /// Late stages of routes in force.
    pub late_stages: i64,
    /// Activities of routes that were approved.
    pub planned: i64,
    /// Those of them that are done.
    pub completed: i64,
    /// Hours of the planned ones, in halves.
    pub planned_halves: i64,
    /// Hours of the completed ones, in halves.
    pub completed_halves: i64,
    /// Routes that were approved.
    pub approved: i64,
    /// Those of them in which an activity cites a deficit or a finding (P2-7).
    pub cited: i64,
    /// Growth cards of the running year.
    pub cards: CardCounts,
}

impl Figures {
    /// How many routes stand in that state.
    pub fn in_state(&self, state: RouteState) -> i64 {
        let mut counted = RouteState::ALL.into_iter().zip(self.routes);
        counted.find(|(known, _)| *known == state).map_or(0, |(_, count)| count)
    }

    /// Counts routes in that state.
    pub fn count(&mut self, state: RouteState, routes: i64) {
        for (known, count) in RouteState::ALL.into_iter().zip(&mut self.routes) {
            if known == state {
                *count += routes;
            }
        }
    }

    /// Both together.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        for (count, more) in self.routes.iter_mut().zip(other.routes) {
            *count += more;
        }
        self.overdue_routes += other.overdue_routes;
        self.overdue_activities += other.overdue_activities;
        self.rework_overdue += other.rework_overdue;
        self.late_stages += other.late_stages;
        self.planned += other.planned;
        self.completed += other.completed;
        self.planned_halves += other.planned_halves;
        self.completed_halves += other.completed_halves;
        self.approved += other.approved;
        self.cited += other.cited;
        self.cards = self.cards.plus(other.cards);
        self
    }

    /// Hours of the planned activities.
    pub fn planned_hours(&self) -> Hours {
        hours(self.planned_halves)
    }

    /// Hours of the completed activities.
    pub fn completed_hours(&self) -> Hours {
        hours(self.completed_halves)
    }
}

fn hours(halves: i64) -> Hours {
    Hours::from_halves(i32::try_from(halves).unwrap_or(i32::MAX))
}

/// A part of a whole in per cent, rounded down; 0 of nothing.
pub fn percent(part: i64, whole: i64) -> i64 {
    (part * 100).checked_div(whole).unwrap_or(0)
}

/// What is below the place of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Breakdown {
    /// Everything together.
    pub total: Figures,
    /// By the places below: municipalities of a region and schools outside them, schools of a municipality.
    pub parts: BTreeMap<Uuid, Figures>,
    /// By curator, for a school; routes without one under none.
    pub curators: BTreeMap<Option<Uuid>, Figures>,
}

/// Adds everything up.
pub fn breakdown(share: Share, figures: &[(Whose, Figures)]) -> Breakdown {
    let mut found = Breakdown::default();
    for (whose, figures) in figures {
        found.total = std::mem::take(&mut found.total).plus(figures);
        let part = match share {
            Share::School(_) => None,
            Share::Municipality(_) => Some(whose.organization_id),
            Share::Region(_) => Some(whose.municipality_id.unwrap_or(whose.organization_id)),
        };
        match part {
            Some(id) => {
                let part = found.parts.entry(id).or_default();
                *part = std::mem::take(part).plus(figures);
            }
            None => {
                let curator = found.curators.entry(whose.curator_id).or_default();
                *curator = std::mem::take(curator).plus(figures);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn some_figures() -> impl Strategy<Value = (Whose, Figures)> {
        (0_u128..4, 0_u128..3, 0_u128..3, 0_usize..9, 0_i64..50, 0_i64..50).prop_map(
            |(organization, municipality, curator, state, routes, late)| {
                let id = |kind: u128, number: u128| Uuid::from_u128(kind * 100 + number);
                let mut figures = Figures { overdue_activities: late, cited: late, ..Figures::default() };
                figures.count(RouteState::ALL[state], routes);
                figures.cards.owed = late;
                let whose = Whose {
                    municipality_id: (municipality > 0).then(|| id(2, municipality)),
                    organization_id: id(1, municipality * 10 + organization),
                    curator_id: (curator > 0).then(|| id(3, curator)),
                };
                (whose, figures)
            },
        )
    }

    fn sum<'a>(figures: impl Iterator<Item = &'a Figures>) -> Figures {
        figures.fold(Figures::default(), Figures::plus)
    }

    proptest! {
        #[test]
        fn the_parts_add_up_to_the_whole(rows in prop::collection::vec(some_figures(), 0..40)) {
            let id = Uuid::nil();
            let whole = sum(rows.iter().map(|(_, figures)| figures));
            for share in [Share::Region(id), Share::Municipality(id), Share::School(id)] {
                let found = breakdown(share, &rows);
                prop_assert_eq!(&found.total, &whole);
                let parts = sum(found.parts.values());
                let curators = sum(found.curators.values());
                let (below, other) =
                    if matches!(share, Share::School(_)) { (curators, parts) } else { (parts, curators) };
                prop_assert_eq!(&below, &whole);
                prop_assert_eq!(other, Figures::default());
            }
        }
    }

    #[test]
    fn a_share_of_nothing_is_nothing() {
        assert_eq!((percent(0, 0), percent(1, 3), percent(3, 3)), (0, 33, 100));
    }
}
