//! Documents of four years: loaded from files as a region's officer would, confirmed by each school for its own people.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::cast::Stage;
use super::files;
use crate::authz::Role;
use crate::error::{Error, Result};
use crate::hours::credentials::decisions::decide_credential;
use crate::hours::credentials::model::Decision;
use crate::imports::model::{ImportKind, ImportMode, RowOutcome};
use crate::imports::service::{self as imports, File};

const OFFICERS: &[(&str, &str)] = &[
    ("altai", "altai.ministry"),
    ("kostroma", "kostroma.ministry"),
    ("stavropol", "stavropol.ministry"),
    ("chelyabinsk", "chelyabinsk.ministry"),
    ("chechnya", "chechnya.ministry"),
];

impl Stage<'_> {
    /// Loads and confirms the documents.
    pub(super) async fn papers(&self, now: DateTime<Utc>) -> Result<()> {
        let directors = self.directors()?;
        for (code, officer) in OFFICERS {
            let bytes = files::bytes(self.folder, &format!("credentials/{code}.csv"))?;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let digest = Sha256::digest(&bytes);
            let file = File::read(ImportKind::Credentials, ImportMode::Atomic, false, &bytes, &digest)?;
            let receipts = self
                .act(self.actor(officer)?, now, async |ctx| {
                    let import = imports::begin(ctx, &file).await?;
                    imports::load_all(ctx, import.id, &file, &|| false).await?;
                    imports::finish(ctx, import.id, true).await?;
                    imports::receipts(ctx, import.id).await
                })
                .await?;
            for receipt in receipts {
                if receipt.outcome == RowOutcome::Refused {
                    return Err(Error::internal(format!("demo/credentials/{code}.csv: {receipt:?}")));
                }
                let Some(id) = receipt.subject_id.filter(|_| receipt.outcome == RowOutcome::Created) else {
                    continue;
                };
                let snils = usize::try_from(receipt.line - 1).ok().and_then(|line| text.lines().nth(line));
                let person_id =
                    self.person(snils.and_then(|line| line.split(';').next()).unwrap_or_default())?;
                self.confirm(id, person_id, &directors, now).await?;
            }
        }
        Ok(())
    }

    /// A paper that has just been loaded is in its first version.
    async fn confirm(
        &self,
        id: Uuid,
        person_id: Uuid,
        directors: &HashMap<Uuid, String>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let Some(login) = directors.get(&person_id) else { return Ok(()) };
        let director = self.actor(login)?;
        if director.is_person(person_id) {
            return Ok(());
        }
        self.act(director, now, async |ctx| decide_credential(ctx, id, 1, Decision::Confirm, None).await)
            .await?;
        Ok(())
    }

    /// Who confirms the papers of a person: the director of the school; nobody confirms his own.
    fn directors(&self) -> Result<HashMap<Uuid, String>> {
        let mut found = HashMap::new();
        for (login, actor) in &self.actors {
            for grant in actor.grants.iter().filter(|grant| grant.role == Role::Director) {
                let Some(organization_id) = grant.organization_id else { continue };
                for person_id in self.staff_of(organization_id)? {
                    found.insert(person_id, login.clone());
                }
            }
        }
        Ok(found)
    }

    /// The people of an organization by the staff files.
    fn staff_of(&self, organization_id: Uuid) -> Result<Vec<Uuid>> {
        let mut people = Vec::new();
        let inn =
            self.places.values().find(|place| place.id == organization_id).map(|place| place.inn.clone());
        let inn = inn.unwrap_or_default();
        for code in self.regions.keys() {
            let text = String::from_utf8_lossy(&files::bytes(self.folder, &format!("staff/{code}.csv"))?)
                .into_owned();
            for cells in text.lines().skip(1).map(|line| line.split(';').collect::<Vec<_>>()) {
                if cells.get(5) == Some(&inn.as_str()) {
                    people.push(self.person(cells.get(3).copied().unwrap_or_default())?);
                }
            }
        }
        Ok(people)
    }
}
