//! A hook that would exempt clients from PKCE, at servers that exempt nobody.
use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[rustfmt::skip]
#[validator]
impl Accounts {
    fn is_pkce_required(&self, client: &Client, _: &mut Request) -> Result<bool> { Ok(client.is_public()) }
}

#[authorization_server(
    grants(authorization_code, refresh_token),
    scopes("profile"),
    issuer = "https://auth.example.com"
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

/// There are no codes, either.
#[authorization_server(grants(client_credentials), scopes("jobs"), issuer = "https://auth.example.com")]
struct Machines {
    #[validator]
    accounts: Accounts,
}

/// The field that is compiled is the one that is judged.
#[authorization_server(grants(authorization_code), scopes("profile"), issuer = "https://auth.example.com")]
struct Either {
    #[cfg(all())]
    #[validator]
    accounts: Accounts,
    #[cfg(any())]
    #[validator]
    accounts: MemoryStore,
    #[interaction]
    pages: LoginPages,
}

/// What is compiled is there.
#[validator(custom)]
struct Conditional {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Conditional {
    #[cfg(all())]
    fn is_pkce_required(&self, _: &Client, _: &mut Request) -> Result<bool> {
        Ok(true)
    }
}

#[authorization_server(grants(client_credentials), scopes("jobs"), issuer = "https://jobs.example.com")]
struct Jobs {
    #[validator]
    accounts: Conditional,
}

fn main() {}
