//! Competency frameworks, instruments, campaigns and results.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::cast::Stage;
use super::files;
use crate::db::Ctx;
use crate::diagnostics::campaigns::dto::DiagnosticCampaignData;
use crate::diagnostics::campaigns::service as campaigns;
use crate::diagnostics::frameworks::dto::FrameworkCreate;
use crate::diagnostics::frameworks::service as frameworks;
use crate::diagnostics::instruments::dto::InstrumentCreate;
use crate::diagnostics::instruments::service as instruments;
use crate::diagnostics::service::open_deficits_of;
use crate::error::{Error, Result};
use crate::imports::model::ImportKind;

#[derive(Deserialize)]
struct Authored {
    owner: String,
    author: String,
    #[serde(flatten)]
    body: serde_json::Map<String, Value>,
}

#[derive(Deserialize)]
struct CampaignRow {
    region: String,
    author: String,
    owner: String,
    instrument: String,
    code: String,
    title: String,
    mode: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
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
                self.name("competency", &format!("{}/{}", file.owner, competency.item.code), competency.id);
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

    /// Campaigns of everybody whom the instrument serves, and their results from files; deficits follow from them.
    pub(super) async fn results(&self, planned: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
        for row in files::csv::<CampaignRow>(self.folder, "campaigns.csv")? {
            let place = self.place(&row.owner)?;
            let instrument = self.instruments.get(&(row.owner.clone(), row.instrument.clone()));
            let data = json!({
                "instrument_id": instrument, "code": row.code, "title": row.title, "mode": row.mode,
                "enrollment": "by_rule", "starts_on": row.starts_on, "ends_on": row.ends_on,
            });
            let data: DiagnosticCampaignData = serde_json::from_value(data).map_err(Error::internal)?;
            let author = self.actor(&row.author)?;
            self.act(author, planned, async |ctx| {
                let campaign =
                    campaigns::create_diagnostic_campaign(ctx, place.id, data.into()).await?.campaign;
                campaigns::start_diagnostic_campaign(ctx, campaign.id, campaign.version).await
            })
            .await?;
            let name = format!("diagnostics/{}.csv", row.region);
            let bytes = files::bytes(self.folder, &name)?;
            self.upload(author, ImportKind::DiagnosticResults, &name, &bytes, now).await?;
        }
        Ok(())
    }

    /// The open deficits of everybody with an account, by СНИЛС and competency: `deficit:910-221-732 43/K1`.
    pub(super) async fn deficits(&mut self, now: DateTime<Utc>) -> Result<()> {
        let codes: HashMap<Uuid, &str> =
            self.competencies.iter().map(|((_, code), id)| (*id, code.as_str())).collect();
        let mut found = Vec::new();
        for (snils, person_id) in &self.persons {
            if !self.actors.values().any(|actor| actor.person_id == Some(*person_id)) {
                continue;
            }
            let open = async |ctx: &Ctx<'_>| open_deficits_of(ctx, *person_id).await;
            for deficit in self.act(&self.installation(), now, open).await? {
                let code = codes.get(&deficit.competency_id);
                found.extend(code.map(|code| (format!("{snils}/{code}"), deficit.id)));
            }
        }
        for (name, id) in found {
            self.name("deficit", &name, id);
        }
        Ok(())
    }
}

/// A request body as an endpoint would read it.
pub(super) fn body<T: serde::de::DeserializeOwned>(fields: serde_json::Map<String, Value>) -> Result<T> {
    serde_json::from_value(Value::Object(fields)).map_err(|error| Error::internal(format!("demo: {error}")))
}
