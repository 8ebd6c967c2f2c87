//! The report of a server says what it is.

use std::path::Path;

use oauth_core::conformance::Fixture;
use oauth_core::prelude::*;
use oauth_core::secret::SecretString;
use oauth_core::server::{Feature, Route};
use oauth_tests::{Accounts, TestServer};

use crate::servers::Everything;

/// Written anew with `SNAPSHOTS=overwrite`.
#[tokio::test]
async fn the_report_is_the_one_that_was_agreed_on() {
    let mut fixture = Fixture::default();
    let report = format!("{:#}", Everything::new(&mut fixture).await.unwrap().report());
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

/// What is about the server comes first, and the rules are counted: who wants each asks for it.
#[test]
fn the_report_is_a_page() {
    let report = TestServer::<_> { validator: Accounts(MemoryStore::default()) }.report();
    let page = report.to_string();
    assert!(page.lines().count() < 90, "{page}");
    let rules = page.split_once("\nRules that it enforces (`{:#}` names each)\n").unwrap().1;
    let counted = rules.lines().map(|line| line.split_whitespace().last().unwrap().parse::<usize>().unwrap());
    assert_eq!(counted.sum::<usize>(), report.rules.len(), "{rules}");
    let all = format!("{report:#}");
    assert!(all.lines().count() > report.rules.len() && all.contains("Rules of requests\n  "), "{all}");
    assert!(all.contains("RFC 6749 §4.1.2"), "{all}");
}

/// A validator that makes tokens of its own, as nobody else knows.
#[validator(custom)]
struct Makes {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Makes {
    #[token_generator]
    fn generate_access_token(&self, request: &Request) -> Result<String> {
        let _ = request;
        Ok(SecretString::random().expose().to_owned())
    }
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct Maker {
    #[validator]
    makes: Makes,
}

#[test]
fn what_nobody_can_know_is_unknown() {
    let report = Maker { makes: Makes { store: MemoryStore::default() } }.start().unwrap().report();
    let names: Vec<_> = report.unknown.iter().map(|rule| rule.name).collect();
    assert_eq!(names, ["long_lived_self_contained_tokens", "hmac_access_tokens"]);
    assert!(!report.rules.iter().any(|rule| names.contains(&rule.name)));
    let page = format!("{report:#}");
    let not_done = page.split_once("Advised against, and not done").unwrap().1;
    assert!(!not_done.contains("hmac_access_tokens"), "{page}");
    assert!(
        page.contains("hmac_access_tokens                your application makes these access tokens"),
        "{page}"
    );
    // Of tokens that we make, it is known.
    let ours = TestServer::<_> { validator: Accounts(MemoryStore::default()) }.report();
    assert!(ours.unknown.is_empty() && !ours.to_string().contains("Unknown"));
    assert!(ours.rules.iter().any(|rule| rule.name == "hmac_access_tokens"));
}
