//! Ours beside a bare handler and beside other servers, each a process of its own: see `README.md` here.
//!
//! `cargo bench -p oauth-tests --bench peers`, with `-- --help` for what can be said.

use std::process::{Command, ExitCode};

/// The program is a crate apart, for what is measured has the features of a server and not those of these tests.
const PROGRAM: [&str; 6] = ["run", "--release", "--package", "oauth-peers", "--features", "oauth-as"];

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    // A test run of the benchmarks wants no figures: the program has tests of its own.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return ExitCode::SUCCESS;
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(PROGRAM).arg("--").args(arguments.iter().filter(|argument| *argument != "--bench"));
    // What this cargo says of this package is not for the other.
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_")) {
            command.env_remove(name);
        }
    }
    let status = command.current_dir(env!("CARGO_MANIFEST_DIR")).status().expect("cargo runs");
    if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
