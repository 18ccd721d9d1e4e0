//! What a token of an external issuer says, read as the configuration tells.

use serde_json::Value;

use crate::authz::Role;
use crate::config::OpenIdSettings;

/// The claims of a proven token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalClaims {
    /// The account it names, in lower case.
    pub login: String,
    /// When it was issued, in seconds since 1970.
    pub issued_at: i64,
    /// When it ends, in seconds since 1970.
    pub ends_at: i64,
    /// What it may be used as; none: as what the account holds in Rost.
    pub roles: Option<ExternalRoles>,
}

/// Roles that the issuer gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalRoles {
    /// The roles, translated; names the configuration does not know are nothing.
    pub roles: Vec<Role>,
    /// Where they are held: ids or ИНН of organizations.
    pub organizations: Vec<String>,
}

/// Roles and organizations of one token at most; a longer list is cut.
const MOST: usize = 100;

impl ExternalClaims {
    /// Reads the claims; none when the token does not say whose it is or when it ends.
    pub(super) fn read(claims: &Value, settings: &OpenIdSettings) -> Option<Self> {
        let login = find(claims, &settings.login_claim)?.as_str()?.trim().to_lowercase();
        // An address that nobody has proven to be his own names nobody.
        let proven =
            settings.login_claim != "email" || find(claims, "email_verified") == Some(&Value::Bool(true));
        if login.is_empty() || !proven {
            return None;
        }
        let ends_at = moment(claims.get("exp")?)?;
        let issued_at = moment(claims.get("iat")?)?;
        let roles = (!settings.roles.is_empty()).then(|| {
            let given = texts(find(claims, &settings.roles_claim));
            let known = settings.roles.iter().filter(|(name, _)| given.contains(name));
            ExternalRoles {
                roles: known.map(|(_, role)| *role).collect(),
                organizations: texts(find(claims, &settings.organizations_claim)),
            }
        });
        Some(Self { login, issued_at, ends_at, roles })
    }
}

/// The claim of that name, or at that path: some issuers have names with dots in them, some have objects in objects.
fn find<'a>(claims: &'a Value, path: &str) -> Option<&'a Value> {
    claims.get(path).or_else(|| path.split('.').try_fold(claims, |value, part| value.get(part)))
}

/// A text or a list of texts.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => text.split_whitespace().take(MOST).map(str::to_owned).collect(),
        Some(Value::Array(items)) => {
            items.iter().filter_map(Value::as_str).take(MOST).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

/// Seconds since 1970; a fraction is allowed and cut (RFC 7519, `NumericDate`).
fn moment(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.to_string().split_once('.').and_then(|(whole, _)| whole.parse().ok()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn settings() -> OpenIdSettings {
        OpenIdSettings {
            issuer: "https://sso.example.ru".to_owned(),
            audience: "rost-api".to_owned(),
            login_claim: "preferred_username".to_owned(),
            roles_claim: "realm_access.roles".to_owned(),
            roles: vec![("head".to_owned(), Role::Director), ("deputy".to_owned(), Role::DeputyDirector)],
            organizations_claim: "https://sso.example.ru/inn".to_owned(),
        }
    }

    fn token() -> Value {
        json!({
            "preferred_username": "Ivanova", "iat": 1_772_431_200, "exp": 1_772_434_800.5,
            "realm_access": {"roles": ["head", "cook"]}, "https://sso.example.ru/inn": "7707083893",
        })
    }

    #[test]
    fn claims_are_found_by_name_and_by_path() {
        let read = ExternalClaims::read(&token(), &settings()).unwrap();
        assert_eq!((read.login.as_str(), read.ends_at), ("ivanova", 1_772_434_800));
        let roles = read.roles.unwrap();
        assert_eq!(roles.roles, [Role::Director], "a role that is not translated is nothing");
        assert_eq!(roles.organizations, ["7707083893"]);
    }

    #[test]
    fn a_token_without_a_login_or_an_end_is_nobodys() {
        for missing in ["preferred_username", "exp", "iat"] {
            let mut token = token();
            token.as_object_mut().unwrap().remove(missing);
            assert_eq!(ExternalClaims::read(&token, &settings()), None, "{missing}");
        }
    }

    #[test]
    fn an_unproven_address_names_nobody() {
        let settings = OpenIdSettings { login_claim: "email".to_owned(), ..settings() };
        let mut token = token();
        token["email"] = json!("ivanova@example.ru");
        assert_eq!(ExternalClaims::read(&token, &settings), None);
        token["email_verified"] = json!(true);
        assert!(ExternalClaims::read(&token, &settings).is_some());
    }
}
