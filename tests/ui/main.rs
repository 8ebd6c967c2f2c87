//! The code that the macros accept and refuse, with the very words: `{pass,fail}/<macro>/*.rs`.
//!
//! One file holds the mistakes that one pass of the compiler finds: that all of them are listed shows that none hides
//! another. After a change of wording, run with `TRYBUILD=overwrite` and read each message aloud.

use std::fs;
use std::path::{Path, PathBuf};

/// Checks what is accepted, which is linked and run, one program after the other.
#[test]
fn macros_accept() {
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*/*.rs");
    refused().filter(|source| is_of_generated_code(source)).for_each(|source| cases.compile_fail(source));
}

/// Checks what is refused, which is only checked, all at once: beside programs that run, trybuild would
/// build one after the other.
#[test]
fn macros_refuse() {
    let cases = trybuild::TestCases::new();
    refused().filter(|source| !is_of_generated_code(source)).for_each(|source| cases.compile_fail(source));
}

fn refused() -> impl Iterator<Item = PathBuf> {
    let groups = fs::read_dir("fail").expect("there are cases");
    groups.flat_map(|group| sources(&group.expect("a folder can be listed").path()))
}

/// Tells whether the error comes only once code is generated, which a check does not do.
fn is_of_generated_code(source: &Path) -> bool {
    fs::read_to_string(source.with_extension("stderr"))
        .is_ok_and(|stderr| stderr.contains("encountered while instantiating"))
}

/// `fail/mistakes` has what newcomers do wrong, one mistake a file: its first line says what they wanted, and `//~ here` marks the
/// line that they would change.
///
/// A macro that is forgotten while the helper attributes of its fields stay is not among them: no macro runs
/// then, and the compiler reports each attribute that it does not know.
#[test]
fn each_mistake_of_a_newcomer_is_one_error_on_its_line() {
    let mistakes = mistakes();
    assert!(mistakes.len() >= 50, "{} mistakes", mistakes.len());
    let complaints: Vec<_> = mistakes.iter().filter_map(|source| complaint(source)).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

fn mistakes() -> Vec<PathBuf> {
    sources(Path::new("fail/mistakes"))
}

fn sources(directory: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(directory).expect("the cases are there");
    let paths = files.map(|file| file.expect("a file can be listed").path());
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

/// The fault in the words about a mistake, if there is one.
fn complaint(path: &Path) -> Option<String> {
    let read =
        |path: &Path| fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (source, stderr) = (read(path), read(&path.with_extension("stderr")));
    let name = path.file_name()?.to_str()?;
    let marked: Vec<_> = (1..)
        .zip(source.lines())
        .filter(|(_, line)| line.ends_with("//~ here"))
        .map(|(number, _)| number)
        .collect();
    let location = format!("--> fail/mistakes/{name}:");
    let line =
        stderr.split_once(&location).and_then(|(_, rest)| rest.split(':').next()?.parse::<usize>().ok());
    let count = |level: &str| stderr.lines().filter(|line| line.starts_with(level)).count();
    let complaint = if !source.starts_with("//! Wanted: ") {
        "the first line does not say what was wanted".to_owned()
    } else if marked.len() != 1 {
        format!("{} lines are marked", marked.len())
    } else if count("error") != 1 || count("warning") != 0 {
        format!("{} errors and {} warnings", count("error"), count("warning"))
    } else if line != marked.first().copied() {
        format!("the error is on line {line:?}, and line {marked:?} is marked")
    } else {
        return None;
    };
    Some(format!("{name}: {complaint}"))
}
