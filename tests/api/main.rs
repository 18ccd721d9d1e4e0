//! Behaviour over HTTP, resource by resource.

#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;

#[cfg(test)]
mod deficits;
#[cfg(test)]
mod diagnostic_results;
#[cfg(test)]
mod frameworks;
#[cfg(test)]
mod instruments;
#[cfg(test)]
mod approval_races;
#[cfg(test)]
mod approvals;
#[cfg(test)]
mod organizations;
#[cfg(test)]
mod regulations;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod routes_life;
#[cfg(test)]
mod routes_rules;
