//! What travels about regions.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::model::{NewRegion, Region};
use crate::error::{Error, Result};
use crate::http::page_view;

/// A region to be added.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegionCreate {
    /// Short stable code: lower-case Latin letters, digits and dashes.
    #[validate(length(min = 2, max = 40))]
    #[schema(min_length = 2, max_length = 40, pattern = "^[a-z0-9-]+$", example = "altai")]
    pub code: String,
    /// Name of the region (наименование).
    #[validate(length(min = 2, max = 200))]
    #[schema(min_length = 2, max_length = 200, example = "Алтайский край")]
    pub name: String,
    /// IANA time zone; "today", deadlines and school years of the region go by it.
    #[validate(length(min = 3, max = 60))]
    #[schema(min_length = 3, max_length = 60, example = "Asia/Barnaul")]
    pub time_zone: String,
}

impl RegionCreate {
    /// Parses the time zone and the code.
    pub fn to_model(&self) -> Result<NewRegion> {
        NewRegion::new(&self.code, &self.name, &self.time_zone).map_err(Error::invalid)
    }
}

/// A region (субъект федерации): a tenant of the installation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Region)]
pub struct RegionView {
    /// The region's id.
    pub id: Uuid,
    /// Short stable code.
    #[schema(max_length = 40, example = "altai")]
    pub code: String,
    /// Name of the region.
    #[schema(max_length = 200, example = "Алтайский край")]
    pub name: String,
    /// IANA time zone.
    #[schema(max_length = 60, example = "Asia/Barnaul")]
    pub time_zone: String,
}

impl From<Region> for RegionView {
    fn from(region: Region) -> Self {
        Self {
            id: region.id,
            code: region.code,
            name: region.name,
            time_zone: region.time_zone.name().to_owned(),
        }
    }
}

page_view! {
    /// The regions the caller may see.
    RegionPage of RegionView
}
