//! `key`: the keys that instances share.

use std::time::Duration;

use clap::ArgMatches;
use serde_json::json;

use super::output::{Failure, Output};
use super::text::time;
use super::{AdminStore, Done, Of};
use crate::admin::AdminError;
use crate::jose::Algorithm;
use crate::keys::{Keks, KeyPolicy, KeysError, StoredKeys, statuses};

/// The variable that has the keys which seal keys.
const KEKS: &str = "OAUTH_KEKS";
/// The time that a key is published before it signs, unless said.
const PROPAGATION: Duration = Duration::from_hours(24);

pub(super) async fn list<S: AdminStore>(admin: &Of<S>, output: &mut Output) -> Done {
    let keys = statuses(admin.on.store.keys().await.map_err(AdminError::from)?, admin.now());
    if keys.is_empty() {
        return output.say_nothing("no keys");
    }
    for key in keys {
        let value = json!({
            "kid": key.kid, "purpose": key.purpose, "generation": key.generation, "state": key.state.to_string(),
            "sign_from": key.sign_from, "sign_until": key.sign_until, "publish_until": key.publish_until, "kek": key.kek,
        });
        let (from, until, end) = (time(key.sign_from), time(key.sign_until), time(key.publish_until));
        output.say(
            &value,
            format!(
                "{}  {} {}  {}  signs {from} to {until}, published until {end}, sealed by {}",
                key.kid, key.purpose, key.generation, key.state, key.kek
            ),
        )?;
    }
    Ok(())
}

pub(super) async fn rotate<S: AdminStore>(admin: &Of<S>, matches: &ArgMatches, output: &mut Output) -> Done {
    let name = matches.get_one::<String>("ALGORITHM").map_or("", String::as_str);
    let propagation = matches.get_one::<Duration>("propagation").copied().unwrap_or(PROPAGATION);
    let keys = open(admin, propagation).await?;
    let algorithm: Algorithm = serde_json::from_value(json!(name))
        .map_err(|_| Failure::Input(format!("`{name}` is no algorithm such as ES256")))?;
    let from = keys.rotate(algorithm).await?;
    let value = json!({ "alg": name, "sign_from": from });
    output.say(&value, format!("the next key of {name} signs from {}", time(from)))
}

pub(super) async fn revoke<S: AdminStore>(admin: &Of<S>, matches: &ArgMatches, output: &mut Output) -> Done {
    let kid = matches.get_one::<String>("KID").map_or("", String::as_str);
    open(admin, PROPAGATION).await?.revoke(kid).await?;
    output.say(&json!({ "revoked": kid }), format!("revoked {kid}: `key list` says when it ends"))
}

pub(super) async fn rewrap<S: AdminStore>(admin: &Of<S>, output: &mut Output) -> Done {
    let count = open(admin, PROPAGATION).await?.rewrap().await?;
    output.say(&json!({ "rewrapped": count }), format!("sealed {count} keys anew"))
}

/// The keys of the store, of the algorithms that it has.
async fn open<S: AdminStore>(admin: &Of<S>, propagation: Duration) -> Result<StoredKeys, Failure> {
    let text = std::env::var(KEKS).map_err(|_| {
        Failure::Input(format!("{KEKS} is not set: it has what seals the keys, such as `b:<base64>,a:<base64>`, as the servers have it"))
    })?;
    let keks = Keks::parse(&text).map_err(|mistake| Failure::Input(format!("{KEKS}: {mistake}")))?;
    let stored = admin.on.store.keys().await.map_err(AdminError::from)?;
    let algorithm = |purpose: &str| serde_json::from_value(json!(purpose.strip_prefix("sign:")?)).ok();
    let mut algorithms: Vec<Algorithm> = stored.iter().filter_map(|key| algorithm(&key.purpose)).collect();
    algorithms.sort_by_key(|algorithm| format!("{algorithm}"));
    algorithms.dedup();
    if algorithms.is_empty() {
        return Err(AdminError::NotFound(
            "there are no keys in this store: the first server that starts makes them".to_owned(),
        )
        .into());
    }
    Ok(StoredKeys::open(
        admin.on.store.clone(),
        keks,
        KeyPolicy::of_operator(&stored, algorithms, propagation),
    )
    .await?)
}

impl From<KeysError> for Failure {
    fn from(error: KeysError) -> Self {
        let line = format!("{error:?}");
        // What is wrong with a name or with a KEK can be put right by who asks.
        if error.is_of_store() { Self::Store(line) } else { Self::Input(line) }
    }
}
