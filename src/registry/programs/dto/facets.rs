//! Counts beside a search as they travel.

use serde::Serialize;
use utoipa::ToSchema;

use crate::registry::programs::model::FacetCount;

/// A value and how many of the programs found have it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgramFacetValue {
    /// The value, as the filter of that name takes it; of hours and price the bounds `from-to`.
    #[schema(max_length = 200, example = "advanced_training")]
    pub value: String,
    /// Its name, where the value is an id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub label: Option<String>,
    /// How many programs.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub count: i64,
}

/// A filter and the values it could take (фасет).
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgramFacet {
    /// Name of the filter; `hours` and `price` stand for their pairs of bounds.
    #[schema(max_length = 60, example = "kind")]
    pub facet: String,
    /// Its values, the most frequent first.
    #[schema(max_items = 50)]
    pub values: Vec<ProgramFacetValue>,
}

/// What a search finds, counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgramFacetList {
    /// How many programs were found.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub total: i64,
    /// The filters with their values.
    #[schema(max_items = 20)]
    pub items: Vec<ProgramFacet>,
}

impl From<Vec<FacetCount>> for ProgramFacetList {
    fn from(counts: Vec<FacetCount>) -> Self {
        let mut list = Self { total: 0, items: Vec::new() };
        for FacetCount { facet, value, label, count } in counts {
            if facet == "total" {
                list.total = count;
                continue;
            }
            let value = ProgramFacetValue { value, label, count };
            match list.items.last_mut().filter(|last| last.facet == facet) {
                Some(last) => last.values.push(value),
                None => list.items.push(ProgramFacet { facet, values: vec![value] }),
            }
        }
        list
    }
}
