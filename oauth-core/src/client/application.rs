//! The kind of application that a client is, who registered it, and where its answers may go.

use serde::{Deserialize, Serialize};
#[cfg(feature = "pages")]
use serde_json::json;

use super::ClientBuilder;
use super::{Client, RedirectUri};
#[cfg(feature = "pages")]
use crate::secret::TokenHash;

/// The kind of an application, `application_type` of OIDC Dynamic Client Registration §2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ApplicationType {
    /// An application on a server or in the browser.
    Web,
    /// An application on the person's own device (RFC 8252).
    Native,
}

/// The origin of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ClientSource {
    /// The operator of the server knows the client and answers for it.
    #[default]
    Operator,
    /// The client came by itself, as anybody can. Nothing sends a person there by itself before the person has logged in (RFC
    /// 9700 §4.11.2).
    Itself,
}

impl Client {
    /// Tells whether the client runs on the person's own device: it says so, or none of its redirect URIs
    /// leads anywhere else.
    pub fn is_native(&self) -> bool {
        let leads_elsewhere = |uri: &RedirectUri| uri.is_https();
        self.application_type == Some(ApplicationType::Native)
            || !self.redirect_uris.is_empty() && !self.redirect_uris.iter().any(leads_elsewhere)
    }

    /// Tells whether authorization responses may go to this URI: it is registered byte for byte. RFC 9700
    /// §2.1: "authorization servers MUST utilize exact string matching except for port numbers in localhost
    /// redirection URIs of native apps".
    ///
    /// The port is free (RFC 8252 §7.3) for a public client at a loopback IP address, and at `localhost` if it
    /// [is native](Self::is_native). A client with a secret has a port of its own: any program on the device could take another.
    pub fn may_redirect_to(&self, uri: &str) -> bool {
        let is_free = |registered: &RedirectUri| {
            self.is_public() && registered.matches_but_for_port(uri, self.is_native())
        };
        self.redirect_uris.iter().any(|registered| registered.as_str() == uri || is_free(registered))
    }
}

#[cfg(feature = "pages")]
impl Client {
    /// A digest of what people agree to when they agree to a client that came by itself: where its answers go, by which keys it
    /// is known, and what it may ask for. Where one of these changes, what they agreed to is another client.
    pub(crate) fn digest(&self) -> TokenHash {
        let facts = json!([self.redirect_uris, self.jwks, self.jwks_uri, self.scope]);
        TokenHash::of(&facts.to_string())
    }
}

impl ClientBuilder {
    /// Sets the kind of application. Without it, the redirect URIs tell: see [`Client::is_native`].
    pub const fn application_type(mut self, application_type: ApplicationType) -> Self {
        self.client.application_type = Some(application_type);
        self
    }

    /// Sets who registered it. Default: the operator.
    pub const fn source(mut self, source: ClientSource) -> Self {
        self.client.source = source;
        self
    }
}
