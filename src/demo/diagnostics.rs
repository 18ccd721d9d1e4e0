//! Competency frameworks, instruments and results.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::cast::Stage;
use super::files;
use crate::diagnostics::frameworks::dto::FrameworkCreate;
use crate::diagnostics::frameworks::service as frameworks;
use crate::diagnostics::instruments::dto::InstrumentCreate;
use crate::diagnostics::instruments::service as instruments;
use crate::diagnostics::results::dto::DiagnosticResultCreate;
use crate::diagnostics::results::service as results;
use crate::error::{Error, Result};

#[derive(Deserialize)]
struct Authored {
    owner: String,
    author: String,
    #[serde(flatten)]
    body: serde_json::Map<String, Value>,
}

#[derive(Deserialize)]
struct ScoreRow {
    snils: String,
    author: String,
    owner: String,
    instrument: String,
    taken_on: NaiveDate,
    mode: String,
    competency: String,
    procedure: String,
    score: f64,
}

impl Stage<'_> {
    /// Frameworks and instruments, published.
    pub(super) async fn frameworks(&mut self, now: DateTime<Utc>) -> Result<()> {
        for mut file in files::json::<Vec<Authored>>(self.folder, "frameworks.json")? {
            let place = self.place(&file.owner)?.clone();
            file.body.insert("owner_id".to_owned(), json!(place.id));
            let draft = body::<FrameworkCreate>(file.body)?.draft()?;
            let tree = self
                .act(self.actor(&file.author)?, now, async |ctx| {
                    let draft = frameworks::create_framework(ctx, place.id, draft).await?;
                    frameworks::publish_framework(ctx, draft.framework.id, draft.framework.version).await
                })
                .await?;
            for competency in tree.competencies {
                self.competencies.insert((place.region_id, competency.item.code), competency.id);
            }
            self.frameworks.insert(file.owner, tree.framework.id);
        }
        for mut file in files::json::<Vec<Authored>>(self.folder, "instruments.json")? {
            let place = self.place(&file.owner)?.clone();
            let kept_in = |(owner, _): &(&String, &uuid::Uuid)| {
                self.places.get(*owner).is_some_and(|other| other.region_id == place.region_id)
            };
            let framework = self.frameworks.iter().find(kept_in).map(|(_, id)| *id);
            file.body.remove("framework");
            file.body.insert("framework_id".to_owned(), json!(framework));
            let code = file.body.get("code").and_then(Value::as_str).unwrap_or_default().to_owned();
            let mut create = serde_json::Map::new();
            create.insert("owner_id".to_owned(), json!(place.id));
            create.insert("data".to_owned(), Value::Object(file.body));
            let create = body::<InstrumentCreate>(create)?;
            let published = self
                .act(self.actor(&file.author)?, now, async |ctx| {
                    let draft = instruments::create_instrument(ctx, place.id, create.data.into()).await?;
                    let draft = draft.instrument;
                    Ok(instruments::publish_instrument(ctx, draft.id, draft.version).await?.instrument.id)
                })
                .await?;
            self.instruments.insert((file.owner, code), published);
        }
        Ok(())
    }

    /// Results, one for all the scores of a person on a day; deficits follow from them.
    pub(super) async fn results(&self, now: DateTime<Utc>) -> Result<()> {
        let mut sheets: BTreeMap<(String, NaiveDate), Vec<ScoreRow>> = BTreeMap::new();
        for row in files::csv::<ScoreRow>(self.folder, "results.csv")? {
            sheets.entry((row.snils.clone(), row.taken_on)).or_default().push(row);
        }
        for ((snils, taken_on), rows) in sheets {
            let Some(first) = rows.first() else { continue };
            let instrument = self.instruments.get(&(first.owner.clone(), first.instrument.clone()));
            let scores: Vec<Value> = rows
                .iter()
                .map(|row| json!({"competency_code": row.competency, "procedure": row.procedure, "score": row.score}))
                .collect();
            let create = json!({
                "person_id": self.person(&snils)?, "instrument_id": instrument, "taken_on": taken_on,
                "mode": first.mode, "scores": scores,
            });
            let create: DiagnosticResultCreate = serde_json::from_value(create).map_err(Error::internal)?;
            self.act(self.actor(&first.author)?, now, async |ctx| {
                results::record_diagnostic_result(ctx, create.into()).await
            })
            .await?;
        }
        Ok(())
    }
}

/// A request body as an endpoint would read it.
pub(super) fn body<T: serde::de::DeserializeOwned>(fields: serde_json::Map<String, Value>) -> Result<T> {
    serde_json::from_value(Value::Object(fields)).map_err(|error| Error::internal(format!("demo: {error}")))
}
