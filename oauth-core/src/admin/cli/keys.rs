//! `key`: the keys that instances share.

use std::sync::Arc;
use std::time::Duration;

use clap::ArgMatches;
use serde_json::json;

use super::clients::argument;
use super::output::{Failure, Output};
use super::text::time;
use super::{AdminStore, Done, Of, lines};
use crate::admin::AdminError;
use crate::jose::{Algorithm, SigningKey};
use crate::keys::{Keks, KeyPolicy, KeysError, StoredKeys, statuses};
use crate::store::StoredKey;

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

pub(super) async fn rotate<S: AdminStore>(
    admin: &Of<S>,
    keks: Option<Keks>,
    matches: &ArgMatches,
    output: &mut Output,
) -> Done {
    let stored = open(admin, keks, propagation(matches)).await?;
    let algorithm = algorithm(argument(matches, "ALGORITHM"))?;
    if stored.ring(algorithm).is_err() {
        let text = format!(
            "no key of this store signs by {algorithm}: a server that is to sign by it makes the first when it starts, or `key import` \
             brings one"
        );
        return Err(AdminError::NotFound(text).into());
    }
    let from = stored.rotate(algorithm).await?;
    let value = json!({ "alg": algorithm, "sign_from": from });
    output.say(&value, format!("the next key of {algorithm} signs from {}", time(from)))
}

pub(super) async fn import<S: AdminStore>(
    admin: &Of<S>,
    keks: Option<Keks>,
    matches: &ArgMatches,
    output: &mut Output,
) -> Done {
    let file = argument(matches, "FILE");
    let key =
        if file == "-" { SigningKey::from_pem(lines::read(file)?) } else { SigningKey::from_pem_file(file) };
    let key = match matches.get_one::<String>("alg") {
        Some(name) => {
            let algorithm = algorithm(name)?;
            key.and_then(|key| key.with_algorithm(algorithm))
        }
        None => key,
    };
    let key = key.map_err(|mistake| Failure::Input(mistake.to_string()))?;
    let (stored, keks) = (admin.on.store.keys().await.map_err(AdminError::from)?, given(keks)?);
    let policy = policy(admin, &stored, vec![key.algorithm()], propagation(matches));
    let (kid, algorithm) = (key.kid().unwrap_or_default().to_owned(), key.algorithm());
    let from = StoredKeys::import(admin.on.store.clone(), keks, policy, key).await?;
    let value = json!({ "imported": kid, "alg": algorithm, "sign_from": from });
    output.say(&value, format!("imported {kid}, which signs by {algorithm} from {}", time(from)))
}

pub(super) async fn revoke<S: AdminStore>(
    admin: &Of<S>,
    keks: Option<Keks>,
    matches: &ArgMatches,
    output: &mut Output,
) -> Done {
    let kid = argument(matches, "KID");
    open(admin, keks, PROPAGATION).await?.revoke(kid).await?;
    output.say(&json!({ "revoked": kid }), format!("revoked {kid}: `key list` says when it ends"))
}

pub(super) async fn rewrap<S: AdminStore>(admin: &Of<S>, keks: Option<Keks>, output: &mut Output) -> Done {
    let count = open(admin, keks, PROPAGATION).await?.rewrap().await?;
    output.say(&json!({ "rewrapped": count }), format!("sealed {count} keys anew"))
}

fn propagation(matches: &ArgMatches) -> Duration {
    matches.get_one::<Duration>("propagation").copied().unwrap_or(PROPAGATION)
}

fn algorithm(name: &str) -> Result<Algorithm, Failure> {
    serde_json::from_value(json!(name))
        .map_err(|_| Failure::Input(format!("`{name}` is no algorithm such as ES256")))
}

/// Tells whether the environment has what seals keys.
pub(super) fn are_given() -> bool {
    std::env::var_os(KEKS).is_some_and(|keks| !keks.is_empty())
}

/// The KEKs, which seal keys: given by the program, or else by the environment.
pub(super) fn given(keks: Option<Keks>) -> Result<Keks, Failure> {
    if let Some(keks) = keks {
        return Ok(keks);
    }
    let text = std::env::var(KEKS).map_err(|_| {
        Failure::Input(format!("{KEKS} is not set: it has what seals the keys, such as `b:<base64>,a:<base64>`, as the servers have it"))
    })?;
    Keks::parse(&text).map_err(|mistake| Failure::Input(format!("{KEKS}: {mistake}")))
}

fn policy<S: AdminStore>(
    admin: &Of<S>,
    stored: &[StoredKey],
    algorithms: Vec<Algorithm>,
    propagation: Duration,
) -> KeyPolicy {
    KeyPolicy::of_operator(stored, algorithms, propagation).observer(Arc::clone(&admin.on.observer))
}

/// The keys of the store, of the algorithms that it has.
async fn open<S: AdminStore>(
    admin: &Of<S>,
    keks: Option<Keks>,
    propagation: Duration,
) -> Result<StoredKeys, Failure> {
    let keks = given(keks)?;
    let stored = admin.on.store.keys().await.map_err(AdminError::from)?;
    let algorithm = |purpose: &str| serde_json::from_value(json!(purpose.strip_prefix("sign:")?)).ok();
    let mut algorithms: Vec<Algorithm> = stored.iter().filter_map(|key| algorithm(&key.purpose)).collect();
    algorithms.sort_by_key(|algorithm| format!("{algorithm}"));
    algorithms.dedup();
    if algorithms.is_empty() {
        return Err(AdminError::NotFound(
            "there are no keys in this store: the first server that starts makes them, or `key import` brings one".to_owned(),
        )
        .into());
    }
    let policy = policy(admin, &stored, algorithms, propagation);
    Ok(StoredKeys::open(admin.on.store.clone(), keks, policy).await?)
}

impl From<KeysError> for Failure {
    fn from(error: KeysError) -> Self {
        let line = format!("{error:?}");
        if error.is_of_store() {
            Self::Store(line)
        } else if error.is_unknown() {
            AdminError::NotFound(line).into()
        } else if error.is_duplicate() {
            AdminError::Exists(line).into()
        } else {
            // Such as a KEK, which can be put right by who asks.
            Self::Input(line)
        }
    }
}
