//! Every argument, each kind of issuer, generic servers, and one written by hand.
#![deny(warnings, missing_docs)]

use oauth_core::prelude::*;
use oauth_core::server::ServerConfig;
use oauth_core::store::TokenStore;

/// Knows the clients.
#[validator]
pub struct Accounts {
    #[store]
    store: MemoryStore,
}

/// Signs.
#[token_generator(jwt, issuer = "https://auth.example.com")]
pub struct AccessTokens {
    #[signing_key]
    keys: KeyRing,
}

#[token_generator(opaque, prefix = "acme_rt_")]
struct RefreshTokens;

/// The short one.
#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials),
    scopes("profile", "calendar" = "See your calendar"),
)]
pub struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(authorization_code, refresh_token),
    scopes("profile", "offline_access"),
    default_scopes("profile"),
    issuer = "https://auth.example.com",
    code_lifetime = "10m",
    refresh_token_lifetime = "90d",
    refresh_token_grace = "0s",
    danger_pkce_optional,
    body_limit = 1024,
    endpoints(
        authorization = "/oauth/authorize",
        token = "/oauth/token",
        revocation = off,
        introspection = "/oauth/introspect",
        jwks = "/oauth/keys",
    ),
    allow(irrevocable_refresh_tokens, reason = "televisions have no log-out"),
)]
struct Everything {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
    #[refresh_token]
    refresh_tokens: RefreshTokens,
    #[interaction]
    pages: Proxy,
}

/// Whoever is in front of us has authenticated everyone.
struct Proxy;

impl<V: RequestValidator> Interaction<V> for Proxy {
    async fn decide(&self, _: &Context<'_, V>, _: &AuthorizationRequest, _: &Request) -> Result<Decision> {
        Ok(Decision::Deny)
    }
}

/// Knows whom it trusts.
#[validator(custom)]
struct Trusting {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Trusting {
    fn validate_jwt_bearer_token(
        &self,
        _: &UnverifiedAssertion<'_>,
        _: &mut Request,
    ) -> Result<AcceptedAssertion> {
        Err(Error::invalid_grant("nobody is trusted"))
    }
}

/// A server for those whom a trusted issuer speaks for.
#[authorization_server(grants(jwt_bearer), scopes("jobs"), issuer = "https://auth.example.com")]
struct Federated {
    #[validator]
    accounts: Trusting,
}

#[authorization_server(grants(client_credentials), issuer = self.issuer)]
struct FromField {
    #[validator]
    accounts: Accounts,
    issuer: String,
}

#[authorization_server(grants(client_credentials), issuer = concat!("https://", "example.com"))]
struct Tuple(#[validator] Accounts);

#[authorization_server(grants(authorization_code, refresh_token), scopes("profile"))]
struct WholeTuple(#[validator] Accounts, #[access_token] AccessTokens, #[interaction] LoginPages);

/// `into_router` checks what the compiler cannot know.
#[authorization_server(grants(client_credentials))]
struct Generic<S: ClientStore + TokenStore + 'static, T: TokenGenerator + 'static>
where
    T: Clone,
{
    #[validator]
    accounts: GenericAccounts<S>,
    #[access_token]
    tokens: T,
}

/// The bound that a validator of any type needs, as the compiler's message writes it.
#[authorization_server(
    grants(authorization_code, refresh_token, device_code, jwt_bearer),
    scopes("profile"),
    issuer = "https://auth.example.com"
)]
struct AnyValidator<
    V: RequestValidator<
            Codes: oauth_core::store::CodeStore,
            Devices: oauth_core::store::DeviceStore,
            ReplayIds: oauth_core::store::ReplayStore,
            Users: oauth_core::store::UserStore,
            Sessions: oauth_core::store::SessionStore,
            Consents: oauth_core::store::ConsentStore,
        > + 'static,
> {
    #[validator]
    accounts: V,
    #[interaction]
    pages: LoginPages,
}

#[validator]
struct GenericAccounts<S> {
    #[store]
    store: S,
}

struct ByHand {
    accounts: Accounts,
}

impl AuthorizationServer for ByHand {
    type Validator = Accounts;
    type AccessTokens = Opaque;
    type RefreshTokens = Opaque;
    type IdTokens = NoIdTokens;
    type Interaction = NoInteraction;
    type Grants = (ClientCredentials,);
    const ISSUER: Issuer = Issuer::Literal("https://auth.example.com");
    const CONFIG: ServerConfig = ServerConfig::new(&[Scope::new("jobs")]);

    fn validator(&self) -> &Accounts {
        &self.accounts
    }
    fn access_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn refresh_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn id_tokens(&self) -> &NoIdTokens {
        &NoIdTokens
    }
    fn interaction(&self) -> &NoInteraction {
        &NoInteraction
    }
}

fn require<S: AuthorizationServer>() {}

fn main() {
    require::<AuthServer>();
    require::<Everything>();
    require::<FromField>();
    require::<Tuple>();
    require::<WholeTuple>();
    require::<Generic<MemoryStore, Opaque>>();
    require::<AnyValidator<Accounts>>();
    require::<ByHand>();
    assert_eq!(AuthServer::ISSUER, Issuer::Literal("https://auth.example.com"));
    assert_eq!(Everything::CONFIG.endpoints.revocation, None);
    assert_eq!(Everything::CONFIG.endpoints.token, "/oauth/token");
    assert_eq!(AuthServer::CONFIG.scopes[1].description, Some("See your calendar"));
}
