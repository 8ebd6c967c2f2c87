//! The examination of a store.

use std::time::Duration;

use serde::Serialize;

use super::{Admin, Administered as _, OneStore, Result};
use crate::keys::{Keks, KeyState, KeyStatus, statuses};
use crate::store::{
    Backlog, ClientStore, Examination, Examine, KeyStore, Ready, Schema, StoreError, Sweep, TokenStore,
};
use crate::time::UnixTime;

/// The weight of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It is as it should be.
    Fine,
    /// It works, and will not for ever.
    Warning,
    /// It does not work, or not as it is said to.
    Fault,
}

/// A thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// The thing: `store`, `schema`, `clock`, `backlog`, `keys`, or the name of a setting.
    pub subject: &'static str,
    /// The weight of the finding.
    pub severity: Severity,
    /// One line: the finding, and what to do where something is wrong.
    pub text: String,
}

/// The clocks of instances may differ by less than this.
const TOLERATED: Duration = Duration::from_mins(1);
const NOTICED: Duration = Duration::from_secs(5);
/// Sweeps come every minute or so.
const OLD: Duration = Duration::from_hours(1);
/// Servers look for keys that are due each minute.
const LATE: Duration = Duration::from_hours(1);

impl<S: ClientStore + TokenStore + Sweep + Ready + Examine + 'static> Admin<OneStore<S>> {
    /// Looks whether the store is ready, at its tables, its clock against that of this machine, what has expired and is there still,
    /// and at its settings.
    ///
    /// # Errors
    ///
    /// If the store fails; one that is not ready is a finding.
    pub async fn doctor(&self) -> Result<Vec<Finding>> {
        let mut findings = Vec::new();
        let ready = self.on.store.ready().await;
        let now = self.on.now();
        let examination = self.on.store.examine(now).await?;
        findings.push(store(&examination, ready.err()));
        findings.extend(examination.schema.map(schema));
        findings.extend(examination.time.map(|time| clock(time, now)));
        findings.push(backlog(&examination.backlog, now));
        findings.extend(examination.settings.into_iter().map(|setting| {
            let severity = if setting.fault.is_some() { Severity::Fault } else { Severity::Fine };
            let fault = setting.fault.map(|fault| format!(": {fault}")).unwrap_or_default();
            finding(setting.name, severity, format!("{} = {}{fault}", setting.name, setting.value))
        }));
        Ok(findings)
    }
}

impl<S: ClientStore + TokenStore + Sweep + Ready + Examine + 'static> Admin<OneStore<S>> {
    /// The state of the tables; `None`: the store has none.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn schema(&self) -> Result<Option<Schema>> {
        Ok(self.on.store.examine(self.on.now()).await?.schema)
    }
}

impl<S: ClientStore + TokenStore + Sweep + Ready + KeyStore + 'static> Admin<OneStore<S>> {
    /// Looks at the keys that instances share: whether there are any, whether the next of each came in time, and whether these KEKs open
    /// them, where they are given.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn doctor_of_keys(&self, keks: Option<&Keks>) -> Result<Vec<Finding>> {
        let (stored, now) = (self.on.store.keys().await?, self.on.now());
        let sealed = keks.and_then(|keks| stored.iter().find_map(|key| keks.check(key).err()));
        let mut findings: Vec<_> =
            sealed.map(|error| finding("keys", Severity::Fault, error.to_string())).into_iter().collect();
        if !stored.iter().any(|key| key.purpose.starts_with("sign:")) {
            findings.extend(S::IS_SHARED.then(no_keys));
            return Ok(findings);
        }
        let late = |key: &KeyStatus| key.state == KeyState::Active && key.sign_until + LATE < now;
        for key in statuses(stored, now).iter().filter(|key| late(key)) {
            let words = "should have a successor: no server has made it; let one run `maintain`";
            findings.push(finding(
                "keys",
                Severity::Warning,
                format!("the key {} ({}) {words}", key.kid, key.purpose),
            ));
        }
        if findings.is_empty() {
            let opened = if keks.is_some() { ", and open" } else { "" };
            findings.push(finding("keys", Severity::Fine, format!("the keys are renewed in time{opened}")));
        }
        Ok(findings)
    }
}

fn no_keys() -> Finding {
    finding(
        "keys",
        Severity::Warning,
        "the store is shared and has no keys: servers that sign must have the same key files, for \
         `KeyRing::load_or_generate` makes others on each machine; `StoredKeys` keeps them here"
            .to_owned(),
    )
}

const fn finding(subject: &'static str, severity: Severity, text: String) -> Finding {
    Finding { subject, severity, text }
}

fn store(examination: &Examination, failure: Option<StoreError>) -> Finding {
    match failure {
        None => finding("store", Severity::Fine, format!("{}: reads and takes writes", examination.software)),
        Some(error) => {
            let error = super::AdminError::from(error);
            finding("store", Severity::Fault, format!("{}: {error}", examination.software))
        }
    }
}

fn schema(Schema { made, known }: Schema) -> Finding {
    match made.cmp(&known) {
        std::cmp::Ordering::Equal => finding(
            "schema",
            Severity::Fine,
            format!("the tables are those of migration {made}, the last one"),
        ),
        std::cmp::Ordering::Less => finding(
            "schema",
            Severity::Fault,
            format!("the tables are those of migration {made}, and the last one is {known}: run `migrate`"),
        ),
        std::cmp::Ordering::Greater => finding(
            "schema",
            Severity::Warning,
            format!(
                "a newer version made the tables (migration {made}, here {known}): roll it out everywhere"
            ),
        ),
    }
}

fn clock(theirs: UnixTime, ours: UnixTime) -> Finding {
    let apart = theirs.since(ours).max(ours.since(theirs));
    let severity = match apart {
        apart if apart >= TOLERATED => Severity::Fault,
        apart if apart >= NOTICED => Severity::Warning,
        _ => Severity::Fine,
    };
    let advice = if severity == Severity::Fine { "" } else { ": set both by NTP" };
    finding(
        "clock",
        severity,
        format!("its clock and this machine's are {} s apart{advice}", apart.as_secs()),
    )
}

fn backlog(backlog: &[Backlog], now: UnixTime) -> Finding {
    let entries: u64 = backlog.iter().map(|backlog| backlog.entries).sum();
    let oldest = backlog.iter().filter_map(|backlog| backlog.oldest).min();
    let age = oldest.map_or(Duration::ZERO, |oldest| now.since(oldest));
    let has_most = backlog.iter().any(|backlog| backlog.entries >= u64::from(Backlog::MOST));
    let (severity, advice) = if has_most || age >= OLD {
        (
            Severity::Warning,
            ": nobody sweeps, or not fast enough; run `janitor`, and let a server run `maintain`",
        )
    } else {
        (Severity::Fine, "")
    };
    let more = if has_most { " or more" } else { "" };
    let text = match entries {
        0 => "nothing has expired and is there still".to_owned(),
        _ => format!(
            "{entries}{more} entries have expired and are there still, the oldest for {} s{advice}",
            age.as_secs()
        ),
    };
    finding("backlog", severity, text)
}
