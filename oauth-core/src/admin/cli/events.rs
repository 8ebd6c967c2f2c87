//! `events tail`.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use clap::ArgMatches;
use serde_json::json;

use super::output::{Failure, Output};
use super::text::time;
use super::{AdminStore, Done, Of, people};
use crate::admin::AdminError;
use crate::event::{AuditRecord, EventKind};
use crate::store::{AuditEntry, AuditTable, Page};
use crate::time::UnixTime;

/// The time between two looks at the table.
const POLL: Duration = Duration::from_secs(1);
/// The times, in seconds, for which is looked back for what comes late: each time, and each tenth time. Events are written a tenth of a
/// second after they happened, and later where a store failed; the clocks of instances differ by up to a minute.
const BACK: u64 = 10;
const FAR_BACK: u64 = 150;
const FAR_EVERY: u64 = 10;

/// The events that were asked for.
struct Wanted {
    kinds: Vec<String>,
    subject: Option<String>,
    client: Option<String>,
}

pub(super) async fn tail<S: AdminStore>(
    admin: &Of<S>,
    table: Option<&AuditTable>,
    matches: &ArgMatches,
    output: &mut Output,
) -> Done {
    let Some(table) = table else {
        return Err(Failure::Input(
            "this store keeps no audit table: SQLite and PostgreSQL do, and of others the log has the events, with the target \
             oauth_core::audit"
                .to_owned(),
        ));
    };
    let wanted = Wanted::of(admin, matches).await?;
    let count =
        matches.get_one::<u32>("lines").map_or(0, |count| usize::try_from(*count).unwrap_or(usize::MAX));
    if !matches.get_flag("follow") {
        if count == 0 {
            return Err(Failure::Input(
                "`-n 0` shows nothing: say how many events, or add --follow to see those that come"
                    .to_owned(),
            ));
        }
        let shown = last(table, &wanted, count).await?;
        if shown.is_empty() {
            return output.say_nothing("no such event is kept");
        }
        return shown.iter().try_for_each(|entry| say(output, &entry.record));
    }
    // First: what is written while the last are read is new.
    let newest = table.latest(None, 1).await.map_err(AdminError::from)?;
    let newest = newest.items.first().map_or_else(|| admin.now(), |entry| entry.record.time);
    let mut seen = Seen { keys: HashSet::new(), newest };
    read(table, seen.place(FAR_BACK, admin.now()), |entry| {
        seen.is_new(entry);
        Ok(())
    })
    .await?;
    for entry in last(table, &wanted, count).await? {
        seen.is_new(&entry);
        say(output, &entry.record)?;
    }
    for round in 0_u64.. {
        output.finish()?;
        tokio::time::sleep(POLL).await;
        let back = if round.is_multiple_of(FAR_EVERY) { FAR_BACK } else { BACK };
        let shown = read(table, seen.place(back, admin.now()), |entry| {
            if seen.is_new(entry) && wanted.has(&entry.record) { say(output, &entry.record) } else { Ok(()) }
        });
        match shown.await {
            // What was missed is read in the next round.
            Err(Failure::Admin(AdminError::Store(cause))) => {
                eprintln!("the table cannot be read, and is read again: {}", AdminError::from(cause));
            }
            done => done?,
        }
        seen.forget(admin.now());
    }
    Ok(())
}

/// The last of those that are wanted, in the order of the table.
async fn last(table: &AuditTable, wanted: &Wanted, count: usize) -> Result<VecDeque<AuditEntry>, Failure> {
    let (mut found, mut before) = (VecDeque::new(), None);
    while found.len() < count {
        let page = table.latest(before.as_ref(), Page::<AuditEntry>::MOST).await.map_err(AdminError::from)?;
        for entry in page.items {
            if found.len() < count && wanted.has(&entry.record) {
                found.push_front(entry);
            }
        }
        let Some(next) = page.next else { break };
        before = Some(next);
    }
    Ok(found)
}

/// Reads from a time to the end.
async fn read(
    table: &AuditTable,
    from: UnixTime,
    mut of: impl FnMut(&AuditEntry) -> Result<(), Failure>,
) -> Done {
    let mut after = Some(AuditTable::since(from));
    while let Some(place) = after {
        let page = table.events(Some(&place), Page::<AuditEntry>::MOST).await.map_err(AdminError::from)?;
        page.items.iter().try_for_each(&mut of)?;
        after = page.next;
    }
    Ok(())
}

/// The entries that are known, as far back as is looked.
struct Seen {
    keys: HashSet<[u8; 16]>,
    newest: UnixTime,
}

impl Seen {
    fn is_new(&mut self, entry: &AuditEntry) -> bool {
        self.newest = self.newest.max(entry.record.time);
        self.keys.insert(entry.key)
    }

    /// The time to read from. A clock that is ahead must not hide what others tell meanwhile.
    fn place(&self, back: u64, now: UnixTime) -> UnixTime {
        UnixTime::from_secs(self.newest.min(now).as_secs().saturating_sub(back))
    }

    fn forget(&mut self, now: UnixTime) {
        let place = self.place(FAR_BACK, now).as_secs().to_be_bytes();
        self.keys.retain(|key| key.as_slice() >= place.as_slice());
    }
}

impl Wanted {
    async fn of<S: AdminStore>(admin: &Of<S>, matches: &ArgMatches) -> Result<Self, Failure> {
        let kinds: Vec<_> = matches.get_many::<String>("kind").into_iter().flatten().cloned().collect();
        if let Some(unknown) =
            kinds.iter().find(|kind| !EventKind::ALL.iter().any(|known| is_of(known.as_str(), kind)))
        {
            return Err(Failure::Input(format!(
                "`{}` is no kind of event: there are {}",
                unknown.escape_debug(),
                groups().join(", ")
            )));
        }
        let subject = match matches.get_one::<String>("subject") {
            Some(given) => Some(people::subject(admin, given).await?),
            None => None,
        };
        Ok(Self { kinds, subject, client: matches.get_one::<String>("client").cloned() })
    }

    fn has(&self, record: &AuditRecord) -> bool {
        let is = |wanted: &Option<String>, found: &Option<String>| wanted.is_none() || wanted == found;
        (self.kinds.is_empty() || self.kinds.iter().any(|kind| is_of(&record.event, kind)))
            && is(&self.subject, &record.subject)
            && is(&self.client, &record.client_id)
    }
}

/// Tells whether a kind is this one, or of this group: `login.failed` is of `login`.
fn is_of(kind: &str, wanted: &str) -> bool {
    kind.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn groups() -> Vec<&'static str> {
    let mut groups: Vec<_> =
        EventKind::ALL.iter().filter_map(|kind| kind.as_str().split('.').next()).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

fn say(output: &mut Output, record: &AuditRecord) -> Done {
    let text = |text: &Option<String>| text.clone();
    let fields = [
        ("actor", text(&record.actor)),
        ("client_id", text(&record.client_id)),
        ("sub", text(&record.subject)),
        ("grant_type", text(&record.grant_type)),
        ("scope", text(&record.scope)),
        ("session", record.session.map(|session| session.to_string())),
        ("family", record.family.map(|family| family.to_string())),
        ("kid", text(&record.kid)),
        ("address", record.address.map(|address| address.to_string())),
        ("error", record.error.as_ref().map(ToString::to_string)),
        ("reason", text(&record.reason)),
        ("rule", record.rule.as_ref().map(ToString::to_string)),
        ("instance", text(&record.instance)),
    ];
    let mut words = format!("{}  {}", time(record.time), record.event.escape_debug());
    for (name, value) in fields.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        let is_plain =
            !value.is_empty() && value.chars().all(|c| c.is_ascii_graphic() && !"\"\\".contains(c));
        let value = if is_plain { value } else { format!("{value:?}") };
        words.extend(["  ", name, "=", &value]);
    }
    output.say(&json!(record), words)
}
