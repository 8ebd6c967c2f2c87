//! The smallest server that signs tokens: the size of its program, and that nothing is in it that it does not use.

mod content;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use xtask::root;

use crate::application::{self, Application};

/// A server that signs tokens for clients, with the features that it needs and no others. Symbols stay, for it is looked into.
const SERVER: Application<'_> = Application {
    core: "\"macros\", \"serve\"",
    manifest: "tokio = { version = \"1\", features = [\"macros\", \"net\", \"rt\"] }\n\n\
        [profile.release]\nopt-level = 3\nlto = true\ncodegen-units = 1\npanic = \"abort\"\nstrip = \"none\"\n",
    main: include_str!("server.rs"),
};

/// Builds the program, looks into it, and prints its size; tells whether nothing is in it that should not be.
pub(crate) fn build() -> bool {
    let target =
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from).join("binary");
    let folder = target.join("application");
    eprintln!("building one program with link-time optimisation: some minutes");
    let built =
        SERVER.write(&folder).and_then(|()| application::cargo(&folder, &target, &["build", "--release"]));
    if built.is_none() {
        return false;
    }
    let program = target.join("release/application");
    let is_clean = examine(&program);
    match stripped(&program) {
        Some(size) => println!("{} kB without symbols", size / 1000),
        None => return false,
    }
    is_clean
}

/// Looks into a program that has its symbols; tells whether nothing is in it that the smallest server has no use for.
pub(crate) fn examine(program: &Path) -> bool {
    let judged =
        fs::read(program).map_err(|cause| cause.to_string()).and_then(|bytes| content::judge(&bytes));
    if let Err(found) = &judged {
        eprintln!("{}: {found}", program.display());
    }
    judged.is_ok()
}

/// The bytes of the program without symbols.
fn stripped(program: &Path) -> Option<u64> {
    let stripped = program.with_extension("stripped");
    let status = Command::new("strip").arg("-o").arg(&stripped).arg(program).status();
    if !status.is_ok_and(|status| status.success()) {
        eprintln!("`strip`, of the binutils, failed");
        return None;
    }
    Some(fs::metadata(&stripped).ok()?.len())
}
