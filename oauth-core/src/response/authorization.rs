//! The content of a successful authorization response.

use std::borrow::Cow;

use super::TokenResponse;
use crate::secret::SecretString;

/// The parameters of a successful authorization response.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct AuthorizationParameters {
    /// `code`.
    pub code: Option<SecretString>,
    /// `access_token` and what goes with it.
    pub token: Option<TokenResponse>,
    /// `id_token`.
    pub id_token: Option<SecretString>,
    /// `session_state` (OIDC Session Management §2).
    pub session_state: Option<String>,
    /// The parameters that the code modifier added.
    pub(crate) extra: Vec<(String, String)>,
}

impl AuthorizationParameters {
    /// The parameters by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let secret = |name, value: &'_ Option<SecretString>| {
            value.as_ref().map(|value| (name, Cow::Owned(value.expose().to_owned())))
        };
        let token = self.token.iter().flat_map(TokenResponse::parameters);
        let session_state = self.session_state.as_deref().map(|state| ("session_state", state.into()));
        let extra = self.extra.iter().map(|(name, value)| (name.as_str(), Cow::Borrowed(value.as_str())));
        let own =
            secret("code", &self.code).into_iter().chain(token).chain(secret("id_token", &self.id_token));
        own.chain(session_state).chain(extra)
    }
}
