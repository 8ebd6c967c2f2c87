//! The provider on the clients and the user of this directory, and the scripts that are its clients.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::Example;

/// A file of this directory.
fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("interop/provider").join(name)
}

/// The real program, on a free port.
pub(crate) fn start() -> Example {
    let (clients, users) = (file("clients.json"), file("users.json"));
    let args = [
        "--listen",
        "127.0.0.1:0",
        "--store",
        "sqlite:oauth.db",
        "--clients",
        clients.to_str().unwrap(),
        "--users",
        users.to_str().unwrap(),
    ];
    Example::start_logging_in(tempfile::tempdir().unwrap(), "provider", &args, "provider: serving", "debug")
}

/// Runs a script against a provider of its own: it must succeed, and say that each of these works.
pub(crate) fn run(mut interpreter: Command, script: &str, expected: &[&str]) {
    let provider = start();
    let ran = interpreter
        .arg(file(script))
        .arg(&provider.origin)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .current_dir(provider.directory.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let (output, errors) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{script}: {output}\n{errors}\nThe provider's log:\n{}", provider.log());
    assert_eq!(output.lines().collect::<Vec<_>>(), expected, "{errors}");
}
