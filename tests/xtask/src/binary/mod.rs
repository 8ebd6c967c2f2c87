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
    if let Some(size) = stripped(&program) {
        println!(
            "{size:.2} MB stripped: {} and {}",
            SERVER.core, "`opt-level = 3`, `lto = true`, `codegen-units = 1`, `panic = \"abort\"`"
        );
        return is_clean;
    }
    false
}

/// Looks into a program that has its symbols; tells whether nothing is in it that the smallest server has no use for.
pub(crate) fn examine(program: &Path) -> bool {
    match fs::read(program) {
        Ok(bytes) => match content::judge(&bytes) {
            Ok(()) => true,
            Err(found) => {
                eprintln!("{}: {found}", program.display());
                false
            }
        },
        Err(cause) => {
            eprintln!("{}: {cause}", program.display());
            false
        }
    }
}

/// The size without symbols, in megabytes.
fn stripped(program: &Path) -> Option<f64> {
    let stripped = program.with_extension("stripped");
    let status = Command::new("strip").arg("-o").arg(&stripped).arg(program).status();
    if !status.is_ok_and(|status| status.success()) {
        eprintln!("`strip` of the binutils failed");
        return None;
    }
    let size = fs::metadata(&stripped).ok()?.len();
    println!("{}: {size} bytes", stripped.display());
    #[allow(clippy::cast_precision_loss, reason = "of megabytes")]
    Some(size as f64 / 1e6)
}
