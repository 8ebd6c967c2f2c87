//! Building a client.

use super::coherence;
use super::{
    Client, ClientAuthMethod, ClientJwks, ClientSource, GrantType, Introspects, InvalidClientMetadata,
    ResponseType, SecretHash, SubjectType, openid,
};
use crate::jose::Algorithm;
use crate::scope::ScopeSet;

/// Builds a [`Client`]; [`build`](Self::build) reports the first mistake.
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder {
    pub(super) client: Client,
    pub(super) redirect_uris: Vec<String>,
    pub(super) post_logout_redirect_uris: Vec<String>,
    pub(super) scope: String,
    pub(super) jwks: Option<String>,
    pub(super) has_default_grants: bool,
}

impl ClientBuilder {
    pub(super) fn new(client_id: String, method: ClientAuthMethod, secret_hash: Option<SecretHash>) -> Self {
        let client = Client {
            client_id,
            client_name: None,
            client_uri: None,
            source: ClientSource::Operator,
            application_type: None,
            redirect_uris: Vec::new(),
            grant_types: Vec::new(),
            response_types: Vec::new(),
            scope: ScopeSet::new(),
            resources: Vec::new(),
            token_endpoint_auth_method: method,
            token_endpoint_auth_signing_alg: None,
            jwks: None,
            jwks_uri: None,
            secret_hash,
            previous_secret: None,
            id_token_signed_response_alg: None,
            origins: Vec::new(),
            first_party: false,
            require_pkce: true,
            introspects: Introspects::Nothing,
            post_logout_redirect_uris: Vec::new(),
            backchannel_logout_uri: None,
            backchannel_logout_session_required: false,
            frontchannel_logout_uri: None,
            frontchannel_logout_session_required: false,
            require_pushed_authorization_requests: false,
            subject_type: SubjectType::Public,
            sector_identifier_uri: None,
            dpop_bound_access_tokens: false,
            userinfo_signed_response_alg: None,
        };
        Self {
            client,
            redirect_uris: Vec::new(),
            post_logout_redirect_uris: Vec::new(),
            scope: String::new(),
            jwks: None,
            has_default_grants: true,
        }
    }

    /// A client of which nothing is known but the URL of its document.
    pub(super) fn of_url(client_id: &str) -> Client {
        let builder = Client::public(client_id).source(ClientSource::Itself);
        builder.client
    }

    /// Sets the name people are shown.
    pub fn client_name(mut self, name: impl Into<String>) -> Self {
        self.client.client_name = Some(name.into());
        self
    }

    /// Sets the home page.
    pub fn client_uri(mut self, uri: impl Into<String>) -> Self {
        self.client.client_uri = Some(uri.into());
        self
    }

    /// Adds a redirect URI.
    pub fn redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.redirect_uris.push(uri.into());
        self
    }

    /// Adds a grant. Without any, the client may use `authorization_code` and `refresh_token` if it has a redirect
    /// URI, and `client_credentials` if it has a secret.
    pub fn grant_type(mut self, grant_type: GrantType) -> Self {
        self.client.grant_types.push(grant_type);
        self
    }

    /// Adds a response type. Without any, the client may ask for what its grants allow.
    pub fn response_type(mut self, response_type: ResponseType) -> Self {
        self.client.response_types.push(response_type);
        self
    }

    /// Refuses its authorization requests unless they were pushed (RFC 9126 §6).
    pub const fn require_pushed_authorization_requests(mut self) -> Self {
        self.client.require_pushed_authorization_requests = true;
        self
    }

    /// Sets the scopes it may be granted, separated by spaces.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = scope.into();
        self
    }

    /// Adds a resource that it may ask tokens for (RFC 8707). Without any, it may ask for all that the server declares.
    pub fn resource(mut self, uri: impl Into<String>) -> Self {
        self.client.resources.push(uri.into());
        self
    }

    /// Sets how it authenticates.
    pub fn token_endpoint_auth_method(mut self, method: ClientAuthMethod) -> Self {
        self.client.token_endpoint_auth_method = method;
        self
    }

    /// Sets the only algorithm it signs its assertions with.
    pub const fn token_endpoint_auth_signing_alg(mut self, algorithm: Algorithm) -> Self {
        self.client.token_endpoint_auth_signing_alg = Some(algorithm);
        self
    }

    pub(super) fn parsed_jwks(mut self, jwks: ClientJwks) -> Self {
        self.client.jwks = Some(jwks);
        self
    }

    /// Sets its public keys: a JWK Set in JSON.
    pub fn jwks(mut self, jwks: impl Into<String>) -> Self {
        self.jwks = Some(jwks.into());
        self
    }

    /// Sets the URL of its public keys, in place of [`jwks`](Self::jwks).
    pub fn jwks_uri(mut self, uri: impl Into<String>) -> Self {
        self.client.jwks_uri = Some(uri.into());
        self
    }

    /// Sets the algorithm of its ID tokens. Default: RS256.
    pub const fn id_token_signed_response_alg(mut self, algorithm: Algorithm) -> Self {
        self.client.id_token_signed_response_alg = Some(algorithm);
        self
    }

    /// Has all its access tokens bound to a key that it proves (RFC 9449 §5.2).
    pub const fn dpop_bound_access_tokens(mut self) -> Self {
        self.client.dpop_bound_access_tokens = true;
        self
    }

    /// Adds an origin from which a browser may call the token endpoint.
    pub fn origin(mut self, origin: impl Into<String>) -> Self {
        self.client.origins.push(origin.into());
        self
    }

    /// Sets whether it must use PKCE: see [`Client::require_pkce`].
    pub const fn require_pkce(mut self, required: bool) -> Self {
        self.client.require_pkce = required;
        self
    }

    /// Marks the operator's own client: see [`Client::first_party`].
    pub const fn first_party(mut self) -> Self {
        self.client.first_party = true;
        self
    }

    /// Adds an audience whose tokens introspection describes to it, as it stands in their `aud`.
    pub fn introspects(mut self, audience: impl Into<String>) -> Self {
        self.client.introspects.insert(audience.into());
        self
    }

    /// Lets introspection describe every access token to it, with its subject and private claims, whoever it is for.
    pub fn danger_introspects_all(mut self) -> Self {
        self.client.introspects = Introspects::All;
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// If a part is malformed, or parts contradict each other: the message names it and the rule.
    pub fn build(self) -> Result<Client, InvalidClientMetadata> {
        let Self { mut client, redirect_uris, post_logout_redirect_uris, scope, jwks, has_default_grants } =
            self;
        // RFC 6749 Appendix A.1: client-id = *VSCHAR
        if client.client_id.is_empty() || !client.client_id.bytes().all(|b| matches!(b, 0x20..=0x7E)) {
            return Err(InvalidClientMetadata::new(
                "client_id must be printable ASCII and not empty (RFC 6749 Appendix A.1)",
            )
            .of("client_id"));
        }
        if let Some(jwks) = jwks {
            client.jwks = Some(ClientJwks::from_json(&jwks).map_err(|mistake| mistake.of("jwks"))?);
        }
        coherence::check_credentials(&client)?;
        // Where anybody may listen, only what proves nothing but itself may be sent.
        let may_lack_dot = client.source == ClientSource::Itself && client.is_public();
        client.redirect_uris =
            coherence::parse_uris("redirect_uri", "redirect_uris", redirect_uris, may_lack_dot)?;
        client.post_logout_redirect_uris = coherence::parse_uris(
            "post_logout_redirect_uri",
            "post_logout_redirect_uris",
            post_logout_redirect_uris,
            false,
        )?;
        client.scope = ScopeSet::parse(&scope).map_err(|_| {
            InvalidClientMetadata::new(format!("scope `{scope}` is malformed (RFC 6749 §3.3)")).of("scope")
        })?;
        if let Some(algorithm) = client.id_token_signed_response_alg.filter(|alg| alg.is_symmetric()) {
            return Err(InvalidClientMetadata::new(format!(
                "client `{}` wants ID tokens signed with {algorithm:?}, for which the server would have to keep its secret \
                 readable: use RS256, ES256 or another algorithm of public keys",
                client.client_id
            ))
            .of("id_token_signed_response_alg"));
        }
        if client.grant_types.is_empty() && has_default_grants {
            if !client.redirect_uris.is_empty() {
                client.grant_types.extend([GrantType::AUTHORIZATION_CODE, GrantType::REFRESH_TOKEN]);
            }
            if !client.is_public() {
                client.grant_types.push(GrantType::CLIENT_CREDENTIALS);
            }
        }
        coherence::check(&client)?;
        openid::check(&client)?;
        Ok(client)
    }
}
