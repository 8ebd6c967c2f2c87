//! The text that is generated from the rules and from their documentation.

#![allow(clippy::missing_panics_doc, reason = "a tool of the repository stops where a file is missing")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

pub mod features;
mod page;

pub use self::page::{page, page_path};

/// The root of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Code that a rule refuses, and code that it accepts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examples {
    /// The code that is wrong.
    pub refused: Option<String>,
    /// The code that is right.
    pub accepted: Option<String>,
}

/// The examples in the documentation of each rule.
pub fn examples() -> BTreeMap<String, Examples> {
    let mut all = BTreeMap::new();
    for file in files(&root().join("oauth-macros/rules/src"), "rs") {
        let mut examples = Examples::default();
        for line in read(&file).lines().map(str::trim) {
            if let Some(code) = line.strip_prefix("/// - refused: ") {
                examples.refused = Some(unquoted(code));
            } else if let Some(code) = line.strip_prefix("/// - accepted: ") {
                examples.accepted = Some(unquoted(code));
            } else if !line.starts_with("///") && examples != Examples::default() {
                let name = line.split([' ', '=']).nth(1).unwrap_or_default();
                all.insert(name.to_owned(), std::mem::take(&mut examples));
            }
        }
    }
    all
}

fn unquoted(code: &str) -> String {
    code.trim_matches('`').trim().to_owned()
}

/// The files of a folder and of those in it.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).unwrap_or_else(|cause| panic!("{}: {cause}", folder.display()));
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The text of a file.
pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()))
}
