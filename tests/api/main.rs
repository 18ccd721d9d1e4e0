//! Behaviour over HTTP, resource by resource.

#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;

#[cfg(test)]
mod organizations;
#[cfg(test)]
mod accounts;
#[cfg(test)]
mod tokens;
