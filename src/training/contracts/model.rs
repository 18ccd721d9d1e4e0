//! What a contract is, and what must be true of a new one.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::error::{FieldProblem, Text};
use crate::training::vocabulary::{ContractKind, ContractState};
use crate::values::text::is_blank;

/// A contract about to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewContract {
    /// What it is.
    pub kind: ContractKind,
    /// The school that concluded it.
    pub organization_id: Uuid,
    /// The provider.
    pub provider_id: Uuid,
    /// The only offering it is for.
    pub offering_id: Option<Uuid>,
    /// The only learner it is for.
    pub person_id: Option<Uuid>,
    /// What is said of it.
    pub data: ContractData,
}

/// What is said of a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractData {
    /// Number.
    pub number: String,
    /// Date.
    pub signed_on: NaiveDate,
    /// Last day on which it covers new enrollments.
    pub valid_until: Option<NaiveDate>,
    /// Sum in kopecks.
    pub sum_kopecks: i64,
    /// Subject in words.
    pub subject: Option<String>,
}

/// A contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the school.
    pub municipality_id: Option<Uuid>,
    /// The school that concluded it.
    pub organization_id: Uuid,
    /// The provider.
    pub provider_id: Uuid,
    /// The only offering it is for.
    pub offering_id: Option<Uuid>,
    /// The only learner it is for.
    pub person_id: Option<Uuid>,
    /// What it is.
    pub kind: ContractKind,
    /// What is said of it.
    pub data: ContractData,
    /// Where it stands.
    pub state: ContractState,
    /// Day it was terminated.
    pub terminated_on: Option<NaiveDate>,
    /// Row version.
    pub version: i64,
}

/// A contract in force between a school and a provider, for an enrollment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoveringContract {
    /// The contract.
    pub id: Uuid,
    /// The only learner it is for.
    pub person_id: Option<Uuid>,
}

impl CoveringContract {
    /// Whether it covers that person.
    pub fn covers(&self, person_id: Uuid) -> bool {
        self.person_id.is_none_or(|only| only == person_id)
    }
}

/// What a new contract refers to, as it was found in the region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContractSurroundings {
    /// Whether the provider is an organization of the region that teaches.
    pub provider_known: bool,
    /// Whether it is a municipal centre.
    pub is_center: bool,
    /// Whether the offering is one of the provider's.
    pub offering_known: bool,
    /// Whether the person works at the school.
    pub person_known: bool,
    /// Today.
    pub today: NaiveDate,
}

/// Every rule a new contract breaks.
pub fn problems(new: &NewContract, around: ContractSurroundings) -> Vec<FieldProblem> {
    let data = &new.data;
    let mut found = Vec::new();
    let mut add = |wrong: bool, pointer: &str, code: &'static str, ru, en| {
        if wrong {
            found.push(FieldProblem::new(pointer, code, Text::new(ru, en)));
        }
    };
    let known = around.provider_known;
    add(
        !known,
        "/provider_id",
        "unknown",
        "Такой организации, которая обучает, нет",
        "No such organization teaches",
    );
    add(
        known && new.kind == ContractKind::Agreement && !around.is_center,
        "/provider_id",
        "not_a_center",
        "Соглашение школа заключает с муниципальным методическим центром",
        "A school reaches agreements with the municipal centre",
    );
    let itself = new.provider_id == new.organization_id;
    add(
        itself,
        "/provider_id",
        "not_allowed",
        "С самой собой договор не заключают",
        "Nobody contracts with itself",
    );
    let offering = new.offering_id.is_some() && !around.offering_known;
    add(
        offering,
        "/offering_id",
        "unknown",
        "Такого обучения у организации нет",
        "The provider has no such offering",
    );
    let person = new.person_id.is_some() && !around.person_known;
    add(
        person,
        "/person_id",
        "not_employed",
        "Человек не работает в школе",
        "The person does not work at the school",
    );
    add(
        is_blank(&data.number),
        "/data/number",
        "blank",
        "Номер не может быть пустым",
        "The number cannot be blank",
    );
    let future = data.signed_on > around.today;
    add(future, "/data/signed_on", "date_in_future", "День ещё не наступил", "The day has not come yet");
    let order = data.valid_until.is_some_and(|until| until < data.signed_on);
    add(
        order,
        "/data/valid_until",
        "dates_out_of_order",
        "Срок кончается раньше даты договора",
        "The term ends before the contract is signed",
    );
    found
}
