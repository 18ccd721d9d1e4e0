//! Use cases of contracts, and what enrollments ask of them.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Contract, ContractSurroundings, CoveringContract, NewContract, problems};
use super::{policy, store};
use crate::authz::{Actor, Permit, Role, Rule, Target, authorize, authorize_seen, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::model::OrganizationKind;
use crate::directory::organizations::service::{organization_at, target as organization_target};
use crate::directory::regions;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::regulations::profile::RuleSeverity;
use crate::regulations::service::binding_regulation;
use crate::training::enrollments;
use crate::training::offerings::model::Offering;
use crate::training::vocabulary::{ContractKind, ContractState};

/// Which contracts a list holds.
#[derive(Debug, Clone, Default)]
pub struct ContractFilter {
    /// Only of this school.
    pub organization_id: Option<Uuid>,
    /// Only with this provider.
    pub provider_id: Option<Uuid>,
    /// Only of this kind.
    pub kind: Option<ContractKind>,
    /// Only in this state.
    pub state: Option<ContractState>,
}

/// A contract with the number of its enrollments, and what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownContract {
    /// The contract.
    pub contract: Contract,
    /// How many enrollments it covers.
    pub enrollments: i64,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Records a contract of a school.
pub async fn create_contract(ctx: &Ctx<'_>, new: NewContract) -> Result<ShownContract> {
    let school = organization_at(ctx, new.organization_id, "/organization_id").await?;
    let permit = authorize_seen(ctx.actor, &policy::CREATE_CONTRACT, &organization_target(&school))?;
    let today = regions::service::today(ctx, school.region_id).await?;
    refuse_other_than_agreements(ctx, &permit, &new, today).await?;
    let (provider, offering_known, person_known) = tokio::try_join!(
        store::provider_of(ctx.conn, school.region_id, new.provider_id),
        store::is_offering_of(ctx.conn, new.provider_id, new.offering_id),
        store::works_at(ctx.conn, school.id, new.person_id, today),
    )?;
    let around = ContractSurroundings {
        provider_known: provider.is_some(),
        is_center: provider == Some(OrganizationKind::MunicipalCenter),
        offering_known,
        person_known,
        today,
    };
    let found = problems(&new, around);
    if !found.is_empty() {
        return Err(Error::invalid(found));
    }
    let contract = Contract {
        id: new_id(),
        region_id: school.region_id,
        municipality_id: school.municipality_id,
        organization_id: school.id,
        provider_id: new.provider_id,
        offering_id: new.offering_id,
        person_id: new.person_id,
        kind: new.kind,
        data: new.data,
        state: ContractState::Active,
        terminated_on: None,
        version: 1,
    };
    store::insert(ctx, &permit, &contract).await?;
    let change = Change::none().field("number", (), contract.data.number.as_str()).field(
        "sum_kopecks",
        (),
        contract.data.sum_kopecks,
    );
    ctx.audit(&permit, Subject { kind: "contract", id: contract.id }, change).await?;
    shown(ctx, contract).await
}

/// Who records for a school that is not his own does so for his centre, and agreements alone, where the regulation of the
/// school leaves reaching them to that role (P3-28).
async fn refuse_other_than_agreements(
    ctx: &Ctx<'_>,
    permit: &Permit,
    new: &NewContract,
    today: NaiveDate,
) -> Result<()> {
    let role = permit.role()?;
    if role != Role::MunicipalMethodist {
        return Ok(());
    }
    let regulation = binding_regulation(ctx, new.organization_id, today).await?;
    let rule = regulation.as_ref().and_then(|found| found.profile.orders.school_agreements.as_ref());
    let of_center = permit.organization_id() == Some(new.provider_id);
    let named = rule.is_some_and(|rule| rule.roles.contains(&role));
    if new.kind == ContractKind::Agreement && of_center && named {
        return Ok(());
    }
    Err(Error::new(Code::Forbidden).detail(
        "Методист записывает только соглашения своего центра, где это поручает ему положение",
        "A methodist records agreements of the own centre alone, where the regulation leaves them to that role",
    ))
}

/// One page of the contracts the actor may see.
pub async fn list_contracts(
    ctx: &Ctx<'_>,
    filter: &ContractFilter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Contract>> {
    let scope = scope(ctx.actor, &policy::LIST_CONTRACTS)?;
    store::list(ctx.conn, &scope, filter, page.fetch(), after).await
}

/// One contract.
pub async fn get_contract(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownContract> {
    let contract = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_CONTRACT, &reading_target(&contract))?;
    shown(ctx, contract).await
}

/// Puts enrollments under a contract, all of them or none.
pub async fn add_contract_enrollments(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    enrollment_ids: &[Uuid],
) -> Result<ShownContract> {
    let current = store::lock(ctx.conn, id).await?;
    let permit = permit(ctx.actor, &policy::ADD_CONTRACT_ENROLLMENTS, &current)?;
    require_active(&current, if_match)?;
    let others = enrollments::service::cover(ctx, &permit, &current, enrollment_ids).await?;
    let of_others = enrollment_ids.iter().enumerate().filter(|(_, id)| others.contains(id));
    let fields: Vec<FieldProblem> = of_others
        .map(|(index, _)| {
            let words = Text::new(
                "Это зачисление не по этому договору: другая школа, организация или человек, либо уже есть другой договор",
                "The enrollment is not under this contract: another school, provider or person, or covered by another one",
            );
            FieldProblem::new(format!("/enrollment_ids/{index}"), "not_covered", words)
        })
        .collect();
    if !fields.is_empty() {
        return Err(Error::invalid(fields));
    }
    let changed = Contract { version: current.version + 1, ..current };
    store::save(ctx, &permit, &changed).await?;
    let change = Change::none().field("enrollments_added", 0, enrollment_ids.len());
    ctx.audit(&permit, Subject { kind: "contract", id }, change).await?;
    shown(ctx, changed).await
}

/// Ends a contract.
pub async fn end_contract(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    terminated_on: NaiveDate,
) -> Result<ShownContract> {
    let current = store::lock(ctx.conn, id).await?;
    let permit = permit(ctx.actor, &policy::END_CONTRACT, &current)?;
    require_active(&current, if_match)?;
    let today = regions::service::today(ctx, current.region_id).await?;
    if terminated_on > today || terminated_on < current.data.signed_on {
        return Err(Error::field(
            "/terminated_on",
            "date_out_of_range",
            "Расторгнуть можно с даты договора до сегодняшнего дня",
            "A contract is terminated between its date and today",
        ));
    }
    let ended = Contract {
        state: ContractState::Terminated,
        terminated_on: Some(terminated_on),
        version: current.version + 1,
        ..current
    };
    store::save(ctx, &permit, &ended).await?;
    let change = Change::none().field("state", "active", ended.state.as_str());
    ctx.audit(&permit, Subject { kind: "contract", id }, change).await?;
    shown(ctx, ended).await
}

/// What the regulation of a school demands of contracts with providers on a day: severity and paragraph (P0-41).
pub async fn demand(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    day: NaiveDate,
) -> Result<Option<(RuleSeverity, Option<String>)>> {
    let regulation = binding_regulation(ctx, organization_id, day).await?;
    let rule = regulation.as_ref().and_then(|regulation| regulation.profile.funding.contracts.as_ref());
    Ok(rule.map(|rule| (rule.severity, rule.paragraph.clone())))
}

/// Contracts of a school with the organiser that cover enrollments in the offering on a day; those for one person
/// come first.
pub async fn covering(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    offering: &Offering,
    day: NaiveDate,
) -> Result<Vec<CoveringContract>> {
    store::covering(ctx.conn, organization_id, offering.organization_id, offering.id, day).await
}

fn require_active(contract: &Contract, if_match: i64) -> Result<()> {
    if contract.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if contract.state == ContractState::Active {
        return Ok(());
    }
    Err(Error::new(Code::StateConflict).detail("Договор расторгнут", "The contract is terminated"))
}

fn school_target(contract: &Contract) -> Target {
    Target::region(contract.region_id).organization(contract.organization_id, contract.municipality_id)
}

fn reading_target(contract: &Contract) -> Target {
    let both = school_target(contract).organization(contract.provider_id, None);
    match contract.person_id {
        Some(person_id) => both.person(person_id),
        None => both,
    }
}

/// 404 for whoever may not see it, 403 for whoever may see it and not do this.
fn permit(actor: &Actor, rule: &'static Rule, contract: &Contract) -> Result<Permit> {
    authorize(actor, &policy::GET_CONTRACT, &reading_target(contract))?;
    authorize_seen(actor, rule, &school_target(contract))
}

async fn shown(ctx: &Ctx<'_>, contract: Contract) -> Result<ShownContract> {
    let enrollments = store::count_enrollments(ctx.conn, contract.id).await?;
    let target = school_target(&contract);
    let active = contract.state == ContractState::Active;
    let allowed_actions = [&policy::ADD_CONTRACT_ENROLLMENTS, &policy::END_CONTRACT]
        .into_iter()
        .filter(|rule| active && may(ctx.actor, rule, &target))
        .map(|rule| rule.operation.to_owned())
        .collect();
    Ok(ShownContract { contract, enrollments, allowed_actions })
}
