//! The README tells what each feature costs.

use std::collections::BTreeSet;

use xtask::features::{HEAD, SERVERS, crates, declared, readme, rows};
use xtask::{read, root};

#[test]
fn it_lists_each_feature() {
    let rows = rows();
    let listed: BTreeSet<_> = rows.iter().map(|row| (row.name.clone(), row.is_default)).collect();
    assert_eq!(listed, declared(), "the table of features in README.md, and oauth-core/Cargo.toml");
    assert_eq!(listed.len(), rows.len(), "each once");
}

/// Checks that the table is read as it is written.
#[test]
fn it_is_what_xtask_writes() {
    let (before, rows, after) = readme();
    let table: String = rows.iter().map(ToString::to_string).collect();
    assert_eq!(format!("{before}{HEAD}{table}{after}"), read(&root().join("README.md")));
}

/// Elsewhere, others are linked.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[test]
fn it_counts_crates() {
    let (_, all, _) = readme();
    let fewest = crates("");
    for (words, set) in SERVERS {
        let row = all.iter().find(|row| row.words == words).unwrap_or_else(|| panic!("no row {words:?}"));
        assert_eq!(row.crates, crates(set).to_string(), "the crates of {words:?}");
    }
    for row in rows() {
        assert_eq!(row.crates, format!("+{}", crates(&row.name) - fewest), "the crates of `{}`", row.name);
    }
}

#[test]
fn it_tells_seconds() {
    for row in readme().1 {
        let seconds = row.seconds.trim_start_matches('+').parse::<u32>();
        assert!(
            seconds.is_ok(),
            "{}: {:?}; `cargo xtask features` measures it",
            row.name + &row.words,
            row.seconds
        );
        assert!(!row.words.is_empty(), "{}: what it is", row.name);
    }
}
