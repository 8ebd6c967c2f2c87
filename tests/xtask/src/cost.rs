//! The seconds of a processor that each feature of `oauth-core` adds to a build: the columns of the README's table.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::Path;

use xtask::features::{self, HEAD, SERVERS};
use xtask::{read, root};

use crate::application::{self, Application};

/// An application as the README says.
const APPLICATION: Application<'_> = Application {
    core: "",
    manifest: "[profile.dev.package.argon2]\nopt-level = 3\n[profile.dev.package.blake2]\nopt-level = 3\n",
    main: "fn main() {}\n",
};

/// Measures what each feature costs, and writes it into the README's table, which it prints; tells whether it could.
pub(crate) fn print() -> bool {
    let folder = env::temp_dir().join(format!("oauth-features-{}", std::process::id()));
    let is_done = APPLICATION.write(&folder).and_then(|()| measure(&folder)).is_some();
    if let Err(cause) = fs::remove_dir_all(&folder) {
        eprintln!("{}: {cause}", folder.display());
    }
    is_done
}

/// Builds everything once, cold, one crate after the other: what a set of features costs is what its crates took.
fn measure(folder: &Path) -> Option<()> {
    let all: Vec<_> =
        features::declared().into_iter().map(|(name, _)| format!("oauth-core/{name}")).collect();
    eprintln!("building {} features, one crate after the other: some minutes", all.len());
    cargo(folder, &["fetch"])?;
    cargo(folder, &["build", "--jobs", "1", "--timings", "--features", &all.join(",")])?;
    let timings = read(&folder.join("target/cargo-timings/cargo-timing.html"));
    let took = of_crates(&timings);
    let seconds = |set: &BTreeSet<String>| set.iter().filter_map(|known| took.get(known)).sum::<f64>() + 0.0;
    let least = features::built("");
    let (before, mut rows, after) = features::readme();
    for row in &mut rows {
        let server = SERVERS.iter().find(|(words, _)| row.words == *words).map(|(_, set)| *set);
        let set = server.unwrap_or(&row.name);
        let (crates, built) = (features::crates(set), features::built(set));
        (row.crates, row.seconds) = match server {
            Some(_) => (crates.to_string(), format!("{:.0}", seconds(&built))),
            None => (
                format!("+{}", crates - features::crates("")),
                format!("+{:.0}", seconds(&(&built - &least))),
            ),
        };
    }
    let table: String = rows.iter().map(ToString::to_string).collect();
    print!("{HEAD}{table}");
    fs::write(root().join("README.md"), format!("{before}{HEAD}{table}{after}")).ok()
}

/// The seconds of each crate with its version, its build script among them, in cargo's report.
fn of_crates(timings: &str) -> BTreeMap<String, f64> {
    let mut took = BTreeMap::new();
    let (mut name, mut version) = ("", "");
    for line in timings.lines().map(|line| line.trim().trim_end_matches(',')) {
        let field = |key: &str| line.strip_prefix(key).map(|value| value.trim_matches('"'));
        if let Some(value) = field("\"name\": ") {
            name = value;
        } else if let Some(value) = field("\"version\": ") {
            version = value;
        } else if let Some(seconds) = field("\"duration\": ").and_then(|value| value.parse::<f64>().ok()) {
            *took.entry(format!("{name} v{version}")).or_default() += seconds;
        }
    }
    took
}

fn cargo(folder: &Path, args: &[&str]) -> Option<()> {
    application::cargo(folder, &folder.join("target"), args)
}
