//! The state of the store.

use super::ValkeyStore;
use super::inspect::field;
use super::run::failed;
use crate::store::{Examination, Examine, Result, Setting};
use crate::time::UnixTime;

const DOING: &str = "tell of its state";

/// The settings of the server on which rests what an answer means.
const SETTINGS: [(&str, &str, &str, &str); 2] = [
    (
        "maxmemory_policy",
        "maxmemory_policy",
        "noeviction",
        "it may forget what was revoked: set `maxmemory-policy` to noeviction",
    ),
    (
        "aof_enabled",
        "appendonly",
        "1",
        "a crash brings redeemed codes and revoked tokens back: set `appendonly` to yes",
    ),
];

impl Examine for ValkeyStore {
    /// Finds no backlog: what has expired goes by itself.
    async fn examine(&self, _: UnixTime) -> Result<Examination> {
        let said = self.connection.say().await.map_err(|cause| failed(DOING, cause))?;
        let find = |name: &str| said.iter().find_map(|info| field(info, name));
        let name = software(&said);
        let mut examination = Examination::of(name);
        let micros = find("server_time_usec").and_then(|micros| micros.parse::<u64>().ok());
        examination.time = micros.map(|micros| UnixTime::from_secs(micros / 1_000_000));
        for (asked, name, good, fault) in SETTINGS {
            // Of a cluster, the worst of its nodes.
            let values = || said.iter().filter_map(|info| field(info, asked));
            let Some(value) = values().find(|value| *value != good).or_else(|| values().next()) else {
                continue;
            };
            let fault = (value != good).then_some(fault);
            examination.settings.push(Setting { name, value: value.to_owned(), fault });
        }
        if let Some(bytes) = find("used_memory") {
            examination.settings.push(Setting { name: "used_memory", value: bytes.to_owned(), fault: None });
        }
        Ok(examination)
    }
}

/// Valkey says both names, Redis its own.
fn software(said: &[String]) -> String {
    let find = |name: &str| said.iter().find_map(|info| field(info, name));
    match find("valkey_version") {
        Some(version) => format!("Valkey {version}"),
        None => format!("Redis {}", find("redis_version").unwrap_or("of no version")),
    }
}
