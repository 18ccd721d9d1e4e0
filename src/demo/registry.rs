//! Programs: written by their providers, reviewed where the regulation demands it, accepted by the keeper of the registry, entered and published.

use std::collections::HashMap;

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
use crate::registry::programs::service::{self as programs, ProgramContent, ShownProgram};
use crate::registry::publications::service as publications;
use crate::registry::review_sheets::dto::ReviewSheetData;
use crate::registry::review_sheets::model::{Criterion, ReviewSheet};
use crate::registry::review_sheets::service as review_sheets;
use crate::registry::reviews::model::{ReviewResult, ReviewVerdict, Score};
use crate::registry::reviews::service::{self as reviews, NewReview};

#[derive(Deserialize)]
struct ProgramFile {
    provider: String,
    author: String,
    keeper: String,
    /// Partners of a network form, by key.
    #[serde(default)]
    partners: Vec<String>,
    review: Option<ReviewFile>,
    data: Value,
    modules: Vec<serde_json::Map<String, Value>>,
}

/// A sheet of criteria and who makes it (P2-22).
#[derive(Deserialize)]
struct SheetFile {
    organizer: String,
    sheet: ReviewSheetData,
}

/// Who reviews a program by which sheet, and who assigns him.
#[derive(Deserialize)]
struct ReviewFile {
    sheet: String,
    organizer: String,
    reviewer: String,
}

/// A year of the registry and who publishes it (P4-15).
#[derive(Deserialize)]
struct PublicationRow {
    author: String,
    year: i32,
}

impl Stage<'_> {
    /// Programs of every provider; then registries are published.
    pub(super) async fn programs(&mut self, now: DateTime<Utc>, published: DateTime<Utc>) -> Result<()> {
        let mut sheets: HashMap<String, ReviewSheet> = HashMap::new();
        for SheetFile { organizer, sheet } in
            files::json::<Vec<SheetFile>>(self.folder, "review_sheets.json")?
        {
            let make = async |ctx: &Ctx<'_>| review_sheets::create_review_sheet(ctx, sheet.into()).await;
            let made = self.act(self.actor(&organizer)?, now, make).await?.sheet;
            self.name("sheet", &made.data.title, made.id);
            for (criterion, number) in made.data.criteria.iter().zip(1..) {
                self.name("sheet", &format!("{}/{number}", made.data.title), criterion.id);
            }
            sheets.insert(made.data.title.clone(), made);
        }
        for file in files::json::<Vec<ProgramFile>>(self.folder, "programs.json")? {
            let place = self.place(&file.provider)?.clone();
            let create = self.program(&file, place.id, place.region_id)?;
            let author = self.actor(&file.author)?;
            let submitted = self.act(author, now, async |ctx| submit(ctx, place.id, &create).await).await?;
            let (id, mut version) = (submitted.program.id, submitted.program.version);
            let title = format!("{}/{}", file.provider, create.data.title);
            self.name("program", &title, id);
            for (module, number) in submitted.modules.iter().zip(1..) {
                self.name("module", &format!("{title}/{number}"), module.id);
            }
            if let Some(review) = &file.review {
                let sheet = sheets.get(&review.sheet);
                let sheet = sheet.ok_or_else(|| Error::internal("demo: there is no such sheet"))?;
                self.review(review, sheet, id, now).await?;
                version += 1;
            }
            let entered = self.act(self.actor(&file.keeper)?, now, async |ctx| {
                programs::decide_program(ctx, id, version, &Verdict::Accept { reason: None }).await?;
                match entries::create_registry_entry(ctx, id).await {
                    // The regulation of the region keeps such programs out of its registry.
                    Err(refusal) if refusal.code == Code::Invalid => Ok(None),
                    entered => entered.map(|shown| Some(shown.entry.id)),
                }
            });
            if let Some(entry_id) = entered.await? {
                self.name("entry", &title, entry_id);
            }
        }
        for row in files::csv::<PublicationRow>(self.folder, "publications.csv")? {
            let publish =
                async |ctx: &Ctx<'_>| publications::create_registry_publication(ctx, row.year).await;
            self.act(self.actor(&row.author)?, published, publish).await?;
        }
        Ok(())
    }

    /// Somebody reviews the program and recommends it.
    async fn review(
        &self,
        file: &ReviewFile,
        sheet: &ReviewSheet,
        program_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let reviewer = self.actor(&file.reviewer)?;
        let reviewer_id =
            reviewer.person_id.ok_or_else(|| Error::internal("demo: a reviewer is a person"))?;
        let new = NewReview { program_id, sheet_id: sheet.id, reviewer_id, due_on: None };
        let assign = async |ctx: &Ctx<'_>| reviews::create_program_review(ctx, new).await;
        let review = self.act(self.actor(&file.organizer)?, now, assign).await?.review;
        let score = |criterion: &Criterion| Score {
            criterion_id: criterion.id,
            score: criterion.max_score,
            remark: None,
        };
        let result = ReviewResult {
            verdict: ReviewVerdict::Recommend,
            scores: sheet.data.criteria.iter().map(score).collect(),
            conclusion: Some("Программа рекомендована к включению в реестр".to_owned()),
            rework_due_on: None,
        };
        let complete = async |ctx: &Ctx<'_>| {
            reviews::complete_program_review(ctx, review.id, review.version, result).await
        };
        self.act(reviewer, now, complete).await.map(drop)
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
        let mut data = file.data.clone();
        let partners = file.partners.iter().map(|key| self.place(key).map(|place| place.id));
        if let Some(fields) = data.as_object_mut() {
            fields.insert("partner_ids".to_owned(), json!(partners.collect::<Result<Vec<_>>>()?));
        }
        let create = json!({"provider_id": provider_id, "data": data, "modules": modules});
        match create {
            Value::Object(fields) => diagnostics::body(fields),
            _ => Err(Error::internal("demo: a program is an object")),
        }
    }
}

/// What is written of a program.
pub(super) fn content(create: &ProgramCreate, provider_id: Uuid) -> ProgramContent {
    let modules = create.modules.iter().cloned().map(|module| module.into_data(provider_id)).collect();
    ProgramContent { data: create.data.clone().into(), modules }
}

async fn submit(ctx: &Ctx<'_>, provider_id: Uuid, create: &ProgramCreate) -> Result<ShownProgram> {
    let draft =
        programs::create_program(ctx, provider_id, |provider_id| content(create, provider_id)).await?.program;
    programs::submit_program(ctx, draft.id, draft.version).await
}
