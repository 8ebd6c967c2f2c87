//! Passwords at rest: argon2id with the parameters of OWASP, in PHC form.

use oauth_core::interaction::LoginPages;
use oauth_core::prelude::*;
use oauth_tests::{Accounts, ISSUER, Site};

use crate::visitor::{PASSWORD, Visitor, store};

#[test]
fn hashes_are_salted_argon2id() {
    let hash = || User::new("1", "alice").with_password(PASSWORD).unwrap().password_hash.unwrap();
    let (one, two) = (hash(), hash());
    assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
    assert_ne!(one, two);
    assert_eq!(one.len(), two.len());
}

#[test]
fn lengths_are_bounded() {
    assert!(User::new("1", "alice").with_password(&"ä".repeat(512)).is_ok());
    for password in [String::new(), "x".repeat(1025)] {
        let mistake = User::new("1", "alice").with_password(&password).unwrap_err().to_string();
        assert!(
            mistake.contains(&format!("has {} bytes; it must have 1 to 1024", password.len())),
            "{mistake}"
        );
    }
}

#[tokio::test]
async fn passwords_are_compared_whole() {
    let store = store().await;
    let long = "é".repeat(512);
    store.save_user(User::new("9", "long").with_password(&long).unwrap()).await.unwrap();
    let validator = Accounts(store);
    let mut visitor = Visitor::at(Site { issuer: ISSUER.to_owned(), validator, pages: LoginPages::new() });
    assert_eq!(visitor.log_in("long", &long[..1022]).await.status, 200);
    assert_eq!(visitor.log_in("bob", &PASSWORD.to_uppercase()).await.status, 200);
    assert_eq!(visitor.log_in("bob", &format!("{PASSWORD} ")).await.status, 200);
    assert_eq!(visitor.log_in("long", &long).await.status, 303);
}

/// RFC 9106 Appendix A has no PHC strings; this one is of the reference implementation's `argon2` command.
#[tokio::test]
async fn hashes_made_elsewhere_work_and_broken_ones_are_our_failure() {
    let store = store().await;
    let mut reference = User::new("8", "reference");
    // echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32 -e
    reference.password_hash = Some(
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc".to_owned(),
    );
    let mut broken = User::new("7", "broken");
    broken.password_hash = Some("correct horse battery staple".to_owned());
    for user in [reference, broken] {
        store.save_user(user).await.unwrap();
    }
    let validator = Accounts(store);
    let mut visitor = Visitor::at(Site { issuer: ISSUER.to_owned(), validator, pages: LoginPages::new() });
    assert_eq!(visitor.log_in("reference", "Password").await.status, 200);
    assert_eq!(visitor.log_in("reference", "password").await.status, 303);
    visitor.someone_else().log_in("broken", PASSWORD).await.assert_page(500);
}
