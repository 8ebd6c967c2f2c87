//! What the compiler knows about the public API: the JSON of the pinned rustdoc.
//!
//! It is unstable, so rustdoc is told to be what it is not, by a variable of its environment. Were that cargo's environment, build scripts
//! would see it, too, and everything be compiled again: so cargo calls this program in place of rustdoc.

use std::env;
use std::error::Error;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use xtask::root;

use crate::CRATES;

/// The variable that is set where cargo calls this program in place of rustdoc.
const IN_PLACE_OF_RUSTDOC: &str = "XTASK_IS_RUSTDOC";

pub(crate) fn is_called() -> bool {
    env::var_os(IN_PLACE_OF_RUSTDOC).is_some()
}

/// Runs rustdoc for the published crates. There is nothing to be said of the others: they are in the workspace whose dependencies have
/// been checked already.
pub(crate) fn run(args: &[String]) -> ExitCode {
    let name = args.iter().skip_while(|arg| *arg != "--crate-name").nth(1);
    if name.is_some_and(|name| CRATES.iter().all(|(published, _)| published != name)) {
        return ExitCode::SUCCESS;
    }
    match Command::new("rustdoc").args(args).env("RUSTC_BOOTSTRAP", "1").status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(cause) => {
            eprintln!("rustdoc: {cause}");
            ExitCode::FAILURE
        }
    }
}

/// Makes the JSON of the published crates with all of their features; the folder that it is in.
pub(crate) fn json() -> Result<PathBuf, Box<dyn Error>> {
    let this = env::current_exe()?;
    // It is in `target/debug`.
    let target = this.ancestors().nth(2).ok_or("this program is in no target directory")?;
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // The same as documentation is made by, whose dependencies are checked with the same features.
    let status = Command::new(program)
        .args(["doc", "--quiet", "--workspace", "--no-deps", "--all-features", "--target-dir"])
        .arg(target)
        .current_dir(root())
        .env("RUSTDOC", &this)
        .env("RUSTDOCFLAGS", "-Z unstable-options --output-format json")
        .env(IN_PLACE_OF_RUSTDOC, "")
        .status()?;
    if status.success() { Ok(target.join("doc")) } else { Err("the documentation cannot be made".into()) }
}
