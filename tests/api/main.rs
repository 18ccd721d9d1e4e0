//! Behaviour over HTTP, resource by resource.

#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;

#[cfg(test)]
mod organizations;

#[cfg(test)]
mod programs;

#[cfg(test)]
mod registry_entries;

#[cfg(test)]
mod registry_publications;
