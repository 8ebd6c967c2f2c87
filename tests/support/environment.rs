//! The Python and the Node of the interop tests: `tests/interop/setup.sh` makes them.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Python with the packages of `tests/interop/requirements.txt`: `OAUTH_INTEROP_PYTHON`, or the one that `setup.sh` makes.
///
/// # Panics
///
/// If it is not there.
pub fn python() -> Command {
    program("OAUTH_INTEROP_PYTHON", "python/bin/python")
}

/// Node: `OAUTH_INTEROP_NODE`, or the one that `setup.sh` makes. A module in `tests/interop` or below may import the packages of
/// `tests/interop/package.json`.
///
/// # Panics
///
/// If it is not there.
pub fn node() -> Command {
    program("OAUTH_INTEROP_NODE", "node")
}

fn program(variable: &str, path: &str) -> Command {
    let made = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/interop").join(path);
    let program = std::env::var_os(variable).map_or_else(made, PathBuf::from);
    assert!(
        program.exists(),
        "{} is not there: run tests/interop/setup.sh, or set {variable}",
        program.display()
    );
    Command::new(program)
}
