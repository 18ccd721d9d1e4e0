//! Who is who in the demo: organizations by key, people by СНИЛС, actors by login.

use std::collections::HashMap;
use std::path::Path;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::accounts::service::installation;
use crate::authz::{Actor, Level, Role, RoleGrant};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};

/// A place an actor may hold a role at.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) id: Uuid,
    pub(super) region_id: Uuid,
    pub(super) municipality_id: Option<Uuid>,
    pub(super) inn: String,
}

/// What the loader knows while it works.
pub(super) struct Stage<'a> {
    conn: &'a Conn,
    pub(super) folder: &'a Path,
    /// Regions by code.
    pub(super) regions: HashMap<String, Uuid>,
    /// Organizations by key.
    pub(super) places: HashMap<String, Place>,
    /// People by СНИЛС.
    pub(super) persons: HashMap<String, Uuid>,
    /// Who works where: organization and person.
    pub(super) staff: Vec<(Uuid, Uuid)>,
    /// Actors by login.
    pub(super) actors: HashMap<String, Actor>,
    /// Competencies by owner of the framework and code.
    pub(super) competencies: HashMap<(Uuid, String), Uuid>,
    /// Frameworks by owner.
    pub(super) frameworks: HashMap<String, Uuid>,
    /// Instruments by owner and code.
    pub(super) instruments: HashMap<(String, String), Uuid>,
    /// What the diaries may name: `organization:…`, `person:…`, `competency:…`, `deficit:…`, `program:…`, `module:…`,
    /// `entry:…`, `sheet:…`.
    pub(super) names: HashMap<String, Uuid>,
}

impl<'a> Stage<'a> {
    pub(super) fn new(conn: &'a Conn, folder: &'a Path) -> Self {
        Self {
            conn,
            folder,
            regions: HashMap::new(),
            places: HashMap::new(),
            persons: HashMap::new(),
            staff: Vec::new(),
            actors: HashMap::new(),
            competencies: HashMap::new(),
            frameworks: HashMap::new(),
            instruments: HashMap::new(),
            names: HashMap::new(),
        }
    }

    /// Does a use case as somebody, at a moment of the demo's history.
    pub(super) async fn act<T>(
        &self,
        actor: &Actor,
        now: DateTime<Utc>,
        work: impl AsyncFnOnce(&Ctx<'_>) -> Result<T>,
    ) -> Result<T> {
        work(&Ctx { conn: self.conn, actor, now, request_id: "demo" }).await.map_err(told)
    }

    /// Gives a thing the name by which the diaries know it.
    pub(super) fn name(&mut self, kind: &str, name: &str, id: Uuid) {
        self.names.insert(format!("{kind}:{name}"), id);
    }

    pub(super) fn place(&self, key: &str) -> Result<&Place> {
        self.places.get(key).ok_or_else(|| unknown("organization", key))
    }

    pub(super) fn place_by_inn(&self, inn: &str) -> Result<&Place> {
        self.places.values().find(|place| place.inn == inn).ok_or_else(|| unknown("INN", inn))
    }

    pub(super) fn actor(&self, login: &str) -> Result<&Actor> {
        self.actors.get(login).ok_or_else(|| unknown("account", login))
    }

    pub(super) fn person(&self, snils: &str) -> Result<Uuid> {
        self.persons.get(snils).copied().ok_or_else(|| unknown("person", snils))
    }

    /// Whoever holds that role at the organization.
    pub(super) fn holder(&self, role: Role, place: &Place) -> Result<&Actor> {
        let found = self.actors.values().find(|actor| actor.holds(role, place.id));
        found.ok_or_else(|| unknown(role.as_str(), &place.inn))
    }

    /// The installation itself.
    pub(super) fn installation(&self) -> Actor {
        installation()
    }

    /// An actor from what an account may act as.
    pub(super) fn cast(
        &self,
        account_id: Uuid,
        person_id: Uuid,
        region_id: Uuid,
        grants: Vec<(Role, Level, Option<Uuid>)>,
    ) -> Actor {
        let grant = |(role, level, organization_id): (Role, Level, Option<Uuid>)| {
            let place = self.places.values().find(|place| Some(place.id) == organization_id);
            let place = place.map(|place| (place.id, place.region_id, place.municipality_id));
            RoleGrant::at(role, level, place)
        };
        let grants = grants.into_iter().map(grant).collect();
        Actor {
            account_id,
            person_id: Some(person_id),
            merged: Vec::new(),
            region_id: Some(region_id),
            grants,
        }
    }
}

fn unknown(what: &str, name: &str) -> Error {
    Error::internal(format!("demo: there is no {what} `{name}`"))
}

/// A refusal of a use case, told to whoever changed the files.
fn told(refusal: Error) -> Error {
    let language = crate::error::Language::En;
    let fields: Vec<String> = refusal
        .fields
        .iter()
        .map(|field| format!("{} {}: {}", field.pointer, field.code, field.message.in_language(language)))
        .collect();
    let detail =
        refusal.detail.as_ref().map(|text| text.in_language(language).to_owned()).unwrap_or_default();
    let cause = refusal.cause.clone().unwrap_or_default();
    let words = format!("{} {detail} {cause} {}", refusal.code.name(), fields.join("; "));
    Error { cause: Some(words), ..refusal }
}
