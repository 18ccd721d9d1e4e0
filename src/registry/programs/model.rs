//! What a program is: its volume, its modules, its way to acceptance.

mod changes;
mod decision;
mod details;
mod options;
mod search;
mod version;
mod vocabulary;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

pub use changes::{FieldChange, changed_fields};
pub use decision::Verdict;
pub use details::{ProgramDetails, ProgramStandard, QualityMark};
pub use options::{OfferedModule, OfferedProgram, OfferedStart, OptionsAsked};
pub use search::{FacetCount, FoundProgram, ListedModule, NextStart, ProgramFilter, ProgramOrder, SearchKey};
pub use version::{ProgramVersion, Snapshot, authors};
pub(in crate::registry) use vocabulary::names;
pub use vocabulary::{
    ProgramAudience, ProgramDelivery, ProgramFunding, ProgramState, QualityMarkKind, StandardKind, StudyForm,
};

use crate::error::{FieldProblem, Text};
use crate::values::{EducationLevel, Hours, ProgramKind, text};

/// What is said of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramData {
    /// Advanced training or retraining.
    pub kind: ProgramKind,
    /// Title.
    pub title: String,
    /// What it is about.
    pub annotation: String,
    /// Volume.
    pub hours: Hours,
    /// Whether the modules make up the whole program.
    pub fully_modular: bool,
    /// Form of study.
    pub study_form: StudyForm,
    /// Ways of delivery.
    pub delivery: Vec<ProgramDelivery>,
    /// For whom.
    pub audience: Vec<ProgramAudience>,
    /// Levels of education it is meant for; empty: all.
    pub education_levels: Vec<EducationLevel>,
    /// Subjects it is meant for; empty: all.
    pub subjects: Vec<String>,
    /// Price for a person; none when free.
    pub price_rubles: Option<u32>,
    /// Standards, partners, quality marks and what else is said of it.
    pub details: ProgramDetails,
}

/// What is said of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleData {
    /// Title.
    pub title: String,
    /// Volume.
    pub hours: Hours,
    /// Who teaches it.
    pub provider_id: Uuid,
    /// Ways of delivery.
    pub delivery: Vec<ProgramDelivery>,
    /// Competencies it develops.
    pub competency_ids: Vec<Uuid>,
}

/// A module of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// The id.
    pub id: Uuid,
    /// The program.
    pub program_id: Uuid,
    /// Order within the program, from 1.
    pub position: i32,
    /// What is said of it.
    pub data: ModuleData,
}

/// The last decision on a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramDecision {
    /// The account that decided.
    pub account_id: Uuid,
    /// When.
    pub decided_at: DateTime<Utc>,
    /// Why it was returned or rejected.
    pub reason: Option<String>,
    /// Until when a returned program is to be mended.
    pub due_on: Option<NaiveDate>,
}

/// The account that submitted, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Submission {
    /// The account.
    pub account_id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
}

/// A program without its modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// Whose program it is.
    pub provider_id: Uuid,
    /// The provider's name.
    pub provider_name: String,
    /// The municipality of the provider.
    pub municipality_id: Option<Uuid>,
    /// What is said of it.
    pub data: ProgramData,
    /// Edition, from 1.
    pub edition: i32,
    /// The accounts that wrote the first version: its draft, and what was mended in it.
    pub writers: Vec<Uuid>,
    /// State of the life cycle.
    pub state: ProgramState,
    /// The last submission.
    pub submission: Option<Submission>,
    /// The last decision.
    pub decision: Option<ProgramDecision>,
    /// State of its registry entry, if it has one.
    pub entry_state: Option<String>,
    /// Row version.
    pub version: i64,
}

impl Program {
    /// Whether it stands in the registry now.
    pub fn in_active_registry(&self) -> bool {
        self.entry_state.as_deref() == Some("active")
    }
}

/// A program as rules of other resources see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramFacts {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// Whose program it is.
    pub provider_id: Uuid,
    /// Advanced training or retraining.
    pub kind: ProgramKind,
    /// Title.
    pub title: String,
    /// Volume.
    pub hours: Hours,
    /// State of the life cycle; only an accepted program may be learnt.
    pub state: ProgramState,
    /// Whether it stands in the registry now.
    pub in_active_registry: bool,
    /// Whether it stands there, but suspended.
    pub is_suspended: bool,
    /// Its modules in their order.
    pub modules: Vec<Module>,
    /// The partners of its network form.
    pub partner_ids: Vec<Uuid>,
}

impl ProgramFacts {
    /// The facts of a program with these modules.
    pub fn new(program: Program, modules: Vec<Module>) -> Self {
        Self {
            in_active_registry: program.in_active_registry(),
            is_suspended: program.entry_state.as_deref() == Some("suspended"),
            id: program.id,
            region_id: program.region_id,
            provider_id: program.provider_id,
            kind: program.data.kind,
            title: program.data.title,
            hours: program.data.hours,
            state: program.state,
            modules,
            partner_ids: program.data.details.partner_ids,
        }
    }

    /// Who teaches it and issues its documents: its provider, those of its modules, and the partners whom the provider
    /// wrote into it. Whoever else names the provider a partner of his own does not (P1-10).
    pub fn teachers(&self) -> Vec<Uuid> {
        let of_modules = self.modules.iter().map(|module| module.data.provider_id);
        [self.provider_id].into_iter().chain(of_modules).chain(self.partner_ids.iter().copied()).collect()
    }

    /// The module of that id, if it is one of this program's.
    pub fn module(&self, module_id: Uuid) -> Option<&Module> {
        self.modules.iter().find(|module| module.id == module_id)
    }
}

/// A single module with the program it belongs to: a route may hold it without the whole program (P0-5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleFacts {
    /// The module.
    pub module: Module,
    /// Its program.
    pub program: ProgramFacts,
}

/// The least volume of a kind: 16 hours of advanced training, 250 hours of retraining. Federal law for every
/// regulation: Минобрнауки order № 266 of 24.03.2025, p. 18, formerly p. 12 of order № 499 (B1.5). Longer advanced
/// training is not forbidden (B1.7).
pub const fn least_hours(kind: ProgramKind) -> Hours {
    match kind {
        ProgramKind::AdvancedTraining => Hours::whole(16),
        ProgramKind::Retraining => Hours::whole(250),
    }
}

/// Every rule that a program and its modules break by themselves.
pub fn check(data: &ProgramData, modules: &[ModuleData], today: NaiveDate) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if text::is_blank(&data.title) {
        problems.push(blank("/data/title".to_owned()));
    }
    for (index, _) in
        data.subjects.iter().enumerate().filter(|(_, name)| !(2..=100).contains(&name.chars().count()))
    {
        let words = Text::new("Допустимая длина: 2–100", "Allowed length: 2–100");
        problems.push(FieldProblem::new(format!("/data/subjects/{index}"), "length", words));
    }
    for (index, module) in modules.iter().enumerate() {
        if text::is_blank(&module.title) {
            problems.push(blank(format!("/modules/{index}/title")));
        }
        if !module.hours.is_positive() {
            let words = Text::new("Объём модуля больше нуля", "A module has more than no hours");
            problems.push(FieldProblem::new(format!("/modules/{index}/hours"), "not_positive", words));
        }
    }
    problems.extend(data.details.problems(today));
    problems.extend(least_volume(data));
    problems.extend(modules_fit(data, modules));
    problems
}

fn blank(pointer: String) -> FieldProblem {
    FieldProblem::new(
        pointer,
        "blank",
        Text::new("Название не может быть пустым", "The title cannot be blank"),
    )
}

fn least_volume(data: &ProgramData) -> Option<FieldProblem> {
    let least = least_hours(data.kind);
    if data.hours >= least {
        return None;
    }
    let (ru, en) = match data.kind {
        ProgramKind::AdvancedTraining => ("повышения квалификации", "advanced training"),
        ProgramKind::Retraining => ("профессиональной переподготовки", "professional retraining"),
    };
    let words = Text::owned(
        format!(
            "Объём программы {ru} не меньше {least} ч (приказ Минобрнауки России от 24.03.2025 № 266, п. 18)"
        ),
        format!(
            "A program of {en} has at least {least} h (order of the Ministry of Science No. 266 of 24.03.2025, p. 18)"
        ),
    );
    Some(FieldProblem::new("/data/hours", "too_few_hours", words).because("B1.5", None))
}

/// The hours of the modules add up to the program's when they make it up (P1-11), and never exceed it.
fn modules_fit(data: &ProgramData, modules: &[ModuleData]) -> Option<FieldProblem> {
    let sum: Hours = modules.iter().map(|module| module.hours).sum();
    let (code, verdict) = if data.fully_modular && sum != data.hours {
        ("module_hours_differ", ("должны составлять", "must add up to"))
    } else if sum > data.hours {
        ("module_hours_exceed", ("не могут превышать", "cannot exceed"))
    } else {
        return None;
    };
    let difference = if sum > data.hours { sum - data.hours } else { data.hours - sum };
    let (sum, whole) = (sum.to_string(), data.hours.to_string());
    let words = Text::owned(
        format!("Модули — {sum} ч — {} объём программы {whole} ч; разница {difference} ч", verdict.0),
        format!(
            "The modules, {sum} h, {} the program's {whole} h; the difference is {difference} h",
            verdict.1
        ),
    );
    Some(FieldProblem::new("/modules", code, words).because("P1-11", None))
}

#[cfg(test)]
mod tests;
