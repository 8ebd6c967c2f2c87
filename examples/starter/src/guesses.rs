//! How many attempts at a password there were, in a quarter of an hour by this name from this network; shared by all instances.

use std::net::IpAddr;

use oauth_core::interaction::login_key;
use oauth_core::limits::ClientAddress;
use oauth_core::prelude::*;
use sqlx::{PgPool, query, query_scalar};

pub struct Guess {
    username: String,
    network: String,
}

impl Guess {
    pub fn new(username: &str, request: &Request) -> Self {
        let network = match request.extensions.get::<ClientAddress>().map(|from| from.0.to_canonical()) {
            // The part that one subscriber has.
            Some(IpAddr::V6(v6)) => format!("{:x?}", &v6.segments()[..4]),
            Some(IpAddr::V4(v4)) => v4.to_string(),
            // Unknown, as behind a proxy that is not in `TRUSTED_PROXIES`.
            None => String::new(),
        };
        Self { username: login_key(username), network }
    }

    /// Counts it, before the password is looked at.
    pub async fn is_allowed(&self, database: &PgPool) -> sqlx::Result<bool> {
        let count = "INSERT INTO guesses AS g VALUES ($1, $2, 1, now()) ON CONFLICT (username, network) DO UPDATE SET \
             number = CASE WHEN g.since < now() - interval '15 min' THEN 1 ELSE g.number + 1 END, \
             since = CASE WHEN g.since < now() - interval '15 min' THEN now() ELSE g.since END RETURNING number";
        let count = query_scalar(count).bind(&self.username).bind(&self.network);
        let number: i32 = count.fetch_one(database).await?;
        // Where nobody knows the address, strangers must not keep a person out: NIST SP 800-63B §5.2.2 has 100.
        Ok(number <= if self.network.is_empty() { 100 } else { 10 })
    }

    /// It was right: what came before does not count.
    pub async fn was_right(&self, database: &PgPool) -> sqlx::Result<()> {
        let forget = query("DELETE FROM guesses WHERE username = $1 AND network = $2");
        forget.bind(&self.username).bind(&self.network).execute(database).await.map(drop)
    }
}

/// Removes what counts no longer.
pub async fn sweep(database: &PgPool) {
    let sweep = query("DELETE FROM guesses WHERE since < now() - interval '15 min'");
    if let Err(error) = sweep.execute(database).await {
        tracing::warn!(%error, "old guesses could not be removed");
    }
}
