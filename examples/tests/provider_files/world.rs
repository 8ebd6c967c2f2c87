//! Files with mistakes, and what is said of them.

use std::fs;

use tempfile::TempDir;

use crate::provider::sample;
use crate::support::run;

pub(super) const GOOD: &str =
    r#""client_secret": "sixteen-or-more-characters", "redirect_uris": ["https://a.example/cb"]"#;

/// Runs it where it must fail, and returns what it says before its last line.
pub(super) fn mistakes(directory: &TempDir, args: &[&str]) -> Vec<String> {
    let (code, output, errors) = run("provider", args, directory.path());
    assert_eq!((code, output.as_str()), (Some(1), ""), "{errors}");
    assert!(!errors.contains("panicked"), "{errors}");
    let mut lines: Vec<_> = errors.lines().map(str::to_owned).collect();
    assert_eq!(lines.pop().as_deref(), Some("provider: not started: correct the above and start again"));
    lines
}

/// The messages about these clients, and about good users.
pub(super) fn of_clients(json: &str) -> Vec<String> {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("clients.json"), json).unwrap();
    let users = sample("users.json");
    let found = mistakes(&directory, &["--clients", "clients.json", "--users", users.to_str().unwrap()]);
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "it must not leave anything behind");
    found
}

/// The messages about the one client with these members, at the place where `value` is.
pub(super) fn of_client(members: &str, value: &str) -> String {
    let json = format!("[{{{members}}}]");
    let found = of_clients(&json);
    let [line] = found.as_slice() else { panic!("not one mistake: {found:#?}") };
    let column = json.find(value).unwrap() + 1;
    let message = line.strip_prefix(&format!("clients.json:1:{column}: "));
    let message = message.unwrap_or_else(|| panic!("not at column {column}: {line}"));
    // Without an identifier, it has no name.
    message.strip_prefix("client `a`: ").unwrap_or(message).to_owned()
}

pub(super) fn of_users(json: &str) -> Vec<String> {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("users.json"), json).unwrap();
    let clients = sample("clients.json");
    mistakes(&directory, &["--clients", clients.to_str().unwrap(), "--users", "users.json"])
}
