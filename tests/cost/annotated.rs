// An application of ten annotated items. The same by hand is in `by_hand.rs`.

use oauth_core::prelude::*;

/// The records of the machines' server.
#[validator]
pub struct Accounts {
    #[store]
    store: MemoryStore,
}

/// The people whom the site knows, and its own decisions.
#[validator(custom)]
pub struct People {
    #[store]
    store: MemoryStore,
    audience: String,
}

#[validator]
impl People {
    async fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
        if client_id.starts_with("site-") {
            request.claims.insert("aud", &self.audience)?;
        }
        Ok(())
    }

    fn rotate_refresh_token(&self, request: &Request) -> Result<bool> {
        Ok(request.subject.is_some())
    }

    #[claim("tenant", scope = "calendar.read")]
    fn tenant(&self, request: &Request) -> Option<String> {
        request.subject.as_ref().map(|subject| format!("tenant of {subject}"))
    }
}

/// Signed access tokens.
#[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "15m", claims(tier = 3))]
pub struct AccessTokens {
    #[signing_key]
    keys: KeyRing,
}

/// Refresh tokens that scanners find.
#[token_generator(opaque, prefix = "acme_rt_")]
pub struct RefreshTokens;

/// Seeing it.
#[scope("calendar.read", "See your calendar")]
pub struct CalendarRead;

/// Changing it.
#[scope("calendar.write", "Change your calendar")]
pub struct CalendarWrite;

/// The server for people.
#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials),
    scopes(CalendarRead, CalendarWrite),
    code_lifetime = "30s"
)]
pub struct Site {
    #[validator]
    people: People,
    #[access_token]
    access_tokens: AccessTokens,
    #[refresh_token]
    refresh_tokens: RefreshTokens,
    #[interaction]
    pages: LoginPages,
}

/// The server for programs.
#[authorization_server(
    grants(client_credentials),
    scopes("jobs" = "Run jobs"),
    issuer = "https://machines.example.com",
    endpoints(revocation = off)
)]
pub struct Machines {
    #[validator]
    accounts: Accounts,
}

/// An API of another process.
#[resource_server(
    issuer = "https://auth.example.com",
    audience = "https://calendar.example.com",
    jwks,
    leeway = "30s",
    scopes(CalendarRead, CalendarWrite)
)]
pub struct Calendar;
