//! Regions, organizations, people, their roles, associations and accounts.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::cast::{Place, Stage};
use super::{ADMINISTRATOR, files};
use crate::accounts::model::AccountKind;
use crate::accounts::service::{NewAccount, create_account};
use crate::authz::{Actor, Level, Role};
use crate::db::Ctx;
use crate::directory::associations::model::AssociationData;
use crate::directory::associations::service as associations;
use crate::directory::organizations::model::{FounderType, OrganizationData, OrganizationKind};
use crate::directory::organizations::service::{self as organizations, NewOrganization};
use crate::directory::persons::service as persons;
use crate::directory::regions::model::NewRegion;
use crate::directory::regions::service as regions;
use crate::directory::role_assignments::model::{Act, Holder, NewRoleAssignment};
use crate::directory::role_assignments::service as roles;
use crate::error::{Error, Result};
use crate::imports::model::ImportKind;
use crate::values::Snils;

#[derive(Deserialize)]
struct RegionRow {
    code: String,
    name: String,
    time_zone: String,
}

#[derive(Deserialize)]
struct OrganizationRow {
    key: String,
    region: String,
    parent: String,
    kind: String,
    name: String,
    short_name: String,
    inn: String,
    ogrn: String,
    oktmo: String,
    founder_type: String,
}

#[derive(Deserialize)]
struct RoleRow {
    snils: String,
    role: String,
    organization_inn: String,
    act_number: String,
    act_date: Option<NaiveDate>,
    valid_from: NaiveDate,
}

#[derive(Deserialize)]
struct AssociationRow {
    organization_inn: String,
    name: String,
    subject: String,
    head_snils: String,
    member_snils: String,
    since: NaiveDate,
}

#[derive(Deserialize)]
struct StaffRow {
    snils: String,
    organization_inn: String,
}

/// An account of the demo.
#[derive(Deserialize)]
pub(super) struct AccountRow {
    pub(super) login: String,
    snils: String,
    pub(super) description: String,
    /// Its place among those that are shown to a newcomer.
    pub(super) shown: Option<u32>,
}

impl Stage<'_> {
    /// Regions and the tree of organizations, in the order of the file.
    pub(super) async fn organizations(&mut self, now: DateTime<Utc>) -> Result<()> {
        let installation = self.installation();
        for row in files::csv::<RegionRow>(self.folder, "regions.csv")? {
            let new = NewRegion::new(&row.code, &row.name, &row.time_zone).map_err(Error::invalid)?;
            let made =
                self.act(&installation, now, async |ctx| regions::create_region(ctx, new).await).await?;
            self.regions.insert(row.code, made.id);
        }
        for row in files::csv::<OrganizationRow>(self.folder, "organizations.csv")? {
            let region_id = self.regions.get(&row.region).copied().ok_or_else(Error::not_found)?;
            let parent_id = if row.parent.is_empty() { None } else { Some(self.place(&row.parent)?.id) };
            let new = organization(&row, region_id, parent_id)?;
            let made = self
                .act(&installation, now, async |ctx| organizations::create_organization(ctx, new).await)
                .await?;
            let place =
                Place { id: made.id, region_id, municipality_id: made.municipality_id, inn: row.inn.clone() };
            self.name("organization", &row.key, place.id);
            self.places.insert(row.key, place);
        }
        Ok(())
    }

    /// People come in the files a region's officer would load; roles and accounts follow.
    pub(super) async fn people(
        &mut self,
        now: DateTime<Utc>,
        accounts: &[AccountRow],
        hash: &str,
    ) -> Result<()> {
        let codes: Vec<(String, Uuid)> = self.regions.clone().into_iter().collect();
        for (code, region_id) in &codes {
            self.staff(code, *region_id, now).await?;
        }
        let installation = self.installation();
        for row in files::csv::<RoleRow>(self.folder, "roles.csv")? {
            let new = NewRoleAssignment {
                holder: Holder::Person(self.person(&row.snils)?),
                role: Role::parse(&row.role)
                    .ok_or_else(|| Error::internal(format!("demo: role {}", row.role)))?,
                organization_id: Some(self.place_by_inn(&row.organization_inn)?.id),
                act: row.act_date.map(|date| Act { number: row.act_number.clone(), date }),
                valid_from: Some(row.valid_from),
                valid_until: None,
            };
            self.act(&installation, now, async |ctx| roles::create_role_assignment(ctx, new).await).await?;
        }
        self.accounts(now, accounts, hash).await?;
        self.associations(now).await
    }

    async fn staff(&mut self, code: &str, region_id: Uuid, now: DateTime<Utc>) -> Result<()> {
        let name = format!("staff/{code}.csv");
        let bytes = files::bytes(self.folder, &name)?;
        let officer = self.ministry_officer(region_id)?;
        self.upload(&officer, ImportKind::Staff, &name, &bytes, now).await?;
        for row in files::rows::<StaffRow>(&name, &bytes)? {
            let snils = Snils::parse(&row.snils).map_err(Error::internal)?;
            let found =
                self.act(&officer, now, async |ctx| persons::find_by_snils(ctx, region_id, snils).await);
            let person = found.await?.ok_or_else(Error::not_found)?;
            self.staff.push((self.place_by_inn(&row.organization_inn)?.id, person.id));
            self.name("person", &row.snils, person.id);
            self.persons.insert(row.snils, person.id);
        }
        Ok(())
    }

    /// Somebody of the ministry: its officers are known only when the staff is loaded.
    fn ministry_officer(&self, region_id: Uuid) -> Result<Actor> {
        let leads = |place: &&Place| place.region_id == region_id && place.municipality_id.is_none();
        let ministry = self.places.values().find(leads).ok_or_else(Error::not_found)?.id;
        let grants = vec![(Role::MinistryOfficer, Level::Region, Some(ministry))];
        Ok(Actor { person_id: None, ..self.cast(Uuid::nil(), Uuid::nil(), region_id, grants) })
    }

    async fn accounts(&mut self, now: DateTime<Utc>, accounts: &[AccountRow], hash: &str) -> Result<()> {
        let installation = self.installation();
        for row in accounts {
            let person_id = self.person(&row.snils)?;
            let new = NewAccount {
                kind: AccountKind::Person,
                person_id: Some(person_id),
                region_id: None,
                login: row.login.clone(),
                name: row.description.clone(),
            };
            let (account_id, region_id, grants) = self
                .act(&installation, now, async |ctx| {
                    let account = create_account(ctx, new, hash).await?;
                    let region_id = account.region_id.ok_or_else(Error::not_found)?;
                    Ok((account.id, region_id, grants(ctx, account.id, person_id, now).await?))
                })
                .await?;
            let actor = self.cast(account_id, person_id, region_id, grants);
            self.actors.insert(row.login.clone(), actor);
        }
        Ok(())
    }

    /// The administrator of the platform, whose login tells that the demo is loaded.
    pub(super) async fn administrator(&self, now: DateTime<Utc>, hash: &str) -> Result<()> {
        let new = NewAccount {
            kind: AccountKind::Person,
            person_id: None,
            region_id: None,
            login: ADMINISTRATOR.to_owned(),
            name: "Demo administrator".to_owned(),
        };
        self.act(&self.installation(), now, async |ctx| create_account(ctx, new, hash).await).await?;
        Ok(())
    }

    async fn associations(&self, now: DateTime<Utc>) -> Result<()> {
        for row in files::csv::<AssociationRow>(self.folder, "associations.csv")? {
            let place = self.place_by_inn(&row.organization_inn)?;
            let director = self.holder(Role::Director, place)?;
            let data = AssociationData {
                name: row.name,
                subject: Some(row.subject).filter(|subject| !subject.is_empty()),
                head_person_id: Some(self.person(&row.head_snils)?),
            };
            let members: Vec<Uuid> =
                row.member_snils.split('|').map(|snils| self.person(snils)).collect::<Result<_>>()?;
            let (organization_id, members) = (place.id, &members);
            self.act(director, now, async |ctx| {
                let association = associations::create_association(ctx, organization_id, data).await?;
                for person_id in members {
                    associations::add_member(ctx, association.id, *person_id, Some(row.since)).await?;
                }
                Ok(())
            })
            .await?;
        }
        Ok(())
    }
}

async fn grants(
    ctx: &Ctx<'_>,
    account_id: Uuid,
    person_id: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<(Role, Level, Option<Uuid>)>> {
    roles::grants_of(ctx, account_id, Some(person_id), now.date_naive()).await
}

fn organization(row: &OrganizationRow, region_id: Uuid, parent_id: Option<Uuid>) -> Result<NewOrganization> {
    let wrong = || Error::internal(format!("demo/organizations.csv: {}", row.key));
    Ok(NewOrganization {
        region_id: parent_id.is_none().then_some(region_id),
        parent_id,
        kind: OrganizationKind::parse(&row.kind).ok_or_else(wrong)?,
        data: OrganizationData {
            name: row.name.clone(),
            short_name: Some(row.short_name.clone()),
            inn: Some(row.inn.clone()),
            ogrn: Some(row.ogrn.clone()),
            oktmo: Some(row.oktmo.clone()),
            founder_type: Some(FounderType::parse(&row.founder_type).ok_or_else(wrong)?),
            closed_on: None,
            functions: Vec::new(),
        },
    })
}
