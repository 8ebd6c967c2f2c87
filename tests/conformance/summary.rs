//! The end of a run says what was not looked at.

use std::process::Command;

use oauth_core::conformance::{Summary, run};
use oauth_core::prelude::*;
use oauth_tests::Accounts;

use crate::servers::Machines;

/// The tests of a server for machines alone, as `cargo test` runs them: most rules are not about it, and libtest calls them "ok".
#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_looked_at_is_not_counted_as_kept() {
    let outcomes = run(async |_| Ok(Machines::new())).await;
    let summary = Summary::of(&outcomes);
    assert_eq!(summary.passed + summary.not_enabled + summary.not_tried, outcomes.len(), "{summary}");
    assert!(summary.passed * 2 < summary.not_enabled, "{summary}");
    let test = std::env::current_exe().unwrap();
    let output = Command::new(test).args(["servers::machines::", "--test-threads", "2"]).output().unwrap();
    let (ran, told) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success() && ran.contains(&format!("{} passed", outcomes.len())), "{ran}\n{told}");
    assert!(told.contains("conformance of `conformance::servers::machines`"), "{told}");
    assert!(told.contains(&summary.to_string()), "{told}\nis not\n{summary}");
    for line in [
        "  pages                 not run: this server lacks the authorization endpoint (4 rules)",
        "  client_credentials    6 of 6 kept",
    ] {
        assert!(told.lines().any(|told| told == line), "{line:?} is not in\n{told}");
    }
}

/// One test by its name is a run as well.
#[test]
fn a_choice_of_tests_is_summed_up_as_well() {
    let test = std::env::current_exe().unwrap();
    let output = Command::new(test).arg("servers::machines::password::").output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("password              not run: this server lacks the grant `password` (4 rules)"),
        "{told}"
    );
    assert!(told.contains("0 kept, 0 broken, 4 not applicable, 0 not tried"), "{told}");
}

impl Machines {
    fn new() -> Self {
        Self(Accounts(MemoryStore::default()))
    }
}
