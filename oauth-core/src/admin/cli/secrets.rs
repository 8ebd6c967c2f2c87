//! Secrets from the standard input: an argument would be in the history of the shell and in the list of processes.

use std::io::{self, IsTerminal as _, Read as _};

use super::output::Failure;
use crate::secret::SecretString;

/// The longest that is read.
const MOST: u64 = 64 * 1024;

/// Reads a secret: asked for where the standard input is a terminal, or else all that it has, without the end of its line.
pub(super) fn read(what: &str) -> Result<SecretString, Failure> {
    let mut text = if io::stdin().is_terminal() {
        prompt(what)?
    } else {
        let mut text = String::new();
        io::stdin().take(MOST).read_to_string(&mut text)?;
        text
    };
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    let secret = SecretString::new(text);
    if secret.expose().is_empty() {
        return Err(Failure::Input(format!(
            "the {what} is empty: it is read from the standard input, such as `… < FILE`"
        )));
    }
    Ok(secret)
}

/// Asks twice for a new secret, where a person answers.
pub(super) fn read_new(what: &str) -> Result<SecretString, Failure> {
    let secret = read(what)?;
    if io::stdin().is_terminal() {
        let again = read(&format!("{what} again"))?;
        if !secret.matches(again.expose()) {
            return Err(Failure::Input(format!("the second {what} is another one: nothing was changed")));
        }
    }
    Ok(secret)
}

#[cfg(unix)]
fn prompt(what: &str) -> Result<String, Failure> {
    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

    let stdin = io::stdin();
    let mode = tcgetattr(&stdin).map_err(io::Error::from)?;
    let mut silent = mode.clone();
    silent.local_modes.remove(LocalModes::ECHO);
    eprint!("{what}: ");
    tcsetattr(&stdin, OptionalActions::Flush, &silent).map_err(io::Error::from)?;
    let mut text = String::new();
    let read = stdin.read_line(&mut text);
    // As it was, whatever was read.
    tcsetattr(&stdin, OptionalActions::Flush, &mode).map_err(io::Error::from)?;
    eprintln!();
    read?;
    Ok(text)
}

#[cfg(not(unix))]
fn prompt(what: &str) -> Result<String, Failure> {
    Err(Failure::Input(format!(
        "give the {what} on the standard input, such as `… < FILE`: a terminal would show it"
    )))
}
