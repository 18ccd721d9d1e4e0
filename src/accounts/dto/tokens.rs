//! Tokens as they travel. The names are those of OAuth 2 (RFC 6749), so that its clients feel at home.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::accounts::service::Session;
use crate::accounts::{GrantClaim, SecretText};
use crate::error::{Error, FieldProblem, Result, Text};

/// How the caller proves who he is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GrantType {
    /// A person's `login` and `password`.
    Password,
    /// A `refresh_token` of an earlier answer; it can be used once.
    RefreshToken,
    /// A service's `client_id` and `client_secret`.
    ClientCredentials,
}

/// What a token is asked for with; which fields are needed follows from `grant_type`, no others are allowed.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TokenCreate, example = json!({"grant_type": "password", "login": "ivanova", "password": "a long sentence"}))]
pub struct TokenCreate {
    /// How the caller proves who he is.
    pub grant_type: GrantType,
    /// Login of a person (логин).
    #[validate(length(max = 200))]
    #[schema(max_length = 200, example = "ivanova")]
    pub login: Option<String>,
    /// Password of a person (пароль).
    #[schema(value_type = Option<String>, max_length = 200, format = "password")]
    pub password: Option<SecretText>,
    /// A refresh token.
    #[schema(value_type = Option<String>, max_length = 200, format = "password")]
    pub refresh_token: Option<SecretText>,
    /// Id of a service.
    #[validate(length(max = 200))]
    #[schema(max_length = 200, example = "portal")]
    pub client_id: Option<String>,
    /// Secret of a service.
    #[schema(value_type = Option<String>, max_length = 200, format = "password")]
    pub client_secret: Option<SecretText>,
}

/// A request for a token with exactly the fields of its kind.
#[derive(Debug)]
pub enum TokenRequest {
    /// Login and password.
    Password(String, SecretText),
    /// A refresh token.
    Refresh(SecretText),
    /// Client id and client secret.
    Client(String, SecretText),
}

impl TokenCreate {
    /// The request, or every field that is missing, surplus or too long.
    pub fn request(self) -> Result<TokenRequest> {
        let needed: &[&str] = match self.grant_type {
            GrantType::Password => &["login", "password"],
            GrantType::RefreshToken => &["refresh_token"],
            GrantType::ClientCredentials => &["client_id", "client_secret"],
        };
        let secret = |it: &Option<SecretText>| it.as_ref().map(|it| it.reveal().chars().count());
        let given = [
            ("login", self.login.as_ref().map(String::len)),
            ("password", secret(&self.password)),
            ("refresh_token", secret(&self.refresh_token)),
            ("client_id", self.client_id.as_ref().map(String::len)),
            ("client_secret", secret(&self.client_secret)),
        ];
        let problems: Vec<FieldProblem> = given
            .into_iter()
            .filter_map(|(name, length)| problem(name, needed.contains(&name), length))
            .collect();
        if !problems.is_empty() {
            return Err(Error::invalid(problems));
        }
        match (self.login, self.password, self.refresh_token, self.client_id, self.client_secret) {
            (Some(login), Some(password), ..) => Ok(TokenRequest::Password(login, password)),
            (_, _, Some(token), ..) => Ok(TokenRequest::Refresh(token)),
            (.., Some(id), Some(secret)) => Ok(TokenRequest::Client(id, secret)),
            _ => Err(Error::internal("a token request with a gap")),
        }
    }
}

fn problem(name: &'static str, needed: bool, length: Option<usize>) -> Option<FieldProblem> {
    let (code, words) = match (needed, length) {
        (true, None) => ("required", Text::new("Обязательное поле", "The field is required")),
        (false, Some(_)) => {
            ("not_for_this_grant", Text::new("Не относится к этому виду входа", "Not for this kind of grant"))
        }
        (true, Some(length)) if length > 200 => {
            ("length", Text::new("Не больше 200 знаков", "At most 200 characters"))
        }
        _ => return None,
    };
    Some(FieldProblem::new(format!("/{name}"), code, words))
}

/// Tokens of a session.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Token)]
pub struct TokenView {
    /// The access token: a JWT signed with Ed25519, for the header `Authorization: Bearer …`.
    #[schema(value_type = String, max_length = 16384)]
    pub access_token: SecretText,
    /// Always `Bearer`.
    #[schema(max_length = 20, example = "Bearer")]
    pub token_type: &'static str,
    /// Seconds the access token lives.
    #[schema(minimum = 60, maximum = 3600, format = Int32, example = 900)]
    pub expires_in: u64,
    /// Exchange it for the next pair before it ends; it can be used once. A service gets none.
    #[schema(value_type = Option<String>, max_length = 100)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<SecretText>,
    /// What the access token may be used as.
    #[schema(max_items = 1000)]
    pub grants: Vec<GrantClaim>,
}

impl From<Session> for TokenView {
    fn from(session: Session) -> Self {
        Self {
            access_token: session.access_token,
            token_type: "Bearer",
            expires_in: session.expires_in,
            refresh_token: session.refresh_token,
            grants: session.grants,
        }
    }
}

/// Which session to end.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenRevoke {
    /// End the session of this refresh token of the caller's account; without it, the session of the request's own
    /// access token.
    #[schema(value_type = Option<String>, max_length = 200, format = "password")]
    pub refresh_token: Option<SecretText>,
}
