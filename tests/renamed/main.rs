//! A dependency under another name: every attribute finds it, with no `crate = …`, and so do the attributes that mark.

use auth::grant::ExtensionGrantType;
use auth::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    #[claim("tenant")]
    fn tenant(&self, _: &Request) -> &'static str {
        "acme"
    }

    #[claims]
    fn tenancy(&self, _: &Request) -> Tenancy {
        Tenancy { plan: "free".to_owned() }
    }

    #[token_generator(refresh)]
    fn make(&self, _: &Request) -> Result<String> {
        Ok(String::new())
    }
}

#[derive(auth::Claims)]
struct Tenancy {
    plan: String,
}

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct AccessTokens {
    #[signing_key]
    keys: KeyRing,
}

#[scope("calendar.read")]
struct CalendarRead;

#[step_up(max_age = 300)]
struct Recently;

#[extension_grant("urn:example:api-key")]
struct ApiKey;

impl<V: RequestValidator> ExtensionGrant<V> for ApiKey {
    async fn approve(_: &V, _: &mut Request) -> Result<GrantApproval> {
        Ok(GrantApproval::of_client())
    }
}

#[authorization_server(grants(authorization_code, ApiKey), scopes("openid", CalendarRead))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
    #[id_token]
    id_keys: KeyRing,
    #[interaction]
    pages: LoginPages,
}

#[auth::resource_server(issuer = "https://auth.example.com", audience = "https://api.example.com", jwks)]
struct Api;

fn server() -> AuthServer {
    let keys = |algorithm| KeyRing::new(SigningKey::generate(algorithm).unwrap());
    AuthServer {
        accounts: Accounts { store: MemoryStore::new() },
        tokens: AccessTokens { keys: keys(Algorithm::ES256) },
        id_keys: keys(Algorithm::RS256),
        pages: LoginPages::new(),
    }
}

#[test]
fn a_server_starts_under_another_name() {
    let server = server();
    assert_eq!(AuthServer::CONFIG.scopes.len(), 2);
    assert!(server.start().is_ok());
}

#[test]
fn an_api_starts_under_another_name() {
    assert!(Api.into_resource().is_ok());
}

#[test]
fn types_are_what_they_are() {
    const fn requires_login<S: auth::scope::RequiredAuthentication>() {}
    requires_login::<Recently>();
    assert_eq!(CalendarRead::SCOPE.name, "calendar.read");
    assert_eq!(ApiKey::GRANT_TYPE, "urn:example:api-key");
}
