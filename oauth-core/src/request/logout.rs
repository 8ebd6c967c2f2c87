//! A request to be signed out, OIDC RP-Initiated Logout §2.

use std::borrow::Cow;
use std::sync::Arc;

use super::{IdTokenHint, append_query};
use crate::client::Client;

/// A client's request that the person be signed out, valid in itself; whether they want it is still open.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct LogoutRequest {
    /// The client that asks; `None`: somebody.
    pub client: Option<Arc<Client>>,
    /// `id_token_hint`, if it is an ID token of this server for that client. It may have expired.
    pub id_token_hint: Option<IdTokenHint>,
    /// `post_logout_redirect_uri`: exactly one that the client registered.
    pub post_logout_redirect_uri: Option<String>,
    /// `state`.
    pub state: Option<String>,
    /// `logout_hint`: who is to be signed out, as the client believes. Anyone may have written it.
    pub logout_hint: Option<String>,
    /// `ui_locales`: the languages that the person prefers, the best first (BCP 47).
    pub ui_locales: Vec<String>,
}

impl LogoutRequest {
    /// The place that the person goes to once they are signed out: the redirect URI with `state` (§3).
    pub fn location(&self) -> Option<String> {
        let uri = self.post_logout_redirect_uri.as_deref()?;
        Some(append_query(uri, self.state.as_deref().map(|state| ("state", Cow::Borrowed(state)))))
    }
}
