//! Parts and bases of a route, counted, as they go out.

use serde::Serialize;
use utoipa::ToSchema;

use crate::authz::Role;
use crate::learning_routes::model::{BasisShare, PartSummary};
use crate::regulations::profile::{ActivityBasis, RoutePart};
use crate::values::Hours;

/// A part of a route with what is in it (часть маршрута).
#[derive(Debug, Serialize, ToSchema)]
pub struct RoutePartSummary {
    /// The part.
    pub part: RoutePart,
    /// The part it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<RoutePart>,
    /// Who may change its lines while the route is a draft.
    #[schema(max_items = 64)]
    pub editors: Vec<Role>,
    /// How many activities it has, those of its inner parts included.
    #[schema(value_type = u32, minimum = 0, maximum = 200)]
    pub activities: usize,
    /// Their academic hours.
    #[schema(value_type = f64, multiple_of = 0.5, minimum = 0, maximum = 2000000)]
    pub hours: Hours,
}

impl From<PartSummary> for RoutePartSummary {
    fn from(part: PartSummary) -> Self {
        Self {
            part: part.part,
            within: part.within,
            editors: part.editors,
            activities: part.activities,
            hours: part.hours,
        }
    }
}

/// How much of a route rests on one basis (доля основания).
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteBasisShare {
    /// The basis.
    pub basis: ActivityBasis,
    /// How many activities cite it.
    #[schema(value_type = u32, minimum = 1, maximum = 200)]
    pub activities: usize,
    /// Their academic hours.
    #[schema(value_type = f64, multiple_of = 0.5, minimum = 0, maximum = 2000000)]
    pub hours: Hours,
    /// Their part of all activities in per cent, rounded down.
    #[schema(value_type = u32, minimum = 0, maximum = 100)]
    pub share: usize,
}

impl From<BasisShare> for RouteBasisShare {
    fn from(share: BasisShare) -> Self {
        Self { basis: share.basis, activities: share.activities, hours: share.hours, share: share.share }
    }
}
