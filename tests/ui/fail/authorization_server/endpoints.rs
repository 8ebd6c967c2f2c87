//! Paths of endpoints: malformed ones, taken ones, and those that lead nowhere.
use oauth_core::openid::IdTokenKeys;
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    endpoints(
        token = "token",
        revocation = "https://auth.example.com/revoke",
        introspection = "/.well-known/introspect"
    )
)]
struct NoPaths {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    endpoints(token = "/token?tenant=1", revocation = "/oauth//revoke", introspection = "/{tenant}/introspect")
)]
struct Malformed {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    endpoints(token = off, revocations = "/r", introspection = true)
)]
struct Names {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    endpoints(token = "/oauth", revocation = "/oauth")
)]
struct Shared {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    endpoints(token = "/revoke")
)]
struct Default {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    endpoints(
        authorization = "/oauth/authorize",
        device_authorization = "/oauth/device",
        jwks = "/oauth/keys",
        userinfo = "/me",
        end_session = "/bye",
        check_session = "/frame"
    )
)]
struct LeadingNowhere {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    profile = "oauth2.0",
    grants(implicit),
    issuer = "https://auth.example.com",
    endpoints(token = "/oauth/token")
)]
struct NoTokenRequests {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

/// Whoever is in front has logged people in: there is nothing to log out of.
struct Proxy;

impl<V: RequestValidator> Interaction<V> for Proxy {
    async fn decide(&self, _: &Context<'_, V>, _: &AuthorizationRequest, _: &Request) -> Result<Decision> {
        Ok(Decision::Deny)
    }
}

#[authorization_server(
    grants(authorization_code),
    scopes("openid"),
    issuer = "https://auth.example.com",
    endpoints(end_session = "/goodbye")
)]
struct NoSessions {
    #[validator]
    accounts: Accounts,
    #[id_token]
    id_tokens: IdTokenKeys,
    #[interaction]
    pages: Proxy,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    endpoints(token = "/login")
)]
struct Page {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

fn main() {}
