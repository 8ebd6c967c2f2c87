//! The whole suite over a server whose access tokens no store keeps.

use std::sync::LazyLock;

use oauth_core::conformance::{BoxError, Fixture};
use oauth_core::openid::{BackChannel, PairwiseKey};
use oauth_core::prelude::*;

#[token_generator(
    jwt,
    issuer = "https://auth.example.com",
    expires_in = "15m",
    claims(tier = 3),
    self_contained
)]
struct Tokens {
    #[signing_key]
    keys: KeyRing,
}

#[validator(custom)]
struct InSqlite {
    #[store]
    store: SqliteStore,
}

#[validator]
impl InSqlite {
    #[claim("tenant", scope = "profile")]
    fn tenant(&self, _request: &Request) -> &'static str {
        "acme"
    }
}

#[validator]
struct InMemory {
    #[store]
    store: MemoryStore,
}

/// Every way to an access token, and every reader.
#[authorization_server(
    profile = "oauth2.0",
    grants(authorization_code, refresh_token, client_credentials, device_code, implicit, password),
    pushed_authorization_requests,
    acr_values("pwd", "mfa"),
    response_types(
        "code",
        "token",
        "id_token",
        "id_token token",
        "code id_token",
        "code token",
        "code id_token token",
        "none"
    ),
    scopes("openid", "profile" = "See your name", "calendar"),
    default_scopes("profile"),
    dpop
)]
struct Everything {
    #[validator]
    accounts: InSqlite,
    #[access_token]
    tokens: Tokens,
    #[pairwise_key]
    pairwise_key: PairwiseKey,
    #[back_channel]
    back_channel: BackChannel,
    #[interaction]
    pages: LoginPages,
}

/// Making an RSA key takes long.
static KEYS: LazyLock<KeyRing> =
    LazyLock::new(|| KeyRing::from(SigningKey::generate(Algorithm::RS256).unwrap()));

impl Everything {
    async fn new(fixture: &mut Fixture) -> std::result::Result<Self, BoxError> {
        let directory = tempfile::tempdir()?;
        let store = SqliteStore::open(directory.path().join("oauth.db")).await?;
        fixture.keep(directory);
        store.save_user(fixture.user()?).await?;
        Ok(Self {
            accounts: InSqlite { store },
            tokens: Tokens { keys: KEYS.clone() },
            pairwise_key: PairwiseKey::new("a key of thirty-two bytes or more")?,
            back_channel: fixture.back_channel(),
            pages: LoginPages::new().acr("pwd"),
        })
    }
}

mod over_sqlite_with_everything {
    use super::Everything;

    oauth_core::conformance!(Everything, |fixture| Everything::new(fixture).await?);
}

#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials),
    scopes("profile", "calendar"),
    resources("https://api.example.com/calendar"(scopes("calendar")), "https://api.example.com")
)]
struct Resourceful {
    #[validator]
    accounts: InMemory,
    #[access_token]
    tokens: Tokens,
    #[interaction]
    pages: LoginPages,
}

mod over_memory_with_resources {
    use oauth_core::prelude::*;

    use super::{InMemory, KEYS, Resourceful, Tokens};

    oauth_core::conformance!(Resourceful, |fixture| {
        let store = MemoryStore::new();
        store.save_user(fixture.user()?).await?;
        let tokens = Tokens { keys: KEYS.clone() };
        Resourceful { accounts: InMemory { store }, tokens, pages: LoginPages::new() }
    });
}
