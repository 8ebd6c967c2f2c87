//! The table of features in the README: all of them, and what each costs.

#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this crate is in the workspace").to_owned()
}

/// The number of crates beneath `oauth-core` with these features, itself among them.
fn crates(features: &str) -> usize {
    let tree = Command::new(env!("CARGO"))
        .current_dir(root())
        .args([
            "tree",
            "--locked",
            "--offline",
            "--package",
            "oauth-core",
            "--edges",
            "normal",
            "--prefix",
            "none",
        ])
        .args(["--no-default-features", "--features", features])
        .output()
        .expect("cargo runs");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8(tree.stdout).expect("text");
    // Name and version: a crate that was shown before has a star.
    let name = |line: &str| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    tree.lines().map(name).collect::<BTreeSet<_>>().len()
}

/// The features of the manifest, but for `default` and for those of the tests of this project.
fn declared() -> BTreeSet<String> {
    let manifest = fs::read_to_string(root().join("oauth-core/Cargo.toml")).expect("a manifest");
    let (_, features) = manifest.split_once("[features]\n").expect("features");
    let (features, _) = features.split_once("\n[").expect("the features end");
    let name = |line: &str| Some(line.split_once(" = ")?.0.to_owned());
    features.lines().filter_map(name).filter(|name| name != "default" && !name.starts_with("__")).collect()
}

#[test]
fn each_feature_is_in_the_table_with_what_it_costs() {
    let readme = fs::read_to_string(root().join("README.md")).expect("a README");
    let (_, table) = readme.split_once("\n| feature |").expect("a table of features");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let rows: BTreeMap<_, _> = rows
        .map(|row| {
            let cells: Vec<_> = row.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
            (cells[1].to_owned(), cells[4].to_owned())
        })
        .collect();
    let none = crates("");
    let costs = declared().into_iter().map(|feature| {
        let cost = format!("+{}", crates(&feature) - none);
        (feature, cost)
    });
    assert_eq!(rows, costs.collect(), "left: the README; right: what cargo says");
    for (features, text) in [
        ("", "A server without any has {} crates"),
        ("default", "default set has {},"),
        ("macros,pages,postgres,serve", "`serve`) has {}."),
    ] {
        let text = text.replace("{}", &crates(features).to_string());
        assert!(readme.contains(&text), "the README lacks: {text}");
    }
}
