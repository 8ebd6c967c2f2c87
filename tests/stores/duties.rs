//! The published suite, over every store there is; and its table.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Writes the tests of a store that has every role, and these.
macro_rules! every_role {
    ($($more:ident),*; $($make:tt)+) => {
        oauth_core::store_conformance!(
            roles(
                all, list_clients, list_users, list_sessions, list_grants, list_consents, administration, logouts, limits, keys, sweep,
                ready, examine, $($more),*
            ),
            $($make)+
        );
    };
}

mod memory {
    every_role!(sweep_rows; || async { oauth_core::store::MemoryStore::new() });
}

mod sqlite {
    every_role!(sweep_rows, audit; |keep| async move {
        let (folder, store) = crate::support::sqlite().await;
        keep.keep(folder);
        store
    });
}

#[cfg(feature = "interop")]
mod postgres {
    every_role!(sweep_rows, audit; || crate::support::postgres());
}

#[cfg(feature = "interop")]
mod valkey {
    every_role!(; || crate::support::valkey());
}

#[cfg(feature = "interop")]
mod valkey_cluster {
    every_role!(; || crate::support::valkey_cluster());
}

fn suite() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../oauth-core/src/conformance/store")
}

/// The duties that a folder has functions for.
fn written(folder: &Path) -> BTreeSet<String> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    // What duties are made of.
    let parts = ["races.rs", "records.rs"].map(|part| suite().join(part));
    files
        .filter(|file| !parts.contains(file))
        .flat_map(|file| {
            if file.is_dir() {
                return written(&file);
            }
            let text = std::fs::read_to_string(file).unwrap();
            let names = text.lines().filter_map(|line| line.strip_prefix("pub async fn ")?.split_once('<'));
            names.map(|(name, _)| name.to_owned()).collect()
        })
        .collect()
}

#[test]
fn every_duty_is_in_the_table() {
    let table = std::fs::read_to_string(suite().join("roles.rs")).unwrap();
    let listed: BTreeSet<_> = table.split_whitespace().collect();
    let forgotten: Vec<_> = written(&suite()).into_iter().filter(|duty| !listed.contains(&**duty)).collect();
    assert_eq!(forgotten, [""; 0], "`roles.rs` does not run these");
}
