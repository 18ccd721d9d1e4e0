//! What a cycle is, how its stages stand, and what is counted in them. Pure.

pub mod figures;

use chrono::NaiveDate;
use uuid::Uuid;

pub use figures::{Counting, Figure, Found, figures_of};

use crate::authz::Role;
use crate::monitoring::held::model::{Holder, YearSpan};

/// A stage of a cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Its place in the cycle, from 1.
    pub position: i32,
    /// Code in the regulation.
    pub code: String,
    /// Name in Russian.
    pub title_ru: String,
    /// Name in English.
    pub title_en: String,
    /// Who submits into it; empty where the regulation names nobody.
    pub participants: Vec<Role>,
    /// Day it was opened.
    pub opened_on: Option<NaiveDate>,
    /// Day it was closed.
    pub closed_on: Option<NaiveDate>,
}

/// Where a stage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageState {
    /// It was not opened yet.
    Planned,
    /// Its participants submit.
    Open,
    /// Nothing is submitted any more.
    Closed,
}

impl Stage {
    /// Where it stands.
    pub const fn state(&self) -> StageState {
        match (self.opened_on, self.closed_on) {
            (None, _) => StageState::Planned,
            (Some(_), None) => StageState::Open,
            (Some(_), Some(_)) => StageState::Closed,
        }
    }
}

/// The cycle of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    /// The id.
    pub id: Uuid,
    /// Who runs it.
    pub holder: Holder,
    /// The regulation that names its stages.
    pub regulation_id: Uuid,
    /// Its year.
    pub span: YearSpan,
    /// Its stages, in their order.
    pub stages: Vec<Stage>,
    /// Row version.
    pub version: i64,
}

impl Cycle {
    /// The stage at that place.
    pub fn stage(&self, position: i32) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.position == position)
    }

    /// The cycle with one stage more advanced.
    #[must_use]
    pub fn with(mut self, position: i32, change: impl FnOnce(&mut Stage)) -> Self {
        if let Some(stage) = self.stages.iter_mut().find(|stage| stage.position == position) {
            change(stage);
        }
        self.version += 1;
        self
    }
}
