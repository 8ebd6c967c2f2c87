//! A client's registration, in the names of RFC 7591 §2.

use oauth_rules::resource_indicator::is_same;
use serde::{Deserialize, Serialize};

use super::builder::ClientBuilder;
use super::{
    ApplicationType, ClientAuthMethod, ClientJwks, ClientSecret, ClientSource, GrantType, Introspects,
    PreviousSecret, RedirectUri, ResponseType, SecretHash, SubjectType,
};
use crate::jose::Algorithm;
use crate::scope::ScopeSet;

/// A registered client.
///
/// ```
/// use oauth_core::client::{Client, ClientSecret};
///
/// let secret = ClientSecret::generate();
/// let client = Client::confidential("calendar", &secret)
///     .client_name("Calendar")
///     .redirect_uri("https://calendar.example/callback")
///     .scope("profile calendar")
///     .build()?;
/// # Ok::<(), oauth_core::client::InvalidClientMetadata>(())
/// ```
#[derive(Debug, Clone, Serialize, Deserialize)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "they are members of a registration")]
pub struct Client {
    /// The identifier, RFC 6749 §2.2.
    pub client_id: String,
    /// The name that people are shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_name: Option<String>,
    /// The client's home page, linked from the consent page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_uri: Option<String>,
    /// The one who registered the client.
    #[serde(default)]
    pub source: ClientSource,
    /// The kind of application, if it was said: see [`is_native`](Self::is_native).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application_type: Option<ApplicationType>,
    /// The URIs that authorization responses may go to.
    #[serde(default)]
    pub redirect_uris: Vec<RedirectUri>,
    /// The grants it may use.
    #[serde(default)]
    pub grant_types: Vec<GrantType>,
    /// The response types that it may ask the authorization endpoint for; empty: what its grants allow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub response_types: Vec<ResponseType>,
    /// The scopes it may be granted.
    #[serde(default)]
    pub scope: ScopeSet,
    /// The resources that it may ask tokens for (RFC 8707), of those that the server declares; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    /// The way that the client authenticates.
    pub token_endpoint_auth_method: ClientAuthMethod,
    /// The only algorithm it signs its assertions with; `None`: that of its key, or any HMAC of its secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_endpoint_auth_signing_alg: Option<Algorithm>,
    /// The public keys of the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks: Option<ClientJwks>,
    /// The URL of its public keys (RFC 7591 §2), in place of `jwks`: they are fetched when they are needed, and kept for a while.
    /// It needs the feature `http-client`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks_uri: Option<String>,
    /// The hash of its secret; a public client has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_hash: Option<SecretHash>,
    /// The secret that it had before, while that counts: see [`rotate_secret`](Self::rotate_secret).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_secret: Option<PreviousSecret>,
    /// `id_token_signed_response_alg`: how its ID tokens are signed; `None`: RS256 (OIDC Dynamic Client Registration §2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_token_signed_response_alg: Option<Algorithm>,
    /// Origins from which a browser may call the token endpoint (CORS), such as `https://app.example`.
    #[serde(default)]
    pub origins: Vec<String>,
    /// The operator's own client: nobody is asked for consent, unless another application could pose as it (a public
    /// client whose redirect URI leads to the person's own device, RFC 8252 §8.6).
    #[serde(default)]
    pub first_party: bool,
    /// True if it must use PKCE (RFC 7636); false counts for a confidential client of a server with
    /// [`danger_pkce_optional`](crate::server::ServerConfig::danger_pkce_optional), such as one that knows OpenID Connect alone and
    /// sends a `nonce`. Default: true (RFC 9700 §2.1.1).
    #[serde(default = "yes", skip_serializing_if = "Clone::clone")]
    pub require_pkce: bool,
    /// The tokens that introspection describes to it, for resource servers. Of a registration in JSON that does not say:
    /// [all](Introspects::All).
    #[serde(default = "Introspects::of_earlier_registrations")]
    pub introspects: Introspects,
    /// The URIs that people may be sent to after they signed out, exactly as registered (OIDC RP-Initiated
    /// Logout §3.1).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub post_logout_redirect_uris: Vec<RedirectUri>,
    /// The URI that logout tokens go to (OIDC Back-Channel Logout §2.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backchannel_logout_uri: Option<String>,
    /// True if logout tokens must have `sid`; ours always have.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub backchannel_logout_session_required: bool,
    /// The URI that the signed-out page loads in a frame (OIDC Front-Channel Logout §2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frontchannel_logout_uri: Option<String>,
    /// True if that URI gets `iss` and `sid`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub frontchannel_logout_session_required: bool,
    /// True if its authorization requests must be pushed (RFC 9126 §6).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub require_pushed_authorization_requests: bool,
    /// The choice whether it knows people by identifiers of its sector's own (OIDC Core
    /// §8).
    #[serde(default)]
    pub subject_type: SubjectType,
    /// The URI whose host is its sector (OIDC Core §8.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector_identifier_uri: Option<String>,
    /// True if all its access tokens are bound to a key that it proves (RFC 9449 §5.2): a token request without a proof is refused.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dpop_bound_access_tokens: bool,
    /// The algorithm of userinfo responses; `None`: they are not signed (OIDC Core §5.3.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub userinfo_signed_response_alg: Option<Algorithm>,
}

impl Client {
    /// Starts a client that keeps a secret, and authenticates with [`ClientAuthMethod::ClientSecretBasic`].
    pub fn confidential(client_id: impl Into<String>, secret: &ClientSecret) -> ClientBuilder {
        ClientBuilder::new(client_id.into(), ClientAuthMethod::ClientSecretBasic, Some(secret.hash()))
    }

    /// Starts a client that is an API: it introspects the tokens of an audience (RFC 7662), and has no grants unless
    /// [`grant_type`](ClientBuilder::grant_type) adds one.
    pub fn resource_server(
        client_id: impl Into<String>,
        secret: &ClientSecret,
        audience: impl Into<String>,
    ) -> ClientBuilder {
        let builder = Self::confidential(client_id, secret).introspects(audience);
        ClientBuilder { has_default_grants: false, ..builder }
    }

    /// Starts a client that authenticates with [`ClientAuthMethod::PrivateKeyJwt`]; `jwks` is a JWK Set with its public keys,
    /// in JSON.
    pub fn private_key_jwt(client_id: impl Into<String>, jwks: impl Into<String>) -> ClientBuilder {
        Self::signing(client_id).jwks(jwks)
    }

    pub(super) fn signing(client_id: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(client_id.into(), ClientAuthMethod::PrivateKeyJwt, None)
    }

    /// Starts a client that cannot keep a secret: a browser or native application. PKCE protects it.
    pub fn public(client_id: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(client_id.into(), ClientAuthMethod::None, None)
    }

    /// Starts a client that authenticates by a method of the application's own: see
    /// [`ClientAuth`](crate::client_auth::ClientAuth).
    pub fn authenticated_by(client_id: impl Into<String>, method: ClientAuthMethod) -> ClientBuilder {
        ClientBuilder::new(client_id.into(), method, None)
    }

    /// Tells whether the client may ask tokens for a resource that the server declares (RFC 8707).
    pub fn may_access(&self, resource: &str) -> bool {
        self.resources.is_empty() || self.resources.iter().any(|known| is_same(known, resource))
    }

    /// Tells whether the client has no credentials of its own, RFC 6749 §2.1.
    pub fn is_public(&self) -> bool {
        self.token_endpoint_auth_method == ClientAuthMethod::None
    }

    /// Tells whether the client may ask the authorization endpoint for this: it is among its
    /// `response_types`, or where it has none, its grants have it (OpenID Connect Dynamic Client Registration
    /// §2). `none` must be registered.
    pub fn may_ask_for(&self, response_type: ResponseType) -> bool {
        if !self.response_types.is_empty() {
            return self.response_types.contains(&response_type);
        }
        let is_covered = |asked: bool, grant_type| !asked || self.grant_types.contains(&grant_type);
        response_type != ResponseType::NONE
            && is_covered(response_type.contains(ResponseType::CODE), GrantType::AUTHORIZATION_CODE)
            && is_covered(response_type.is_front_channel(), GrantType::IMPLICIT)
    }

    /// The client as a builder, to change it: [`build`](ClientBuilder::build) checks all of it again. What is added to a list is
    /// added to what it has.
    pub fn into_builder(mut self) -> ClientBuilder {
        // A flag of a URI that is gone, as earlier registrations have it, says nothing.
        self.backchannel_logout_session_required &= self.backchannel_logout_uri.is_some();
        self.frontchannel_logout_session_required &= self.frontchannel_logout_uri.is_some();
        let texts = |uris: Vec<RedirectUri>| uris.iter().map(|uri| uri.as_str().to_owned()).collect();
        ClientBuilder {
            redirect_uris: texts(std::mem::take(&mut self.redirect_uris)),
            post_logout_redirect_uris: texts(std::mem::take(&mut self.post_logout_redirect_uris)),
            scope: self.scope.to_string(),
            jwks: None,
            has_default_grants: false,
            client: self,
        }
    }

    /// The name to call the client: its own, or else its identifier.
    pub fn display_name(&self) -> &str {
        self.client_name.as_deref().unwrap_or(&self.client_id)
    }
}

/// The default of `require_pkce`.
const fn yes() -> bool {
    true
}
