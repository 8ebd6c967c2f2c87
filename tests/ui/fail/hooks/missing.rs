//! Features that nothing but a hook of the application's makes work.
use oauth_core::prelude::*;

#[validator]
struct Plain {
    #[store]
    store: MemoryStore,
}

#[validator(custom)]
struct Others {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Others {
    async fn validate_client_id(&self, _: &str, _: &mut Request) -> Result<()> {
        Ok(())
    }

    #[cfg(any())]
    fn validate_initial_access_token(&self, _: &str, _: &mut Request) -> Result<bool> {
        Ok(true)
    }
}

#[authorization_server(grants(jwt_bearer), scopes("jobs"), issuer = "https://auth.example.com")]
struct TrustsNobody {
    #[validator]
    accounts: Plain,
}

#[authorization_server(
    grants(client_credentials, jwt_bearer),
    scopes("jobs"),
    issuer = "https://auth.example.com"
)]
struct TrustsNobodyEither {
    #[validator]
    accounts: Others,
}

#[authorization_server(
    grants(client_credentials),
    scopes("jobs"),
    issuer = "https://auth.example.com",
    registration(initial_access_token)
)]
struct LetsInNobody {
    #[validator]
    accounts: Plain,
}

#[authorization_server(
    grants(client_credentials),
    scopes("jobs"),
    issuer = "https://auth.example.com",
    registration(path = "/clients", initial_access_token)
)]
struct LetsInNobodyEither {
    #[validator]
    accounts: Others,
}

fn main() {}
