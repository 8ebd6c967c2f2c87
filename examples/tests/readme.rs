//! The README says only what was run.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this crate is in the workspace").to_owned()
}

/// The text that stands between the fences of the first block in this language.
fn block(language: &str) -> String {
    let readme = fs::read_to_string(root().join("README.md")).expect("a README");
    let fence = format!("```{language}\n");
    let (_, rest) = readme.split_once(&fence).unwrap_or_else(|| panic!("no block in {language}"));
    rest.split_once("```").expect("the block ends").0.to_owned()
}

#[test]
fn its_server_is_an_example_of_forty_lines() {
    let read = |path| fs::read_to_string(root().join(path)).expect("a file of ours");
    let (program, format) = (read("examples/minimal.rs"), read("rustfmt.toml"));
    let width =
        format.lines().find_map(|line| line.strip_prefix("max_width = ")).expect("the width of a line");
    let width: usize = width.parse().expect("a number");

    assert_eq!(block("rust"), program, "copy examples/minimal.rs into the README");
    assert!(program.lines().count() <= 40, "{} lines", program.lines().count());
    assert!(
        program.lines().all(|line| line.chars().count() <= width),
        "a line has more than {width} characters"
    );
}

#[test]
fn its_compile_error_is_one_that_the_compiler_said() {
    let message = block("text");
    let message = message.trim_end();
    let directory = root().join("tests/ui/fail");
    let mut pending = vec![directory.clone()];
    while let Some(next) = pending.pop() {
        for entry in fs::read_dir(&next).expect("a directory of UI tests") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|extension| extension == "stderr")
                && fs::read_to_string(&path).expect("text").contains(message)
            {
                return;
            }
        }
    }
    panic!("no .stderr below {} has the README's error message", directory.display());
}
