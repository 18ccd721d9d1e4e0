//! Programs: written by their providers, accepted by the keeper of the registry, entered and published.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::cast::Stage;
use super::{diagnostics, files};
use crate::db::Ctx;
use crate::error::{Code, Error, Result};
use crate::registry::entries::service as entries;
use crate::registry::programs::dto::ProgramCreate;
use crate::registry::programs::model::Verdict;
use crate::registry::programs::service::{self as programs, ProgramContent};
use crate::registry::publications::service as publications;

#[derive(Deserialize)]
struct ProgramFile {
    provider: String,
    author: String,
    keeper: String,
    data: Value,
    modules: Vec<serde_json::Map<String, Value>>,
}

/// A year of the registry and who publishes it (P4-15).
#[derive(Deserialize)]
struct PublicationRow {
    author: String,
    year: i32,
}

impl Stage<'_> {
    /// Programs of every provider; then registries are published.
    pub(super) async fn programs(&self, now: DateTime<Utc>, published: DateTime<Utc>) -> Result<()> {
        for file in files::json::<Vec<ProgramFile>>(self.folder, "programs.json")? {
            let place = self.place(&file.provider)?.clone();
            let create = self.program(&file, place.id, place.region_id)?;
            let author = self.actor(&file.author)?;
            let (id, version) =
                self.act(author, now, async |ctx| submit(ctx, place.id, &create).await).await?;
            self.act(self.actor(&file.keeper)?, now, async |ctx| {
                programs::decide_program(ctx, id, version, &Verdict::Accept { reason: None }).await?;
                match entries::create_registry_entry(ctx, id).await {
                    // The regulation of the region keeps such programs out of its registry.
                    Err(refusal) if refusal.code == Code::Invalid => Ok(()),
                    entered => entered.map(|_| ()),
                }
            })
            .await?;
        }
        for row in files::csv::<PublicationRow>(self.folder, "publications.csv")? {
            let publish =
                async |ctx: &Ctx<'_>| publications::create_registry_publication(ctx, row.year).await;
            self.act(self.actor(&row.author)?, published, publish).await?;
        }
        Ok(())
    }

    fn program(&self, file: &ProgramFile, provider_id: Uuid, region_id: Uuid) -> Result<ProgramCreate> {
        let module = |module: &serde_json::Map<String, Value>| {
            let mut module = module.clone();
            let codes = module.remove("competencies");
            let codes = codes.as_ref().and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            let ids: Vec<Option<&Uuid>> = codes
                .iter()
                .map(|code| self.competencies.get(&(region_id, code.as_str().unwrap_or_default().to_owned())))
                .collect();
            module.insert("competency_ids".to_owned(), json!(ids));
            Value::Object(module)
        };
        let modules: Vec<Value> = file.modules.iter().map(module).collect();
        let create = json!({"provider_id": provider_id, "data": file.data, "modules": modules});
        match create {
            Value::Object(fields) => diagnostics::body(fields),
            _ => Err(Error::internal("demo: a program is an object")),
        }
    }
}

fn content(create: &ProgramCreate, provider_id: Uuid) -> ProgramContent {
    let modules = create.modules.iter().cloned().map(|module| module.into_data(provider_id)).collect();
    ProgramContent { data: create.data.clone().into(), modules }
}

async fn submit(ctx: &Ctx<'_>, provider_id: Uuid, create: &ProgramCreate) -> Result<(Uuid, i64)> {
    let draft =
        programs::create_program(ctx, provider_id, |provider_id| content(create, provider_id)).await?.program;
    let submitted = programs::submit_program(ctx, draft.id, draft.version).await?.program;
    Ok((submitted.id, submitted.version))
}
