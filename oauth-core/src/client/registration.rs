//! A client's registration, in the names of RFC 7591 §2.

use oauth_rules::resource_indicator;
use oauth_rules::resource_indicator::is_same;
use serde::{Deserialize, Serialize};

use super::{
    ApplicationType, ClientAuthMethod, ClientJwks, ClientSecret, ClientSource, GrantType, Introspects,
    InvalidClientMetadata, PreviousSecret, RedirectUri, ResponseType, SecretHash, SubjectType, openid,
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

/// Builds a [`Client`]; [`build`](Self::build) reports the first mistake.
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder {
    pub(super) client: Client,
    redirect_uris: Vec<String>,
    pub(super) post_logout_redirect_uris: Vec<String>,
    scope: String,
    jwks: Option<String>,
    has_default_grants: bool,
}

impl ClientBuilder {
    fn new(client_id: String, method: ClientAuthMethod, secret_hash: Option<SecretHash>) -> Self {
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
        check_credentials(&client)?;
        // Where anybody may listen, only what proves nothing but itself may be sent.
        let may_lack_dot = client.source == ClientSource::Itself && client.is_public();
        client.redirect_uris = parse_uris("redirect_uri", "redirect_uris", redirect_uris, may_lack_dot)?;
        client.post_logout_redirect_uris = parse_uris(
            "post_logout_redirect_uri",
            "post_logout_redirect_uris",
            post_logout_redirect_uris,
            false,
        )?;
        client.scope = ScopeSet::parse(&scope).map_err(|_| {
            InvalidClientMetadata::new(format!("scope `{scope}` is malformed (RFC 6749 §3.3)")).of("scope")
        })?;
        if let Some((index, origin)) =
            client.origins.iter().enumerate().find(|(_, origin)| !is_origin(origin))
        {
            return Err(InvalidClientMetadata::new(format!(
                "origin `{origin}` is malformed: it is a scheme and a host, such as https://app.example, without a path \
                 or a `/` at its end (RFC 6454 §7)"
            ))
            .at("origins", index));
        }
        check_resources(&client.resources)?;
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
        check_introspects(&client)?;
        // RFC 6749 §4.4: "The client credentials grant type MUST only be used by confidential clients."
        if client.is_public() && client.grant_types.contains(&GrantType::CLIENT_CREDENTIALS) {
            return Err(InvalidClientMetadata::new(format!(
                "client `{}` is public and cannot use client_credentials (RFC 6749 §4.4)",
                client.client_id
            ))
            .of("grant_types"));
        }
        openid::check(&client)?;
        Ok(client)
    }
}

/// RFC 7662 §2.1: the endpoint requires "some form of authorization", which a public client has none of.
const fn yes() -> bool {
    true
}

fn check_introspects(client: &Client) -> Result<(), InvalidClientMetadata> {
    let mistake = match &client.introspects {
        Introspects::Nothing => return Ok(()),
        _ if client.is_public() => "is public and cannot introspect tokens (RFC 7662 §2.1)",
        Introspects::Audiences(audiences) if audiences.iter().any(|audience| audience.trim().is_empty()) => {
            "introspects tokens of an audience that is empty: name the API, as `aud` of its tokens does (RFC 7662 §2.2)"
        }
        _ => return Ok(()),
    };
    Err(InvalidClientMetadata::new(format!("client `{}` {mistake}", client.client_id)).of("introspects"))
}

fn check_resources(resources: &[String]) -> Result<(), InvalidClientMetadata> {
    for (index, uri) in resources.iter().enumerate() {
        resource_indicator::check(uri).map_err(|broken| {
            InvalidClientMetadata::new(format!("the resource `{}` {broken}", uri.escape_debug()))
                .at("resources", index)
        })?;
    }
    Ok(())
}

fn parse_uris(
    name: &str,
    member: &'static str,
    uris: Vec<String>,
    may_lack_dot: bool,
) -> Result<Vec<RedirectUri>, InvalidClientMetadata> {
    let parse = |(index, uri)| {
        RedirectUri::parse_with(name, uri, may_lack_dot)
            .map_err(|mistake: InvalidClientMetadata| mistake.at(member, index))
    };
    uris.into_iter().enumerate().map(parse).collect()
}

/// A client has what its method needs, and no public client has a secret.
fn check_credentials(client: &Client) -> Result<(), InvalidClientMetadata> {
    let method = client.token_endpoint_auth_method;
    let needs_secret = !matches!(method, ClientAuthMethod::None | ClientAuthMethod::PrivateKeyJwt);
    // What a method of the application's own needs, the application knows.
    let is_known = ClientAuthMethod::BUILT_IN.contains(&method);
    if is_known && needs_secret != client.secret_hash.is_some() {
        return Err(InvalidClientMetadata::new(format!(
            "client `{}` uses token_endpoint_auth_method `{}`, but was started with{} a secret: start it with Client::{}",
            client.client_id,
            method.as_str(),
            if needs_secret { "out" } else { "" },
            match method {
                ClientAuthMethod::None => "public",
                ClientAuthMethod::PrivateKeyJwt => "private_key_jwt",
                _ => "confidential",
            }
        ))
        .of("token_endpoint_auth_method"));
    }
    let algorithm = client.token_endpoint_auth_signing_alg;
    if let Some(algorithm) = algorithm
        && method.is_assertion()
        && ClientAuthMethod::of_algorithm(algorithm) != method
    {
        return Err(InvalidClientMetadata::new(format!(
            "client `{}` cannot sign with {algorithm:?} for token_endpoint_auth_method `{}` (OpenID Connect Core §9)",
            client.client_id,
            method.as_str()
        ))
        .of("token_endpoint_auth_signing_alg"));
    }
    check_jwks_uri(client)?;
    let is_keyless =
        client.jwks_uri.is_none() && client.jwks.as_ref().is_none_or(|jwks| jwks.keys(algorithm).is_empty());
    if method == ClientAuthMethod::PrivateKeyJwt && is_keyless {
        return Err(InvalidClientMetadata::new(format!(
            "client `{}` authenticates with private_key_jwt, and its jwks has no public key for signatures that is \
             supported: RSA from 2048 bits, P-256, P-384 or Ed25519 (RFC 7518 §3.1)",
            client.client_id
        ))
        .of("jwks"));
    }
    Ok(())
}

/// RFC 7591 §2: "The "jwks_uri" and "jwks" parameters MUST NOT both be present in the same request or response."
fn check_jwks_uri(client: &Client) -> Result<(), InvalidClientMetadata> {
    let Some(uri) = &client.jwks_uri else { return Ok(()) };
    if client.jwks.is_some() {
        return Err(InvalidClientMetadata::new(
            "jwks and jwks_uri are both there: leave one out (RFC 7591 §2)",
        )
        .of("jwks_uri"));
    }
    let uri = RedirectUri::parse_as("jwks_uri", uri.as_str()).map_err(|mistake| mistake.of("jwks_uri"))?;
    if uri.is_https() {
        return Ok(());
    }
    // Whoever can change the answer on its way is the client.
    Err(InvalidClientMetadata::new(format!("jwks_uri `{uri}` is not https (RFC 7591 §5)")).of("jwks_uri"))
}

/// RFC 6454 §6.2: scheme, host and perhaps a port, as a browser sends it: in lower case, never `null` or `*`.
fn is_origin(origin: &str) -> bool {
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    host.is_some_and(|host| {
        !host.is_empty()
            && host.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b':' | b'[' | b']'))
    })
}
