//! How often one may guess a password, by user name and network. All instances count together, in the store.

use std::net::IpAddr;
use std::time::Duration;

use oauth_core::interaction::login_key;
use oauth_core::limits::{ClientAddress, Counted, LimitKey, Policy};
use oauth_core::prelude::*;
use oauth_core::store::LimitStore;

/// Ten at once, and then one each 90 seconds.
const FROM_A_NETWORK: Policy = Policy::at_once(10, Duration::from_secs(90));
/// Where nobody knows the address, strangers must not keep a person out: NIST SP 800-63B §5.2.2 has 100.
const FROM_ANYWHERE: Policy = Policy::at_once(100, Duration::from_secs(36));

pub struct Guess {
    key: LimitKey,
    counted: Counted,
}

impl Guess {
    /// Counts it, before the password is looked at. `None`: there were too many.
    pub async fn begin(store: &PostgresStore, username: &str, request: &Request) -> Result<Option<Self>> {
        let network = match request.extensions.get::<ClientAddress>().map(|from| from.0.to_canonical()) {
            // The part that one subscriber has.
            Some(IpAddr::V6(v6)) => format!("{:x?}", &v6.segments()[..4]),
            Some(IpAddr::V4(v4)) => v4.to_string(),
            // Unknown, as behind a proxy that is not in `TRUSTED_PROXIES`.
            None => String::new(),
        };
        let policy = if network.is_empty() { FROM_ANYWHERE } else { FROM_A_NETWORK };
        let key = LimitKey::of("starter login", [login_key(username).as_str(), &network]);
        let now = Duration::from_secs(request.now().as_secs());
        let counted = store.begin(&key, &policy, now).await?;
        Ok(counted.ok().map(|counted| Self { key, counted }))
    }

    /// It was right, and does not count.
    pub async fn was_right(self, store: &PostgresStore) -> Result<()> {
        Ok(store.undo(&self.key, self.counted).await?)
    }
}
