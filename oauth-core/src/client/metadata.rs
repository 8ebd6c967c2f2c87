//! Client metadata as clients send it and files hold it, RFC 7591 §2.

use serde::Deserialize;

use super::{
    ApplicationType, Client, ClientAuthMethod, ClientBuilder, ClientJwks, ClientSecret, GrantType,
    InvalidClientMetadata, ResponseType, SubjectType,
};
use crate::jose::Algorithm;

/// The metadata of a client, in JSON. What is absent has the default of RFC 7591 §2. Members that are unknown are ignored, as it
/// demands; [`MEMBERS`](Self::MEMBERS) tells which are known, to whoever wants to notice a misspelt one.
///
/// ```
/// use oauth_core::client::{Client, ClientMetadata, ClientSecret};
///
/// let metadata: ClientMetadata = serde_json::from_str(
///     r#"{"client_name": "Calendar", "redirect_uris": ["https://calendar.example/callback"], "scope": "profile"}"#,
/// )?;
/// let client: Client = metadata.into_builder("calendar", Some(&ClientSecret::generate()))?.build()?;
/// assert_eq!(client.display_name(), "Calendar");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, Deserialize)]
#[non_exhaustive]
pub struct ClientMetadata {
    /// The URIs that authorization responses may go to.
    pub redirect_uris: Option<Vec<String>>,
    /// The kind of application. Default: what its redirect URIs tell.
    pub application_type: Option<ApplicationType>,
    /// The way that the client authenticates. Default: `client_secret_basic`.
    pub token_endpoint_auth_method: Option<ClientAuthMethod>,
    /// The grants it may use. Default: `authorization_code`.
    pub grant_types: Option<Vec<GrantType>>,
    /// The response types it may use. Default: `code`, or what its grants allow if `authorization_code` is not among them.
    pub response_types: Option<Vec<ResponseType>>,
    /// The algorithm that it signs its assertions with; ignored beside a method without assertions.
    pub token_endpoint_auth_signing_alg: Option<String>,
    /// The public keys of the client: a JWK Set.
    pub jwks: Option<serde_json::Value>,
    /// The URL of its public keys, in place of `jwks`.
    pub jwks_uri: Option<String>,
    /// The name that people are shown.
    pub client_name: Option<String>,
    /// The home page of the client.
    pub client_uri: Option<String>,
    /// The scopes it may be granted, separated by spaces.
    pub scope: Option<String>,
    /// The resources that it may ask tokens for (RFC 8707), a member of this server's own. Default: all that the server declares.
    pub resources: Option<Vec<String>>,
    /// The algorithm that signs its ID tokens. Default: RS256.
    pub id_token_signed_response_alg: Option<Algorithm>,
    /// The algorithm that signs its userinfo responses. Default: they are not signed.
    pub userinfo_signed_response_alg: Option<Algorithm>,
    /// The choice whether it knows people by identifiers of its sector's own. Default:
    /// `public`.
    pub subject_type: Option<SubjectType>,
    /// The URI whose host is its sector.
    pub sector_identifier_uri: Option<String>,
    /// True if all its access tokens are bound to a key that it proves (RFC 9449 §5.2). Default: no.
    pub dpop_bound_access_tokens: Option<bool>,
    /// The URIs that people may be sent to after they signed out.
    pub post_logout_redirect_uris: Option<Vec<String>>,
    /// The URI that logout tokens go to.
    pub backchannel_logout_uri: Option<String>,
    /// True if logout tokens must have `sid`; ours always have.
    pub backchannel_logout_session_required: Option<bool>,
    /// The URI that the signed-out page loads in a frame.
    pub frontchannel_logout_uri: Option<String>,
    /// True if that URI gets `iss` and `sid`.
    pub frontchannel_logout_session_required: Option<bool>,
    /// True if its authorization requests must be pushed (RFC 9126 §6).
    pub require_pushed_authorization_requests: Option<bool>,
}

impl ClientMetadata {
    /// The members that have an effect.
    pub const MEMBERS: &'static [&'static str] = &[
        "redirect_uris",
        "application_type",
        "token_endpoint_auth_method",
        "grant_types",
        "response_types",
        "token_endpoint_auth_signing_alg",
        "jwks",
        "jwks_uri",
        "client_name",
        "client_uri",
        "scope",
        "resources",
        "id_token_signed_response_alg",
        "userinfo_signed_response_alg",
        "subject_type",
        "sector_identifier_uri",
        "dpop_bound_access_tokens",
        "post_logout_redirect_uris",
        "backchannel_logout_uri",
        "backchannel_logout_session_required",
        "frontchannel_logout_uri",
        "frontchannel_logout_session_required",
        "require_pushed_authorization_requests",
    ];

    /// A client with this metadata, this identifier and, where it has one, this secret; its
    /// [`build`](ClientBuilder::build) checks what is left.
    ///
    /// # Errors
    ///
    /// If parts contradict each other: the message names them and the rule, [`InvalidClientMetadata::member`] the member.
    pub fn into_builder(
        self,
        client_id: impl Into<String>,
        secret: Option<&ClientSecret>,
    ) -> Result<ClientBuilder, InvalidClientMetadata> {
        // RFC 7591 §2: "If unspecified or omitted, the default is "client_secret_basic"".
        let method = self.token_endpoint_auth_method.unwrap_or(ClientAuthMethod::ClientSecretBasic);
        let grant_types = self.grant_types.unwrap_or_else(|| vec![GrantType::AUTHORIZATION_CODE]);
        let has_code = grant_types.contains(&GrantType::AUTHORIZATION_CODE);
        let default = || if has_code { vec![ResponseType::CODE] } else { Vec::new() };
        let response_types = self.response_types.unwrap_or_else(default);
        let redirect_uris = self.redirect_uris.unwrap_or_default();
        if !ClientAuthMethod::BUILT_IN.contains(&method) {
            return Err(unknown_method(method));
        }
        let mut builder = match (method, secret) {
            (ClientAuthMethod::None, None) => Client::public(client_id),
            (ClientAuthMethod::None | ClientAuthMethod::PrivateKeyJwt, Some(_)) => {
                return Err(needless_secret(method));
            }
            (ClientAuthMethod::PrivateKeyJwt, None) => Client::signing(client_id),
            (method, Some(secret)) => {
                check_signing_secret(method, self.token_endpoint_auth_signing_alg.as_deref(), secret)?;
                Client::confidential(client_id, secret).token_endpoint_auth_method(method)
            }
            (method, None) => return Err(no_secret(method)),
        };
        builder = redirect_uris.into_iter().fold(builder, ClientBuilder::redirect_uri);
        builder = grant_types.into_iter().fold(builder, ClientBuilder::grant_type);
        builder = response_types.into_iter().fold(builder, ClientBuilder::response_type);
        if let Some(jwks) = self.jwks {
            let jwks = ClientJwks::try_from(jwks).map_err(|mistake| mistake.of("jwks"))?;
            builder = builder.parsed_jwks(jwks);
        }
        builder.client.jwks_uri = self.jwks_uri;
        if let (Some(name), true) = (self.token_endpoint_auth_signing_alg, method.is_assertion()) {
            builder = builder.token_endpoint_auth_signing_alg(signing_algorithm(&name)?);
        }
        if let Some(name) = self.client_name {
            builder = builder.client_name(name);
        }
        if let Some(uri) = self.client_uri {
            builder = builder.client_uri(uri);
        }
        builder.client.application_type = self.application_type;
        builder.client.resources = self.resources.unwrap_or_default();
        builder.client.id_token_signed_response_alg = self.id_token_signed_response_alg;
        builder.client.userinfo_signed_response_alg = self.userinfo_signed_response_alg;
        builder.client.subject_type = self.subject_type.unwrap_or_default();
        builder.client.dpop_bound_access_tokens = self.dpop_bound_access_tokens.unwrap_or_default();
        builder.client.sector_identifier_uri = self.sector_identifier_uri;
        builder.post_logout_redirect_uris = self.post_logout_redirect_uris.unwrap_or_default();
        builder.client.backchannel_logout_uri = self.backchannel_logout_uri;
        builder.client.backchannel_logout_session_required =
            self.backchannel_logout_session_required.unwrap_or_default();
        builder.client.frontchannel_logout_uri = self.frontchannel_logout_uri;
        builder.client.frontchannel_logout_session_required =
            self.frontchannel_logout_session_required.unwrap_or_default();
        builder.client.require_pushed_authorization_requests =
            self.require_pushed_authorization_requests.unwrap_or_default();
        Ok(builder.scope(self.scope.unwrap_or_default()))
    }
}

fn signing_algorithm(name: &str) -> Result<Algorithm, InvalidClientMetadata> {
    name.parse().map_err(|_| {
        InvalidClientMetadata::new(format!(
            "token_endpoint_auth_signing_alg `{}` is not supported; `none` never is (OpenID Connect Registration §2)",
            name.escape_debug()
        ))
        .of("token_endpoint_auth_signing_alg")
    })
}

fn unknown_method(method: ClientAuthMethod) -> InvalidClientMetadata {
    InvalidClientMetadata::new(format!(
        "token_endpoint_auth_method `{}` is none that is known here (RFC 7591 §2); a client with a method of your own is made by \
         Client::authenticated_by",
        method.as_str().escape_debug()
    ))
    .of("token_endpoint_auth_method")
}

fn needless_secret(method: ClientAuthMethod) -> InvalidClientMetadata {
    InvalidClientMetadata::new(format!(
        "token_endpoint_auth_method `{}` is for clients without a client_secret (RFC 7591 §2): leave one of them out",
        method.as_str()
    ))
    .of("token_endpoint_auth_method")
}

fn no_secret(method: ClientAuthMethod) -> InvalidClientMetadata {
    InvalidClientMetadata::new(format!(
        "a client with token_endpoint_auth_method `{}`, which is also the default, needs a client_secret; one that can keep no \
         secret has the method `none` or `private_key_jwt` (RFC 7591 §2)",
        method.as_str()
    ))
    .of("client_secret")
}

/// RFC 7518 §3.2: "A key of the same size as the hash output (for instance, 256 bits for "HS256") or larger MUST be used with
/// this algorithm."
fn check_signing_secret(
    method: ClientAuthMethod,
    algorithm: Option<&str>,
    secret: &ClientSecret,
) -> Result<(), InvalidClientMetadata> {
    let (algorithm, needed) = match algorithm {
        Some("HS512") => ("HS512", 64),
        Some("HS384") => ("HS384", 48),
        _ => ("HS256", 32),
    };
    let length = secret.expose().len();
    if method != ClientAuthMethod::ClientSecretJwt || length >= needed {
        return Ok(());
    }
    Err(InvalidClientMetadata::new(format!(
        "client_secret has {length} characters and client_secret_jwt signs with it: {algorithm} needs at least {needed} (RFC 7518 \
         §3.2)"
    ))
    .of("client_secret"))
}
