//! Every rule of OAuth and OpenID Connect that concerns this server, as a test.

use oauth_core::keys::StoredKeys;
use oauth_core::prelude::*;
use tokio::sync::OnceCell;

use crate::server::{Accounts, AuthServer, key_policy};

/// The rules are not about the making of keys, which takes long.
static KEYS: OnceCell<StoredKeys> = OnceCell::const_new();

oauth_core::conformance!(AuthServer, |fixture| {
    let settings = super::settings().await?;
    let accounts = Accounts::open(&settings.database_url).await?;
    accounts.people.save_user(fixture.user()?).await?;
    let make = || StoredKeys::open(MemoryStore::new(), settings.keks, key_policy());
    AuthServer::new(settings.issuer, accounts, KEYS.get_or_try_init(make).await?)?
});
