//! `cargo xtask`: everything that is generated or blessed, by one command.

mod application;
mod binary;
mod cost;

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use xtask::{page, page_path, read, root};

const HELP: &str = "\
Everything in this repository that is generated or blessed.

    cargo xtask rules           writes the manual's page of the rules, oauth-core/src/manual/rules.md,
                                from oauth-macros/rules and the examples in its documentation
    cargo xtask snapshots       writes what the macros expand to, oauth-macros/src/snapshots
    cargo xtask ui [NAME]       writes what the compiler says about tests/ui/fail, or about the cases
                                whose path contains NAME; read each message aloud afterwards
    cargo xtask api             writes the public API of each published crate, api.txt in its folder;
                                a line that goes is a break, which CHANGELOG.md must name
    cargo xtask api check       fails if one of them is out of date; `.ci/run` does
    cargo xtask features        measures the crates and the seconds that each feature costs, and writes
                                the README's table; it builds everything once, cold
    cargo xtask binary          builds the smallest server that signs tokens, with link-time optimisation, and
                                says its size without symbols; fails where something is in it that it has no
                                use for, such as pages or SQL
    cargo xtask binary FILE     looks into a program of yours like that, which has its symbols
    cargo xtask check           fails if the page or the expansions are out of date, or if a rule is not
                                seen to refuse and to accept in tests/ui; `cargo test` does the same,
                                and compares what the compiler says

A new rule is an entry of `rules!` in a file of oauth-macros/rules/src, which says what is refused and
what is accepted; the code that judges by it; and a case of tests/ui. Then: cargo xtask rules, cargo
xtask ui NAME.";

fn main() -> ExitCode {
    let args: Vec<_> = env::args().skip(1).collect();
    let args: Vec<_> = args.iter().map(String::as_str).collect();
    let is_done = match args.as_slice() {
        ["rules"] => write_page(),
        ["snapshots"] => {
            cargo(&["test", "-p", "oauth-macros", "snapshots"], Some(("SNAPSHOTS", "overwrite")))
        }
        ["ui"] => ui(&[]),
        // The first word is of the test, the second of its cases.
        ["ui", name] => ui(&["macros", &format!("trybuild={name}")]),
        ["api", rest @ ..] => {
            // With features of its own, so that nothing else waits for what it needs.
            let api = ["run", "--quiet", "--package", "xtask", "--features", "api", "--bin", "api", "--"];
            cargo(&[&api, rest].concat(), None)
        }
        ["features"] => cost::print(),
        ["binary"] => binary::build(),
        ["binary", file] => binary::examine(Path::new(file)),
        ["check"] => check(),
        [] | ["help" | "-h" | "--help"] => {
            println!("{HELP}");
            true
        }
        other => {
            eprintln!("there is no `cargo xtask {}`\n\n{HELP}", other.join(" "));
            false
        }
    };
    if is_done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn write_page() -> bool {
    let is_written = fs::write(page_path(), page());
    if let Err(cause) = &is_written {
        eprintln!("{}: {cause}", page_path().display());
    }
    is_written.is_ok()
}

fn ui(args: &[&str]) -> bool {
    let test = ["test", "-p", "oauth-ui-tests", "--test", "ui", "--"];
    cargo(&[&test, args].concat(), Some(("TRYBUILD", "overwrite")))
}

/// All of it, so that one failure does not hide another.
fn check() -> bool {
    let is_current = read(&page_path()) == page();
    if !is_current {
        eprintln!("{} is out of date: run `cargo xtask rules`", page_path().display());
    }
    let snapshots = cargo(&["test", "-p", "oauth-macros", "snapshots"], None);
    let catalogue = cargo(&["test", "-p", "oauth-tests", "--test", "catalogue"], None);
    is_current && snapshots && catalogue
}

fn cargo(args: &[&str], variable: Option<(&str, &str)>) -> bool {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(program).args(args).current_dir(root()).envs(variable).status();
    match status {
        Ok(status) => status.success(),
        Err(cause) => {
            eprintln!("cargo {}: {cause}", args.join(" "));
            false
        }
    }
}
