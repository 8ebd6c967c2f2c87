//! The name of `oauth-core` in the crate that is being compiled: its manifest may give it another.
//!
//! Reading it takes less time than a crate that reads TOML takes to compile. Where the manifest leaves a doubt there is no answer,
//! and the name is the crate's own.

#[cfg(test)]
mod tests;
mod toml;

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

use self::toml::{Entry, Value, entries};

const PACKAGE: &str = "oauth-core";

/// The tables of dependencies, in the order in which they count: tests see both of the first.
const TABLES: [&[&str]; 3] = [
    &["dependencies"],
    &["dev-dependencies", "dev_dependencies"],
    &["build-dependencies", "build_dependencies"],
];

/// The other name, if there is one.
pub(crate) fn other_name() -> Option<String> {
    let directory = env::var_os("CARGO_MANIFEST_DIR")?;
    let directory = Path::new(&directory);
    name_in(&read(directory)?, || workspace_of(directory))
}

fn read(directory: &Path) -> Option<Vec<Entry>> {
    entries(&fs::read_to_string(directory.join("Cargo.toml")).ok()?)
}

/// The manifest of the workspace: its own, or that of a folder above.
fn workspace_of(directory: &Path) -> Option<Vec<Entry>> {
    let is_workspace = |manifest: &Vec<Entry>| {
        manifest.iter().any(|entry| entry.path.first().is_some_and(|table| table == "workspace"))
    };
    // `package.workspace = "…"` names it where it is elsewhere.
    let named = read(directory)?.into_iter().find_map(|entry| match (entry.path.as_slice(), entry.value) {
        ([package, workspace], Value::Text(path)) if package == "package" && workspace == "workspace" => {
            Some(path)
        }
        _ => None,
    });
    match named {
        Some(path) => read(&directory.join(path)),
        None => directory.ancestors().filter_map(read).find(is_workspace),
    }
}

/// The entry of a dependency in a manifest.
#[derive(Default)]
struct Dependency<'a> {
    package: Option<&'a str>,
    is_inherited: bool,
}

fn name_in(manifest: &[Entry], workspace: impl Fn() -> Option<Vec<Entry>>) -> Option<String> {
    let keys = TABLES.iter().find_map(|names| {
        let table = dependencies(manifest, names);
        let own = |(key, it): (&&str, &Dependency<'_>)| {
            (it.package.unwrap_or(key) == PACKAGE).then(|| (*key).to_owned())
        };
        let keys: Vec<_> = table.iter().filter_map(own).collect();
        let keys = if keys.is_empty() { inherited(&table, &workspace) } else { keys };
        (!keys.is_empty()).then_some(keys)
    })?;
    match keys.as_slice() {
        [key] if key != PACKAGE => Some(key.replace('-', "_")),
        // Two names are two versions: which one is meant, only `crate = …` can tell.
        _ => None,
    }
}

/// The keys that the workspace gives another package.
fn inherited(
    table: &BTreeMap<&str, Dependency<'_>>,
    workspace: impl Fn() -> Option<Vec<Entry>>,
) -> Vec<String> {
    let is_it = |(key, it): (&&str, &Dependency<'_>)| {
        (it.is_inherited && it.package.is_none()).then(|| (*key).to_owned())
    };
    let mut keys: Vec<_> = table.iter().filter_map(is_it).collect();
    if let Some(workspace) = if keys.is_empty() { None } else { workspace() } {
        let is_renamed = |key: &str| {
            workspace.iter().any(|Entry { path, value }| {
                path == &["workspace", "dependencies", key, "package"]
                    && *value == Value::Text(PACKAGE.to_owned())
            })
        };
        keys.retain(|key| is_renamed(key));
        return keys;
    }
    Vec::new()
}

/// The dependencies of a kind, those of some targets among them.
fn dependencies<'a>(manifest: &'a [Entry], tables: &[&str]) -> BTreeMap<&'a str, Dependency<'a>> {
    let mut found: BTreeMap<&str, Dependency<'_>> = BTreeMap::new();
    for Entry { path, value } in manifest {
        let path: Vec<_> = path.iter().map(String::as_str).collect();
        let (key, member) = match path.as_slice() {
            [table, key, member @ ..] | ["target", _, table, key, member @ ..] if tables.contains(table) => {
                (*key, member)
            }
            _ => continue,
        };
        let dependency = found.entry(key).or_default();
        match (member, value) {
            (["package"], Value::Text(package)) => dependency.package = Some(package),
            (["workspace"], Value::True) => dependency.is_inherited = true,
            _ => {}
        }
    }
    found
}
