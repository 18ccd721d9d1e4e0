//! Behaviour over HTTP, resource by resource.

#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;

#[cfg(test)]
mod approval_races;
#[cfg(test)]
mod approvals;
#[cfg(test)]
mod organizations;
