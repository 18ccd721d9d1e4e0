//! Endpoints of presets.

use actix_web::{get, web};

use super::dto::{RegulationPresetItem, RegulationPresetPage, RegulationPresetView};
use super::presets::Preset;
use super::profile::RegulationDocument;
use super::service;
use crate::error::{Error, Result};
use crate::http::{Call, Reply};

/// Lists the presets of regulations
///
/// Five real regulations that ship with the product and run unchanged, each for its own organizations.
#[utoipa::path(
    tag = "regulations", operation_id = "list_regulation_presets",
    extensions(("x-whole-list" = json!(true))),
    responses((status = 200, description = "All of them", body = RegulationPresetPage))
)]
#[get("/regulation-presets")]
pub async fn list_regulation_presets(call: Call) -> Result<Reply> {
    let item = |preset: &Preset| {
        document(*preset).map(|document| RegulationPresetItem {
            code: document.code,
            title_ru: document.title_ru,
            title_en: document.title_en,
            level: document.level,
        })
    };
    let items = service::list_regulation_presets(&call.actor)?.iter().map(item).collect::<Result<_>>()?;
    Reply::ok(&RegulationPresetPage { items, next_cursor: None })
}

/// Reads a preset of a regulation
///
/// The whole document with the paragraph of every rule.
#[utoipa::path(
    tag = "regulations", operation_id = "get_regulation_preset",
    params(("code" = String, Path, description = "The preset's code", min_length = 1, max_length = 64)),
    responses((status = 200, description = "The preset", body = RegulationPresetView))
)]
#[get("/regulation-presets/{code}")]
pub async fn get_regulation_preset(call: Call, code: web::Path<String>) -> Result<Reply> {
    let preset = service::get_regulation_preset(&call.actor, &code)?;
    Reply::ok(&RegulationPresetView { code: preset.code().to_owned(), document: document(preset)? })
}

fn document(preset: Preset) -> Result<Box<RegulationDocument>> {
    Ok(Box::new(preset.load().map_err(Error::internal)?.document().clone()))
}
