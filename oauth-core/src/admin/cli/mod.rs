//! The program for operators.

mod arguments;
mod clients;
mod keys;
mod lines;
mod output;
mod people;
mod secrets;
mod text;
mod tokens;
mod upkeep;
mod users;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::ArgMatches;
use clap::error::ErrorKind;

use self::output::{Failure, Output};
use super::{Admin, OneStore};
use crate::store::{
    Examine, KeyStore, ListClients, ListConsents, ListGrants, ListSessions, ListUsers, Ready, Sweep,
};

/// A store that the program can administer: it has every list, and keeps keys.
pub trait AdminStore:
    ListClients
    + ListUsers
    + ListSessions
    + ListGrants
    + ListConsents
    + Sweep
    + Ready
    + Examine
    + KeyStore
    + Clone
    + 'static
{
}

impl<S> AdminStore for S where
    S: ListClients
        + ListUsers
        + ListSessions
        + ListGrants
        + ListConsents
        + Sweep
        + Ready
        + Examine
        + KeyStore
        + Clone
        + 'static
{
}

/// A command that was read, to be run over a store.
#[derive(Debug)]
pub struct Invocation {
    name: String,
    matches: ArgMatches,
}

/// Reads the arguments of the program for operators: those after the name. It has the commands `client`, `user`, `session`, `consent`,
/// `grant`, `key`, `revoke`, `introspect`, `janitor`, `doctor` and `migrate`; `--help` explains each, and `--json` makes its output one JSON
/// value a line. `name` is what its users call it, in messages.
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
        Ok(matches) => Ok(Invocation { name, matches }),
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
    /// Runs the command over a store: what it says goes to the standard output, and what goes wrong is one line on the standard error.
    /// Each act is an event, by [`Log`](crate::event::Log) a line of [`tracing`].
    ///
    /// The exit code is 0 if it was done, 1 if the store failed or `doctor` found a fault, 2 if what was asked for cannot be, and 3 if
    /// there is nothing of that name, or something already.
    pub async fn run<S: AdminStore>(self, store: S) -> ExitCode {
        let mut output = Output::new(self.matches.get_flag("json"));
        let done = run(&Admin::of_store(store), &self.matches, &mut output).await;
        match done.and_then(|()| output.finish()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => {
                if let Some(line) = failure.line() {
                    eprintln!("{}: {line}", self.name);
                }
                ExitCode::from(failure.code())
            }
        }
    }
}

type Done = Result<(), Failure>;
type Of<S> = Admin<OneStore<S>>;

async fn run<S: AdminStore>(admin: &Of<S>, matches: &ArgMatches, output: &mut Output) -> Done {
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
        ("key", "rotate") => keys::rotate(admin, of_act, output).await,
        ("key", "revoke") => keys::revoke(admin, of_act, output).await,
        ("key", "rewrap") => keys::rewrap(admin, output).await,
        ("revoke", _) => tokens::revoke(admin, matches, output).await,
        ("introspect", _) => tokens::introspect(admin, output).await,
        ("janitor", _) => upkeep::janitor(admin, output).await,
        ("doctor", _) => upkeep::doctor(admin, output).await,
        ("migrate", _) => upkeep::migrate(admin, output).await,
        _ => Ok(()),
    }
}
