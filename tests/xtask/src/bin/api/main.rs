//! `cargo xtask api`: the public API of each published crate, as a file to read and review.

mod rustdoc;
mod snapshot;
mod told;

use std::env;
use std::process::ExitCode;

use self::snapshot::Snapshot;

/// The published crates: the name that the code has, and the folder that it is in.
const CRATES: [(&str, &str); 3] =
    [("oauth_core", "oauth-core"), ("oauth_macros", "oauth-macros"), ("oauth_rules", "oauth-macros/rules")];

/// What a difference means for whoever made it.
const ADVICE: &str = "\
Run `cargo xtask api`, and commit what it writes with the change itself.
A line that goes (`-`) breaks whoever uses it, and so do an `impl !Send` or `impl !Sync` that comes and
a method without a body that comes to a trait which others implement. Whoever means it writes it into
CHANGELOG.md under `[Unreleased]`, with what to write instead.";

fn main() -> ExitCode {
    let args: Vec<_> = env::args().skip(1).collect();
    if rustdoc::is_called() {
        return rustdoc::run(&args);
    }
    let is_check = args.iter().any(|arg| arg == "check");
    match run(is_check) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(cause) => {
            eprintln!("{cause}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the snapshots, or checks them; tells whether all is well.
fn run(is_check: bool) -> Result<bool, Box<dyn std::error::Error>> {
    let json = rustdoc::json()?;
    let mut is_current = true;
    for (name, folder) in CRATES {
        let snapshot = Snapshot::read(&json.join(name).with_extension("json"), folder)?;
        if let Some(difference) = snapshot.difference() {
            println!("{}:\n{difference}", snapshot.file());
            is_current = false;
            if !is_check {
                snapshot.write()?;
            }
        }
    }
    if !is_current {
        println!("{ADVICE}");
    }
    Ok(!is_check || is_current && told::is_told(&CRATES.map(|(_, folder)| folder)))
}
