//! How often one may guess a password, by user name and network. All instances count together, in the store.

use std::net::IpAddr;
use std::time::Duration;

use oauth_core::interaction::login_key;
use oauth_core::limits::{ClientAddress, Counted, LimitKey, Policy};
use oauth_core::prelude::*;
use oauth_core::store::LimitStore;

/// At one name from one network: ten at once, and then one each 90 seconds.
const OF_ONE_FROM_ONE: Policy = Policy::at_once(10, Duration::from_secs(90));
/// At one name, from wherever: NIST SP 800-63B §5.2.2 has 100.
const OF_ONE: Policy = Policy::at_once(100, Duration::from_secs(36));
/// At all names from one network: people who share one are many, and each mistypes now and then.
const FROM_ONE: Policy = Policy::at_once(30, Duration::from_secs(10));

pub struct Guess(Vec<(LimitKey, Counted)>);

impl Guess {
    /// Counts it, before the password is looked at. `None`: there were too many.
    pub async fn begin(store: &PostgresStore, username: &str, request: &Request) -> Result<Option<Self>> {
        let network = match request.extensions.get::<ClientAddress>().map(|from| from.0.to_canonical()) {
            // The part that one subscriber has.
            Some(IpAddr::V6(v6)) => Some(format!("{:x?}", &v6.segments()[..4])),
            Some(IpAddr::V4(v4)) => Some(v4.to_string()),
            // Unknown, as behind a proxy that is not in `TRUSTED_PROXIES`.
            None => None,
        };
        let (name, now) = (login_key(username), Duration::from_secs(request.now().as_secs()));
        let mut limits = Vec::new();
        if let Some(network) = &network {
            limits.push((LimitKey::of("starter network", [network.as_str()]), FROM_ONE));
            limits.push((LimitKey::of("starter login", [name.as_str(), network]), OF_ONE_FROM_ONE));
        }
        limits.push((LimitKey::of("starter name", [name.as_str()]), OF_ONE));
        let mut guess = Self(Vec::new());
        for (key, policy) in limits {
            match store.begin(&key, &policy, now).await? {
                Ok(counted) => guess.0.push((key, counted)),
                Err(_wait) => {
                    // It was no guess.
                    guess.was_right(store).await?;
                    return Ok(None);
                }
            }
        }
        Ok(Some(guess))
    }

    /// It was right, and does not count.
    pub async fn was_right(self, store: &PostgresStore) -> Result<()> {
        for (key, counted) in self.0 {
            store.undo(&key, counted).await?;
        }
        Ok(())
    }
}
