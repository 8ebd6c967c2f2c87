//! The operator.

use std::env;

use clap::ArgMatches;

/// The variable that names the operator, where the user of the operating system is not them.
const VARIABLE: &str = "OAUTH_ACTOR";

/// The name under which an act is kept: as it was given, or else that of the user who runs the program.
pub(super) fn actor(matches: &ArgMatches) -> String {
    let given = matches.get_one::<String>("actor").cloned();
    let named = || env::var(VARIABLE).ok().filter(|name| !name.trim().is_empty());
    given.or_else(named).unwrap_or_else(user)
}

/// The name of the user of the operating system: of one who became root by `sudo`, that from before.
#[cfg(unix)]
fn user() -> String {
    let id = rustix::process::getuid();
    let before = id.is_root().then(|| env::var("SUDO_USER").ok()).flatten();
    let id = id.as_raw().to_string();
    before.filter(|name| !name.is_empty()).or_else(|| name_of(&id)).unwrap_or_else(|| format!("uid {id}"))
}

/// The name that `/etc/passwd` has for a user. A directory of users is not asked.
#[cfg(unix)]
fn name_of(id: &str) -> Option<String> {
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == id).then(|| name.to_owned())
    })
}

#[cfg(not(unix))]
fn user() -> String {
    env::var("USERNAME").unwrap_or_else(|_| "unknown".to_owned())
}
