//! Documents of four years: loaded from files as a region's officer would, confirmed by each school for its own people.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::cast::Stage;
use super::files;
use crate::authz::Role;
use crate::error::{Error, Result};
use crate::hours::credentials::decisions::decide_credential;
use crate::hours::credentials::model::Decision;
use crate::imports::model::{ImportKind, RowOutcome};

/// Who loads the documents of a region.
#[derive(Deserialize)]
struct DocumentsRow {
    region: String,
    author: String,
}

#[derive(Deserialize)]
struct PaperRow {
    snils: String,
}

impl Stage<'_> {
    /// Loads and confirms the documents.
    pub(super) async fn papers(&self, now: DateTime<Utc>) -> Result<()> {
        let directors = self.directors();
        for file in files::csv::<DocumentsRow>(self.folder, "documents.csv")? {
            let name = format!("credentials/{}.csv", file.region);
            let bytes = files::bytes(self.folder, &name)?;
            let rows: Vec<PaperRow> = files::rows(&name, &bytes)?;
            let officer = self.actor(&file.author)?;
            for receipt in self.upload(officer, ImportKind::Credentials, &name, &bytes, now).await? {
                let Some(id) = receipt.subject_id.filter(|_| receipt.outcome == RowOutcome::Created) else {
                    continue;
                };
                // The header is line 1.
                let row = usize::try_from(receipt.line - 2).ok().and_then(|row| rows.get(row));
                let person_id = self.person(&row.ok_or_else(Error::not_found)?.snils)?;
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
    fn directors(&self) -> HashMap<Uuid, String> {
        let mut found = HashMap::new();
        for (login, actor) in &self.actors {
            let schools = actor.grants.iter().filter(|grant| grant.role == Role::Director);
            for school in schools.filter_map(|grant| grant.organization_id) {
                let people = self.staff.iter().filter(|(organization_id, _)| *organization_id == school);
                found.extend(people.map(|(_, person_id)| (*person_id, login.clone())));
            }
        }
        found
    }
}
