//! Behaviour over HTTP, resource by resource.

#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;

#[cfg(test)]
mod organizations;
#[cfg(test)]
mod compliance;
#[cfg(test)]
mod credentials;
#[cfg(test)]
mod hours_balance;
