//! Time passes in a test when the test turns its clock.

use std::path::Path;

use xtask::{files, read, root};

/// Asking again and again whether a process, a browser or a file is ready is not letting time pass; nor is an answer that never
/// comes, a network that is slow, or a load that lasts as long as it is asked to or keeps a pace.
const POLLING: [&str; 12] = [
    "examples/tests/support/mod.rs",
    "tests/browser/driver.rs",
    "tests/browser/logout.rs",
    "tests/interop/provider/oauth2_crate.rs",
    "tests/pages/op.rs",
    "tests/peers/load.rs",
    "tests/peers/logins.rs",
    "tests/proof/link.rs",
    "tests/proof/soak.rs",
    "tests/proof/world.rs",
    "tests/stores/postgres.rs",
    "tests/support/valkey.rs",
];

#[test]
fn no_test_sleeps_to_let_time_pass() {
    let sleeps = |path: &Path| {
        read(path).lines().any(|line| {
            ["time::sleep", "thread::sleep"].iter().any(|name| line.contains(name)) && !line.contains('"')
        })
    };
    let mut sleeping: Vec<_> = ["tests", "examples/tests"]
        .iter()
        .flat_map(|folder| files(&root().join(folder), "rs"))
        .filter(|path| !path.components().any(|part| part.as_os_str() == "target") && sleeps(path))
        .filter_map(|path| Some(path.strip_prefix(root()).ok()?.to_string_lossy().replace('\\', "/")))
        .collect();
    sleeping.sort();
    assert_eq!(sleeping, POLLING, "turn the clock instead (`Environment::clock`)");
}
