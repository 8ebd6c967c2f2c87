//! One of each, every argument somewhere, as a user writes it who lets clippy look over everything (`pedantic.rs` of the
//! tests).
#![deny(warnings, missing_docs)]
#![allow(unreachable_pub)]

use oauth_core::jose::{DecryptionKey, EncryptionKey};
use oauth_core::openid::{BackChannel, PairwiseKey};
use oauth_core::prelude::*;
use oauth_core::store::{ClientStore, TokenStore};

/// The claims of access tokens about the owner of the data.
#[derive(Debug, Clone, Claims)]
pub struct Tenancy<T> {
    /// The owner of the data.
    pub tenant: T,
    /// The roles: what they may do.
    #[claim("https://example.com/roles")]
    pub roles: Option<Vec<String>>,
}

/// Knows the machines.
#[validator]
#[derive(Debug)]
pub struct Plain {
    #[clients]
    #[tokens]
    store: MemoryStore,
}

/// Knows everybody, and decides.
#[validator(custom)]
#[derive(Debug)]
pub struct Accounts<S>
where
    S: ClientStore + TokenStore + 'static,
{
    #[store]
    store: S,
    #[users]
    #[sessions]
    #[consents]
    people: MemoryStore,
    #[codes]
    codes: MemoryStore,
    #[devices]
    #[replay_ids]
    rest: MemoryStore,
}

#[validator]
impl<S> Accounts<S>
where
    S: ClientStore + TokenStore + 'static,
{
    fn get_client_secret(&self, client: &Client, request: &Request) -> Result<Option<SecretString>> {
        let _ = (client, request);
        Ok(None)
    }

    async fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
        request.claims.insert("audience_of", client_id)
    }

    fn code_modifier(
        &self,
        extras: &mut oauth_core::authorization::AuthorizationExtras<'_>,
        _: &Request,
    ) -> Result<()> {
        let _ = extras;
        Ok(())
    }

    #[claim("tenant_name", scope = "profile", to(id_token, userinfo))]
    fn tenant_name(&self, request: &Request) -> Option<String> {
        request.subject.as_ref().map(ToString::to_string)
    }

    #[claim("plan")]
    async fn plan(&self, _: &Request) -> Result<&'static str> {
        Ok("gold")
    }

    #[claims]
    fn tenancy(&self, _: &Request) -> Result<Tenancy<u8>> {
        Ok(Tenancy { tenant: 1, roles: None })
    }

    #[token_generator]
    fn access_token(&self, _: &Request) -> Result<String> {
        Ok("access".to_owned())
    }

    #[token_generator(refresh)]
    async fn refresh_token(&self, _: &Request) -> Result<String> {
        Ok("refresh".to_owned())
    }
}

/// Knows people by the defaults, and trusts nobody else.
#[validator(custom)]
#[derive(Debug)]
pub struct People(#[store] MemoryStore);

#[validator]
impl People {
    fn validate_jwt_bearer_token(
        &self,
        _: &UnverifiedAssertion<'_>,
        _: &mut Request,
    ) -> Result<AcceptedAssertion> {
        Err(Error::invalid_grant("nobody is trusted"))
    }
}

/// Signed.
#[token_generator(
    jwt,
    issuer = "https://auth.example.com",
    audience = "https://api.example.com",
    algorithm = "ES256",
    expires_in = "15m",
    claims(tier = 3, ratio = 0.5, is_beta = false, roles = ["a", "b"])
)]
#[derive(Debug)]
pub struct AccessTokens<K: std::fmt::Debug> {
    #[signing_key]
    keys: K,
}

/// Signed, then encrypted.
#[token_generator(jwe, issuer = self.issuer, alg = "A256KW", enc = "A256GCM")]
#[derive(Debug)]
#[allow(dead_code)]
pub struct ConfidentialTokens {
    issuer: String,
    #[signing_key]
    keys: KeyRing,
    #[encryption_key]
    resource: EncryptionKey,
}

/// Random.
#[token_generator(opaque, prefix = "acme_rt_", entropy = 128)]
#[derive(Debug, Clone, Copy)]
pub struct RefreshTokens;

/// Seeing it.
#[scope("calendar.read", "See your calendar")]
#[derive(Debug, Clone, Copy)]
pub struct CalendarRead;

/// A grant of ours.
#[extension_grant("urn:example:grant-type:api-key")]
#[derive(Debug, Clone, Copy)]
pub struct ApiKey;

impl<V: RequestValidator> ExtensionGrant<V> for ApiKey {
    async fn approve(_: &V, _: &mut Request) -> Result<GrantApproval> {
        Ok(GrantApproval::of_client())
    }
}

/// A provider of identities.
#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials, device_code, jwt_bearer, ApiKey),
    profile = "openid",
    scopes("openid", "profile" = "Your name", CalendarRead),
    default_scopes("profile", CalendarRead),
    response_types("code", "code id_token"),
    issuer = "https://auth.example.com",
    code_lifetime = "30s",
    device_code_lifetime = "5m",
    device_polling_interval = "10s",
    refresh_token_lifetime = "7d",
    refresh_token_grace = "0s",
    id_token_lifetime = "5m",
    body_limit = 4096,
    endpoints(token = "/oauth/token", introspection = off)
)]
pub struct Provider {
    #[validator]
    accounts: People,
    #[access_token]
    tokens: AccessTokens<KeyRing>,
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

/// Generic, and small.
#[authorization_server(grants(client_credentials), issuer = self.issuer)]
#[derive(Debug)]
pub struct Machines<V: RequestValidator + std::fmt::Debug> {
    #[validator]
    accounts: V,
    issuer: String,
}

/// A preset.
#[authorization_server(preset = "backend_application", issuer = concat!("https://", "auth.example.com"))]
#[derive(Debug)]
pub struct Backend {
    #[validator]
    accounts: Plain,
}

/// An API that checks signatures.
#[resource_server(
    issuer = "https://auth.example.com",
    audience = self.audience,
    jwks = "https://auth.example.com/keys",
    leeway = "30s",
    algorithms("ES256"),
    jwks_max_age = "1h",
    jwks_refresh_interval = "30s",
    body_token,
    realm = "calendar",
    resource = "https://calendar.example.com",
    scopes(CalendarRead)
)]
#[derive(Debug)]
#[allow(dead_code)]
pub struct Calendar {
    audience: String,
    #[decryption_key]
    key: DecryptionKey,
}

/// An API that asks.
#[resource_server(issuer = self.issuer, audience = "mail", introspection, introspection_cache = "0s")]
pub struct Mail {
    issuer: String,
    #[credentials]
    credentials: Credentials,
}

/// Makes some of it.
pub fn main() {
    let store = MemoryStore::new;
    drop(Accounts { store: store(), people: store(), codes: store(), rest: store() });
    let accounts = Plain { store: store() };
    let machines = Machines { accounts, issuer: "https://auth.example.com".to_owned() };
    assert!(machines.into_service().is_ok());
    assert!(Backend { accounts: Plain { store: store() } }.into_router().is_ok());
    let mail =
        Mail { issuer: "https://auth.example.com".to_owned(), credentials: Credentials::new("a", "b") };
    assert!(mail.into_resource().is_ok());
}
