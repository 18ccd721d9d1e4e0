//! An external OpenID Connect issuer: whose tokens are accepted as well, and how their claims are read.

use super::Reader;
use crate::authz::Role;

/// An external issuer, and what its claims mean here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenIdSettings {
    /// `iss` of its tokens, which is also the address of its discovery document.
    pub issuer: String,
    /// `aud` its tokens must carry.
    pub audience: String,
    /// The claim that names the account by its login.
    pub login_claim: String,
    /// The claim that lists the roles, parts separated by dots.
    pub roles_claim: String,
    /// What the issuer calls a role, and the role; empty: roles are those held in Rost.
    pub roles: Vec<(String, Role)>,
    /// The claim that lists the organizations where the roles are held, by id or ИНН.
    pub organizations_claim: String,
}

impl OpenIdSettings {
    /// Reads the settings; none without an issuer.
    pub(super) fn read<F: Fn(&str) -> Option<String>>(
        reader: &mut Reader<'_, F>,
        audience: &str,
    ) -> Option<Self> {
        let issuer: Option<String> = reader.optional("ROST_OIDC_ISSUER");
        let audience = reader.parsed("ROST_OIDC_AUDIENCE", audience.to_owned());
        let login_claim = reader.parsed("ROST_OIDC_LOGIN_CLAIM", "preferred_username".to_owned());
        let roles_claim = reader.parsed("ROST_OIDC_ROLES_CLAIM", "roles".to_owned());
        let organizations_claim = reader.parsed("ROST_OIDC_ORGANIZATIONS_CLAIM", "organizations".to_owned());
        let pairs = reader.list("ROST_OIDC_ROLES");
        let mut roles = Vec::with_capacity(pairs.len());
        for pair in pairs {
            match pair.split_once('=').map(|(name, role)| (name.trim(), Role::parse(role.trim()))) {
                Some((name, Some(role))) if !name.is_empty() && may_come_from_outside(role) => {
                    roles.push((name.to_owned(), role));
                }
                _ => reader.problems.push(format!(
                    "ROST_OIDC_ROLES: `{pair}` is not `name at the issuer=role`, or nobody outside may give this role"
                )),
            }
        }
        let issuer = issuer?;
        if !is_safe(&issuer) {
            reader
                .problems
                .push("ROST_OIDC_ISSUER: expected https://host, or http:// on this machine".to_owned());
        }
        Some(Self { issuer, audience, login_claim, roles_claim, roles, organizations_claim })
    }
}

/// A teacher is one by his employment; who administers the platform is not for a region's issuer to say.
fn may_come_from_outside(role: Role) -> bool {
    !matches!(role, Role::Teacher | Role::PlatformAdmin)
}

/// Keys that decide who is who travel encrypted, unless they never leave the machine.
pub fn is_safe(address: &str) -> bool {
    let local = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
    address.starts_with("https://")
        || local.iter().any(|start| {
            address.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_never_fetched_in_the_clear_from_elsewhere() {
        for safe in ["https://sso.example.ru/realm", "http://127.0.0.1:9000", "http://localhost/x"] {
            assert!(is_safe(safe), "{safe}");
        }
        for unsafe_one in
            ["http://sso.example.ru", "http://127.0.0.1.example.ru", "http://localhost.evil", "ftp://x"]
        {
            assert!(!is_safe(unsafe_one), "{unsafe_one}");
        }
    }
}
