//! The crate under other names, in every attribute and in every kind of path.
#![deny(warnings)]

extern crate oauth_core as external;
use oauth_core as renamed;

mod wrapped {
    pub mod deeper {
        pub use oauth_core as library;
    }
}

use renamed::prelude::*;

#[renamed::validator(custom, crate = renamed)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[renamed::validator(crate = crate::renamed)]
impl Accounts {
    fn get_client_secret(&self, _: &Client, _: &Request) -> Result<Option<SecretString>> {
        Ok(None)
    }

    #[claim("tenant")]
    fn tenant(&self, _: &Request) -> &'static str {
        "acme"
    }

    #[token_generator(refresh)]
    fn make(&self, _: &Request) -> Result<String> {
        Ok(String::new())
    }
}

#[renamed::validator(crate = external)]
struct Generic<S, const N: usize>(#[store] S, [u8; N]);

#[derive(renamed::Claims)]
#[claims(crate = wrapped::deeper::library)]
struct Tenancy<T> {
    tenant: T,
    #[claim("https://example.com/roles")]
    roles: Option<Vec<String>>,
}

#[external::token_generator(jwt, issuer = "https://auth.example.com", crate = ::oauth_core)]
struct Signed(#[signing_key] KeyRing);

#[external::token_generator(jwe, issuer = self.issuer, alg = "dir", crate = self::wrapped::deeper::library)]
struct Encrypted {
    issuer: String,
    #[signing_key]
    keys: KeyRing,
    #[encryption_key]
    key: EncryptionKey,
}

#[external::token_generator(opaque, prefix = "acme_at_", crate = wrapped::deeper::library)]
struct Random;

#[renamed::scope("calendar.read", crate = wrapped::deeper::library)]
struct CalendarRead;

#[renamed::extension_grant("urn:example:api-key", crate = renamed)]
struct ApiKey;

impl<V: RequestValidator> ExtensionGrant<V> for ApiKey {
    async fn approve(_: &V, _: &mut Request) -> Result<GrantApproval> {
        Ok(GrantApproval::of_client())
    }
}

#[renamed::authorization_server(
    grants(authorization_code, ApiKey),
    scopes("openid", CalendarRead),
    default_scopes(CalendarRead),
    response_types("code"),
    profile = "openid",
    code_lifetime = "30s",
    endpoints(token = "/t", userinfo = off),
    crate = external
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Signed,
    #[interaction]
    pages: LoginPages,
}

mod inner {
    use super::wrapped::deeper::library;
    use super::*;

    #[library::resource_server(
        issuer = "https://auth.example.com",
        audience = self.audience,
        introspection,
        scopes(CalendarRead),
        crate = super::wrapped::deeper::library
    )]
    pub(super) struct Api {
        pub(super) audience: String,
        #[credentials]
        pub(super) credentials: Credentials,
    }
}

fn require<S: AuthorizationServer>() {}
fn require_claims<C: renamed::claims::PrivateClaims>(_: &C) {}
fn require_validator<V: RequestValidator>() {}
fn require_generator<G: TokenGenerator>() {}

fn main() {
    require::<AuthServer>();
    require_claims(&Tenancy { tenant: 1, roles: None });
    require_validator::<Generic<MemoryStore, 3>>();
    require_generator::<Encrypted>();
    require_generator::<Random>();
    let api = inner::Api { audience: "a".into(), credentials: Credentials::new("a", "b") };
    assert!(api.into_resource().is_ok());
}
