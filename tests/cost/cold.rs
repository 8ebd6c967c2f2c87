//! The macros' own build, from nothing, against that of `serde_derive` with all it depends on.

use std::error::Error;
use std::path::Path;

use crate::cargo::{Workspace, dependency};
use crate::table::{self, Row};

const RUNS: usize = 5;

pub(crate) fn run(directory: &Path) -> Result<(), Box<dyn Error>> {
    let workspace =
        Workspace::create(directory, "[workspace]\nresolver = \"3\"\nmembers = [\"ours\", \"theirs\"]\n")?;
    workspace.package("ours", &dependency("oauth-macros", &[]), &[("lib.rs", String::new())])?;
    workspace.package("theirs", "serde_derive = \"1\"", &[("lib.rs", String::new())])?;
    let target = directory.join("target");
    let build = |package: &str| {
        if target.exists() {
            std::fs::remove_dir_all(&target)?;
        }
        Ok::<_, Box<dyn Error>>(workspace.cargo(&["build", "-p", package], &[])?.0)
    };
    let mut row = Row::new("build from nothing", "s");
    for run in 1..=RUNS {
        let (theirs, ours) = (build("theirs")?, build("ours")?);
        println!("build {run} of {RUNS}: serde_derive {theirs:.2} s, oauth-macros {ours:.2} s");
        row.add(theirs, ours);
    }
    table::print("The macros themselves, with what they depend on", "serde_derive", "oauth-macros", &[row]);
    Ok(())
}
