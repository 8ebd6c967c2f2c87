//! The report of a server says what it is.

use std::path::Path;

use oauth_core::conformance::Fixture;
use oauth_core::prelude::*;
use oauth_core::server::{Feature, Route};
use oauth_tests::{Accounts, TestServer};

use crate::servers::Everything;

/// Written anew with `SNAPSHOTS=overwrite`.
#[tokio::test]
async fn the_report_is_the_one_that_was_agreed_on() {
    let mut fixture = Fixture::default();
    let report = Everything::new(&mut fixture).await.unwrap().report().to_string();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance/report.txt");
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        std::fs::write(&file, &report).unwrap();
    }
    assert_eq!(report, std::fs::read_to_string(file).unwrap());
}

#[test]
fn the_report_is_typed() {
    let report = TestServer::<_> { validator: Accounts(MemoryStore::default()) }.report();
    assert_eq!(report.grants, ["authorization_code", "refresh_token", "client_credentials"]);
    assert_eq!(report.response_types, [ResponseType::CODE]);
    assert_eq!(report.path(Route::TOKEN), Some("/token"));
    assert_eq!(report.path(Route::JWKS), None);
    assert_eq!(report.lifetimes.refresh_token_grace.as_secs(), 10);
    assert!(!report.has(Feature::Implicit));
    assert!(report.exceptions.is_empty());
    assert!(report.rules.iter().any(|rule| rule.name == "rfc6749_section_4_1_2_a_code_works_once"));
    assert!(!report.rules.iter().any(|rule| rule.subject == "signed_access_tokens"));
}
