//! The features of `oauth-core`, as its manifest declares them and the README lists them.

use std::collections::BTreeSet;
use std::env;
use std::fmt;
use std::process::Command;

use crate::{read, root};

/// The first rows of the README's table: whole servers, and the features that they have.
pub const SERVERS: [(&str, &str); 3] = [
    ("none of them", ""),
    ("all that are on by default", "default"),
    ("`macros`, `pages`, `postgres`, `serve`, as the starter has it", "macros,pages,postgres,serve"),
];

/// The head of the README's table.
pub const HEAD: &str = "| feature | default | what it is | crates | CPU s |\n|---|---|---|---|---|\n";

/// A row of the README's table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The feature; empty for a whole server.
    pub name: String,
    /// True if it is on by default.
    pub is_default: bool,
    /// The words about it.
    pub words: String,
    /// The crates of a server, or those that a feature adds to one without any, such as `+2`.
    pub crates: String,
    /// The seconds of a processor that a server takes to build, or those that a feature adds, such as `+3`.
    pub seconds: String,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = if self.name.is_empty() { String::new() } else { format!("`{}` ", self.name) };
        let default = if self.is_default { "yes " } else { "" };
        writeln!(f, "| {name}| {default}| {} | {} | {} |", self.words, self.crates, self.seconds)
    }
}

/// The README before its table, the table's rows, and what follows.
pub fn readme() -> (String, Vec<Row>, String) {
    let readme = read(&root().join("README.md"));
    let (before, rest) = readme.split_once(HEAD).expect("a table of features");
    let (table, after) = rest.split_once("\n\n").expect("an empty line after it");
    let row = |line: &str| {
        let cells: Vec<_> = line.trim_matches('|').split(" |").map(str::trim).collect();
        let cell = |at: usize| (*cells.get(at).unwrap_or(&"")).to_owned();
        Row {
            name: cell(0).trim_matches('`').to_owned(),
            is_default: cell(1) == "yes",
            words: cell(2),
            crates: cell(3),
            seconds: cell(4),
        }
    };
    (before.to_owned(), table.lines().map(row).collect(), format!("\n{after}"))
}

/// The rows of the README's table that are features.
pub fn rows() -> Vec<Row> {
    readme().1.into_iter().filter(|row| !row.name.is_empty()).collect()
}

/// The features of the manifest, each with true if it is on by default.
pub fn declared() -> BTreeSet<(String, bool)> {
    let manifest = read(&root().join("oauth-core/Cargo.toml"));
    let (_, features) = manifest.split_once("[features]\n").expect("features");
    let lines = features.lines().take_while(|line| !line.starts_with('['));
    let all: Vec<_> = lines.filter_map(|line| line.split_once(" = ")).collect();
    let default = all.iter().find(|(name, _)| *name == "default").map_or("", |(_, list)| *list);
    let names = all.iter().map(|(name, _)| *name).filter(|name| !name.starts_with('#') && *name != "default");
    names.map(|name| (name.to_owned(), default.contains(&format!("\"{name}\"")))).collect()
}

/// The number of crates that `oauth-core` with these features is made of, itself among them: what is linked, and not what only builds it.
pub fn crates(features: &str) -> usize {
    tree(features, "normal").len()
}

/// The crates that are built for `oauth-core` with these features, each with its version.
pub fn built(features: &str) -> BTreeSet<String> {
    let name = |line: String| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    tree(features, "normal,build").into_iter().map(name).collect()
}

fn tree(features: &str, edges: &str) -> BTreeSet<String> {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let tree = Command::new(program)
        .args(["tree", "--locked", "--package", "oauth-core"])
        .args(["--no-default-features", "--features", features])
        .args(["--edges", edges, "--prefix", "none", "--no-dedupe", "--format", "{p}"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(tree.status.success(), "cargo tree: {}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8_lossy(&tree.stdout);
    tree.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
