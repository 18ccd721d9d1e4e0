//! Behaviour over HTTP, resource by resource.

#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;

#[cfg(test)]
mod approval_histories;
#[cfg(test)]
mod approval_races;
#[cfg(test)]
mod approvals;
#[cfg(test)]
mod deficits;
#[cfg(test)]
mod diagnostic_results;
#[cfg(test)]
mod frameworks;
#[cfg(test)]
mod instruments;
#[cfg(test)]
mod organizations;
