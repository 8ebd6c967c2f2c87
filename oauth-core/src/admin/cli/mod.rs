//! The program for operators.

mod actor;
mod acts;
mod arguments;
mod clients;
mod events;
mod keys;
mod lines;
mod output;
mod people;
mod secrets;
mod store;
mod text;
mod tokens;
mod upkeep;
mod users;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::ArgMatches;
use clap::error::ErrorKind;

use self::acts::Acts;
use self::output::{Failure, Output};
pub use self::store::AdminStore;
use super::{Admin, OneStore};
use crate::keys::Keks;
use crate::store::AuditTable;

/// A command that was read, to be run over a store.
#[derive(Debug)]
pub struct Invocation {
    name: String,
    matches: ArgMatches,
    keks: Option<Keks>,
    audit: Option<AuditTable>,
}

/// Reads the arguments of the program for operators: those after the name. It has the commands `client`, `user`, `session`, `consent`,
/// `grant`, `key`, `events`, `revoke`, `introspect`, `janitor`, `doctor` and `migrate`; `--help` explains each, and `--json` makes its
/// output one JSON value a line. `name` is what its users call it, in messages.
///
/// ```no_run
/// use std::process::ExitCode;
///
/// use oauth_core::admin;
/// use oauth_core::prelude::*;
///
/// #[tokio::main]
/// async fn main() -> ExitCode {
///     // First the arguments: `--help` needs no store.
///     let command = match admin::cli("notes-admin", std::env::args_os().skip(1)) {
///         Ok(command) => command,
///         Err(code) => return code,
///     };
///     match SqliteStore::open("oauth.db").await {
///         Ok(store) => command.run(store).await,
///         Err(error) => {
///             eprintln!("notes-admin: {error}");
///             ExitCode::FAILURE
///         }
///     }
/// }
/// ```
///
/// # Errors
///
/// The exit code, after help was written (0) or a mistake was told on one line (2).
pub fn cli(
    name: impl Into<String>,
    args: impl IntoIterator<Item = impl Into<OsString>>,
) -> Result<Invocation, ExitCode> {
    let name = name.into();
    let arguments = std::iter::once(OsString::from(&name)).chain(args.into_iter().map(Into::into));
    match arguments::command(&name).try_get_matches_from(arguments) {
        Ok(matches) => Ok(Invocation { name, matches, keks: None, audit: None }),
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            // Nobody reads it any more, perhaps.
            let _ = error.print();
            Err(ExitCode::SUCCESS)
        }
        Err(error) => {
            eprintln!("{name}: {}", text::one_line(&error.to_string()));
            Err(ExitCode::from(output::USAGE))
        }
    }
}

impl Invocation {
    /// Gives the program what seals keys, where that is not in `OAUTH_KEKS`:
    /// [`Keks::unwrap_with`](crate::keys::Keks::unwrap_with), for instance.
    #[must_use]
    pub fn keks(mut self, keks: Keks) -> Self {
        self.keks = Some(keks);
        self
    }

    /// Gives the program its audit table, where that is not the store's own as it is: with the
    /// [retention](AuditTable::retention) that the servers have, for instance.
    ///
    /// ```
    /// use std::process::ExitCode;
    /// use std::time::Duration;
    ///
    /// use oauth_core::admin;
    /// use oauth_core::prelude::*;
    ///
    /// # async fn example(command: admin::Invocation, store: SqliteStore) -> ExitCode {
    /// let table = store.audit().retention(Duration::from_hours(90 * 24));
    /// command.audit(table).run(store).await
    /// # }
    /// ```
    #[must_use]
    pub fn audit(mut self, table: AuditTable) -> Self {
        self.audit = Some(table);
        self
    }

    /// Runs the command over a store. What it says goes to the standard output, and what goes wrong is one line on the standard error.
    ///
    /// Each act is an event, by [`Log`](crate::event::Log) a line of [`tracing`], and a row of the store's
    /// [audit table](AdminStore::audit_table). The row `admin.requested` is written before the act: where that fails, nothing is done.
    /// What came of it follows, `admin.failed` if it failed; one trace has them all.
    ///
    /// The exit code is 0 if it was done, 1 if the store failed or `doctor` found a fault, 2 if what was asked for cannot be, and 3 if
    /// there is nothing of that name, or something already.
    pub async fn run<S: AdminStore>(self, store: S) -> ExitCode {
        let Self { name, matches, keks, audit } = self;
        let mut output = Output::new(matches.get_flag("json"));
        let acts = Acts::of(&name, &matches, audit.or_else(|| store.audit_table()));
        let admin = Admin::of_store(store).observer(acts.clone());
        let work = run(&admin, acts.table(), keks, &matches, &mut output);
        let done = acts.keep(&admin, &matches, work).await;
        match done.and_then(|()| output.finish()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => {
                if let Some(line) = failure.line() {
                    eprintln!("{name}: {line}");
                }
                ExitCode::from(failure.code())
            }
        }
    }
}

type Done = Result<(), Failure>;
type Of<S> = Admin<OneStore<S>>;

async fn run<S: AdminStore>(
    admin: &Of<S>,
    table: Option<&AuditTable>,
    keks: Option<Keks>,
    matches: &ArgMatches,
    output: &mut Output,
) -> Done {
    let Some((command, matches)) = matches.subcommand() else { return Ok(()) };
    let (act, of_act) = matches.subcommand().unwrap_or(("", matches));
    match (command, act) {
        ("client", "list") => clients::list(admin, output).await,
        ("client", "show") => clients::show(admin, of_act, output).await,
        ("client", "create") => clients::create(admin, of_act, output).await,
        ("client", "update") => clients::update(admin, of_act, output).await,
        ("client", "rotate-secret") => clients::rotate_secret(admin, of_act, output).await,
        ("client", "delete") => clients::delete(admin, of_act, output).await,
        ("client", "import") => lines::import(admin, of_act, output).await,
        ("client", "export") => lines::export(admin, output).await,
        ("user", "list") => users::list(admin, output).await,
        ("user", "show") => users::show(admin, of_act, output).await,
        ("user", "create") => users::create(admin, of_act, output).await,
        ("user", "set-password") => users::set_password(admin, of_act, output).await,
        ("user", "delete") => users::delete(admin, of_act, output).await,
        ("session", "list") => people::sessions(admin, of_act, output).await,
        ("session", "end") => people::end_session(admin, of_act, output).await,
        ("session", "end-all") => people::end_all(admin, of_act, output).await,
        ("consent", "list") => people::consents(admin, of_act, output).await,
        ("consent", "withdraw") => people::withdraw(admin, of_act, output).await,
        ("grant", "list") => people::grants(admin, of_act, output).await,
        ("key", "list") => keys::list(admin, output).await,
        ("key", "rotate") => keys::rotate(admin, keks, of_act, output).await,
        ("key", "import") => keys::import(admin, keks, of_act, output).await,
        ("key", "revoke") => keys::revoke(admin, keks, of_act, output).await,
        ("key", "rewrap") => keys::rewrap(admin, keks, output).await,
        ("events", "tail") => events::tail(admin, table, of_act, output).await,
        ("revoke", _) => tokens::revoke(admin, matches, output).await,
        ("introspect", _) => tokens::introspect(admin, output).await,
        ("janitor", _) => upkeep::janitor(admin, output).await,
        ("doctor", _) => upkeep::doctor(admin, keks, output).await,
        ("migrate", _) => upkeep::migrate(admin, output).await,
        _ => Ok(()),
    }
}
