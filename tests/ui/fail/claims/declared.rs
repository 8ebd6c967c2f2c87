//! The structs of a validator, whose names only the compiler knows.
use oauth_core::claims::PrivateClaims;
use oauth_core::prelude::*;

#[derive(Claims)]
struct Tenancy {
    tenant: String,
    roles: Vec<String>,
}

#[derive(Claims)]
struct Authentication {
    amr: String,
}

/// A set of claims by hand.
struct Lifetime;

impl PrivateClaims for Lifetime {
    const NAMES: &'static [&'static str] = &["since", "exp"];

    fn to_claims(&self) -> Result<Claims> {
        Ok(Claims::new())
    }

    fn from_claims(_: &serde_json::Map<String, serde_json::Value>) -> Result<Self> {
        Ok(Self)
    }
}

#[validator(custom)]
struct Repeated {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Repeated {
    #[claim("roles")]
    fn roles(&self, _: &Request) -> Vec<String> {
        Vec::new()
    }

    #[claims]
    fn tenancy(&self, _: &Request) -> Option<Tenancy> {
        None
    }
}

#[validator(custom)]
struct OfIdTokens {
    #[store]
    store: MemoryStore,
}

#[validator]
impl OfIdTokens {
    #[claims(to(access_token, id_token))]
    fn authentication(&self, _: &Request) -> Option<Authentication> {
        None
    }
}

#[validator(custom)]
struct Reserved {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Reserved {
    #[claims]
    fn lifetime(&self, _: &Request) -> Lifetime {
        Lifetime
    }
}

#[validator(custom)]
struct Undeclared {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Undeclared {
    #[claims(scope = "profile")]
    fn tenancy(&self, _: &Request) -> Option<Tenancy> {
        None
    }
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", scopes("jobs"))]
struct WithoutTheScope {
    #[validator]
    accounts: Undeclared,
}

#[validator(custom)]
struct ToClients {
    #[store]
    store: MemoryStore,
}

#[validator]
impl ToClients {
    #[claims(to(userinfo))]
    fn tenancy(&self, _: &Request) -> Option<Tenancy> {
        None
    }
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", scopes("jobs"))]
struct NoOpenIdProvider {
    #[validator]
    accounts: ToClients,
}

fn main() {}
