//! Behaviour over HTTP, resource by resource.

#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod associations;
#[cfg(test)]
mod compliance;
#[cfg(test)]
mod credentials;
#[cfg(test)]
mod employments;
#[cfg(test)]
mod hours_balance;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod organizations;
#[cfg(test)]
mod persons;
#[cfg(test)]
mod programs;
#[cfg(test)]
mod registry_entries;
#[cfg(test)]
mod registry_publications;
#[cfg(test)]
mod role_assignments;
#[cfg(test)]
mod tokens;
