//! Acts as rows of the audit table: first that one was asked for, then what came of it.

use std::sync::Arc;

use clap::parser::ValueSource;
use clap::{ArgMatches, Id};

use super::output::Failure;
use super::{AdminStore, Done, Of, actor, people};
use crate::admin::AdminError;
use crate::event::{Event, EventKind, Log, Observer, TraceId};
use crate::store::AuditTable;

/// The record of one run of the program. Its rows share a trace.
#[derive(Clone)]
pub(super) struct Acts(Arc<Run>);

struct Run {
    program: String,
    actor: String,
    trace: TraceId,
    table: Option<AuditTable>,
}

impl Acts {
    pub(super) fn of(program: &str, matches: &ArgMatches, table: Option<AuditTable>) -> Self {
        // What one act tells is written when it is done, however much it is.
        let table = table.map(|table| table.capacity(usize::MAX));
        let (program, actor) = (program.to_owned(), actor::actor(matches));
        Self(Arc::new(Run { program, actor, trace: TraceId::random(), table }))
    }

    pub(super) fn table(&self) -> Option<&AuditTable> {
        self.0.table.as_ref()
    }

    /// Does what a command asks for. An act is not begun before the table has that it was asked for: should the program be killed after
    /// that, or the store be gone, it is known who wanted what. A row written after the act would be missing just then.
    pub(super) async fn keep<S: AdminStore>(
        &self,
        admin: &Of<S>,
        matches: &ArgMatches,
        work: impl Future<Output = Done>,
    ) -> Done {
        let Some(words) = act(matches) else { return work.await };
        self.request(admin, matches, &words).await?;
        let done = work.await;
        if let Some(reason) = done.as_ref().err().and_then(reason) {
            let event = Event { reason: Some(&reason), ..Event::new(EventKind::AdminFailed, admin.now()) };
            match self.table() {
                // The program ends with the reason: who sees its log need not read it twice.
                Some(table) => {
                    table.on(&self.signed(&event));
                    Log.on(&self.signed(&Event { reason: None, ..event }));
                }
                None => self.on(&event),
            }
        }
        let Some(table) = self.table() else { return done };
        match table.flush().await {
            Ok(()) => done,
            Err(cause) => done.and(Err(Failure::Store(format!(
                "it was done, and the audit table has no more than that it was asked for: {}",
                AdminError::from(cause)
            )))),
        }
    }

    async fn request<S: AdminStore>(&self, admin: &Of<S>, matches: &ArgMatches, words: &str) -> Done {
        let subject = match named(matches, &["PERSON", "subject"]) {
            Some(given) => Some(people::subject(admin, given).await?),
            None => None,
        };
        let event = self.signed(&Event {
            reason: Some(words),
            client_id: named(matches, &["CLIENT", "client"]),
            subject: subject.as_deref(),
            ..Event::new(EventKind::AdminRequested, admin.now())
        });
        if let Some(table) = self.table() {
            table.record(&event).await.map_err(|cause| {
                let cause = AdminError::from(cause);
                Failure::Store(format!(
                    "nothing was done, for the audit table cannot keep that it was asked for: {cause}"
                ))
            })?;
        }
        Log.on(&event);
        Ok(())
    }

    fn signed<'a>(&'a self, event: &Event<'a>) -> Event<'a> {
        let Run { program, actor, trace, .. } = &*self.0;
        Event { instance: Some(program), actor: Some(actor), trace: Some(*trace), ..*event }
    }
}

impl Observer for Acts {
    fn on(&self, event: &Event<'_>) {
        let event = self.signed(event);
        Log.on(&event);
        if let Some(table) = self.table() {
            table.on(&event);
        }
    }
}

/// The act that was asked for, in the words of the command; `None`: to look at something. To export the hashes of secrets, or to look at a
/// token, is an act, too.
fn act(matches: &ArgMatches) -> Option<String> {
    let (command, of_command) = matches.subcommand()?;
    let (act, of_act) = of_command.subcommand().unwrap_or(("", of_command));
    let is_dry = of_act.try_get_one::<bool>("dry-run").ok().flatten() == Some(&true);
    if matches!((command, act), ("doctor" | "migrate", _) | (_, "list" | "show" | "tail")) || is_dry {
        return None;
    }
    let mut words = vec![command.to_owned()];
    words.extend((!act.is_empty()).then(|| act.to_owned()));
    for name in ["CLIENT", "USERNAME", "PERSON", "SESSION", "ALGORITHM", "KID", "FILE"] {
        words.extend(value(of_act, name).map(|value| value.escape_debug().to_string()));
    }
    let is_given = |id: &&str| of_act.value_source(id) == Some(ValueSource::CommandLine);
    for option in of_act.ids().map(Id::as_str).filter(is_given) {
        words.extend(option_words(of_act, option));
    }
    Some(words.join(" "))
}

/// An option as it was given, as often as it was. What is known of a person is not repeated.
fn option_words(of_act: &ArgMatches, name: &str) -> Vec<String> {
    if !name.starts_with(|first: char| first.is_ascii_lowercase()) || NOT_OF_THE_ACT.contains(&name) {
        return Vec::new();
    }
    let is_flag = matches!(of_act.try_get_one::<bool>(name), Ok(Some(_)));
    if is_flag || PERSONAL.contains(&name) {
        return vec![format!("--{name}")];
    }
    let values = of_act.try_get_raw(name).ok().flatten().into_iter().flatten();
    values.map(|value| format!("--{name} {}", value.to_string_lossy().escape_debug())).collect()
}

/// Options of every command, and the group of those of `revoke`.
const NOT_OF_THE_ACT: [&str; 3] = ["json", "actor", "what"];
const PERSONAL: [&str; 2] = ["claim", "claim-json"];

/// The first of these arguments that the command has.
fn named<'a>(matches: &'a ArgMatches, names: &[&str]) -> Option<&'a str> {
    let (_, of_command) = matches.subcommand()?;
    let of_act = of_command.subcommand().map_or(of_command, |(_, of_act)| of_act);
    names.iter().find_map(|name| value(of_act, name))
}

fn value<'a>(matches: &'a ArgMatches, name: &str) -> Option<&'a str> {
    matches.try_get_one::<String>(name).ok().flatten().map(String::as_str)
}

/// The reason of a failure, without what was read from a file or typed; `None`: nothing failed.
fn reason(failure: &Failure) -> Option<String> {
    Some(match failure {
        Failure::Admin(AdminError::NotFound(text) | AdminError::Exists(text)) => text.clone(),
        Failure::Admin(AdminError::Invalid(_)) | Failure::Input(_) => {
            "what was asked for cannot be".to_owned()
        }
        Failure::Admin(AdminError::Store(_)) | Failure::Store(_) => "the store failed".to_owned(),
        Failure::Io(_) => "the input or the output failed".to_owned(),
        Failure::Said => return None,
    })
}
