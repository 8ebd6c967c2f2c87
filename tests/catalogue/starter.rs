//! The starter has the versions that everything else is tested with.

use std::collections::BTreeSet;

use xtask::{read, root};

/// The crates of a lock file, each with its version and where it comes from.
fn locked(path: &str) -> BTreeSet<String> {
    let lock = read(&root().join(path));
    let package = |text: &str| {
        let value = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "));
            line.unwrap_or_default().trim_matches('"').to_owned()
        };
        [value("name"), value("version"), value("checksum")].join(" ")
    };
    lock.split("[[package]]\n").skip(1).map(package).collect()
}

#[test]
fn its_lock_is_in_step_with_ours() {
    let ours = locked("Cargo.lock");
    let theirs = locked("examples/starter/Cargo.lock");
    let apart: Vec<_> = theirs.difference(&ours).filter(|package| !package.starts_with("starter ")).collect();
    assert!(theirs.len() > 100, "they are read");
    assert!(
        apart.is_empty(),
        "other versions than those of Cargo.lock: {apart:?}\ncopy Cargo.lock to examples/starter, and run \
         `cargo update --workspace` there, which removes what it does not need"
    );
}

#[test]
fn its_compiler_is_ours() {
    let version = |path: &str| {
        let manifest = read(&root().join(path));
        let line = manifest.lines().find(|line| line.starts_with("rust-version")).unwrap_or_default();
        line.to_owned()
    };
    assert_eq!(version("examples/starter/Cargo.toml"), version("Cargo.toml"));
    let image = read(&root().join("examples/starter/Dockerfile"));
    let version = version("Cargo.toml");
    let version = version.trim_start_matches("rust-version = ").trim_matches('"');
    assert!(image.contains(&format!("FROM rust:{version}-")), "the Dockerfile builds with Rust {version}");
}
