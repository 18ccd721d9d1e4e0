//! The five regulations, each put in by whoever leads its place.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::cast::Stage;
use super::files;
use crate::error::{Error, Result};
use crate::regulations::presets::Preset;
use crate::regulations::service::{self, NewRegulation};

#[derive(Deserialize)]
struct RegulationRow {
    organization: String,
    author: String,
    preset: String,
    effective_from: NaiveDate,
}

impl Stage<'_> {
    /// Drafts and publishes each preset unchanged.
    pub(super) async fn regulations(&self, now: DateTime<Utc>) -> Result<()> {
        for row in files::csv::<RegulationRow>(self.folder, "regulations.csv")? {
            let owner_id = self.place(&row.organization)?.id;
            let preset =
                Preset::find(&row.preset).ok_or_else(|| Error::internal(format!("demo: {}", row.preset)))?;
            let document = preset.load().map_err(|error| Error::internal(format!("{error:?}")))?;
            let document = Box::new(document.document().clone());
            self.act(self.actor(&row.author)?, now, async |ctx| {
                let new = NewRegulation { owner_id, preset: Some(preset), document };
                let draft = service::create_regulation(ctx, new).await?.regulation;
                service::publish_regulation(ctx, draft.id, draft.version, row.effective_from).await
            })
            .await?;
        }
        Ok(())
    }
}
