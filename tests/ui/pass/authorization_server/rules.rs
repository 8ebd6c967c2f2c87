//! A right line for each rule.
#![deny(warnings)]

use oauth_core::openid::{BackChannel, IdTokenKeys, PairwiseKey};
use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    fn get_client_secret(&self, _: &Client, _: &mut Request) -> Result<Option<SecretString>> {
        Ok(None)
    }

    fn validate_jwt_bearer_token(
        &self,
        _: &UnverifiedAssertion<'_>,
        _: &mut Request,
    ) -> Result<AcceptedAssertion> {
        Err(Error::invalid_grant("nobody is trusted"))
    }

    #[claim("tenant", scope = "profile", to(id_token))]
    fn tenant(&self, _: &Request) -> Option<String> {
        None
    }
}

#[token_generator(jwt, issuer = "https://auth.example.com", algorithm = "RS256")]
struct AccessTokens {
    #[signing_key]
    keys: KeyRing,
}

#[token_generator(opaque)]
struct RefreshTokens;

#[scope("calendar", "See your calendar")]
struct Calendar;

#[scope("offline_access")]
struct Offline;

#[authorization_server(
    profile = "openid",
    grants(authorization_code, refresh_token, device_code, jwt_bearer),
    scopes("openid", "profile" = "See your name", Calendar, Offline),
    default_scopes("profile"),
    response_types("code", "none"),
    token_endpoint_auth_methods("client_secret_basic", "client_secret_jwt", "private_key_jwt", "none"),
    allowed_origins("https://app.example.com", "http://localhost:3000", "https://admin.example.com:8443"),
    code_lifetime = "30s",
    pushed_authorization_requests(required, expires_in = "90s"),
    device_code_lifetime = "5m",
    device_polling_interval = "10s",
    refresh_token_lifetime = "14d",
    refresh_token_max_lifetime = "90d",
    refresh_token_grace = "5s",
    id_token_lifetime = "5m",
    body_limit = 16384,
    endpoints(
        authorization = "/oauth/authorize",
        token = "/oauth/token",
        revocation = "/oauth/revoke",
        jwks = "/oauth/keys",
        device_authorization = "/oauth/device",
        userinfo = "/me",
        end_session = "/goodbye",
        check_session = "/frame",
        pushed_authorization_request = "/oauth/par"
    ),
    issuer = "https://auth.example.com"
)]
struct Provider {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
    #[refresh_token]
    refresh_tokens: RefreshTokens,
    #[id_token]
    id_tokens: IdTokenKeys,
    #[pairwise_key]
    pairwise_key: PairwiseKey,
    #[back_channel]
    back_channel: BackChannel,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(grants(authorization_code), scopes("openid", "profile"), shared_validator)]
struct OneSigner {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
    #[interaction]
    pages: LoginPages,
}

#[validator]
struct Plain {
    #[store]
    store: MemoryStore,
}

/// The validator of an OpenID provider and of a server for machines: the claim goes somewhere at both.
#[validator(custom)]
struct Shared {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Shared {
    #[claim("region", to(access_token, id_token))]
    fn region(&self, _: &Request) -> Option<String> {
        None
    }
}

/// Browsers and phones alone: nobody could introspect.
#[authorization_server(
    grants(authorization_code),
    token_endpoint_auth_methods("none"),
    endpoints(introspection = off),
    issuer = concat!("https://", "auth.example.com")
)]
struct PublicClients {
    #[validator]
    accounts: Plain,
    #[interaction]
    pages: LoginPages,
}

/// A server for clients that cannot change.
#[authorization_server(
    profile = "oauth2.0",
    grants(implicit, password, authorization_code),
    response_types("code", "token"),
    danger_pkce_optional,
    issuer = self.issuer
)]
struct Legacy {
    #[validator]
    accounts: Plain,
    #[interaction]
    pages: LoginPages,
    issuer: String,
}

#[authorization_server(preset = "web_application", issuer = "https://auth.example.com")]
struct Preset {
    #[validator]
    accounts: Plain,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    preset = "openid",
    profile = "oauth2.0",
    scopes("openid"),
    issuer = "https://auth.example.com"
)]
struct OpenIdPreset {
    #[validator]
    accounts: Shared,
    #[id_token]
    id_tokens: KeyRing,
    #[interaction]
    pages: LoginPages,
}

/// A server for programs, whose tokens live for minutes.
#[authorization_server(
    grants(client_credentials),
    endpoints(revocation = off),
    issuer = "https://auth.example.com"
)]
struct Machines {
    #[validator]
    accounts: Shared,
}

/// Defaults of endpoints that a server lacks are free.
#[authorization_server(
    grants(client_credentials),
    endpoints(token = "/userinfo", revocation = "/device_authorization", introspection = "/authorize"),
    issuer = "https://auth.example.com"
)]
struct FreePaths {
    #[validator]
    accounts: Plain,
}

fn main() {
    use oauth_core::server::Route;

    let methods = Provider::METADATA.client_authentication;
    assert_eq!(
        methods,
        [
            ClientAuthMethod::ClientSecretBasic,
            ClientAuthMethod::ClientSecretJwt,
            ClientAuthMethod::PrivateKeyJwt,
            ClientAuthMethod::None
        ]
    );
    assert_eq!(Provider::CONFIG.allowed_origins.len(), 3);
    assert_eq!(Provider::METADATA.path(Route::END_SESSION), Some("/goodbye"));
    assert_eq!(PublicClients::METADATA.client_authentication, [ClientAuthMethod::None]);
    assert_eq!(FreePaths::METADATA.path(Route::TOKEN), Some("/userinfo"));
    assert!(FreePaths { accounts: Plain { store: MemoryStore::default() } }.into_service().is_ok());
    assert_eq!(Machines::METADATA.client_authentication.len(), 4);
    assert!(OneSigner::METADATA.is_openid_provider && OpenIdPreset::METADATA.is_openid_provider);
    assert!(Legacy::METADATA.has_response_type(ResponseType::TOKEN));
    assert!(Preset::METADATA.has_grant_type("refresh_token"));
}
