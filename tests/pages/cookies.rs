//! Cookies: what they are allowed to do, by issuer, and that no identifier outlives a login.

use oauth_core::interaction::LoginPages;
use oauth_core::secret::TokenHash;
use oauth_core::store::{Session, SessionStore as _};
use oauth_core::time::UnixTime;
use oauth_tests::{Accounts, ISSUER, Site};

use crate::visitor::{PASSWORD, Visitor, store};

fn attributes(line: &str) -> Vec<&str> {
    line.split("; ").skip(1).collect()
}

#[tokio::test]
async fn over_https_cookies_are_secure_and_bound_to_the_host() {
    let mut visitor = Visitor::new().await;
    visitor.get("/login").await;
    let before = visitor.set_cookies.clone();
    visitor.log_in_as_alice().await;
    for line in before.iter().chain(&visitor.set_cookies) {
        assert!(line.starts_with("__Host-"), "{line}");
        let attributes: Vec<_> =
            attributes(line).into_iter().filter(|a| !a.starts_with("Max-Age=")).collect();
        assert_eq!(attributes, ["Path=/", "HttpOnly", "SameSite=Lax", "Secure"], "{line}");
    }
    assert!(before.len() == 1 && visitor.set_cookies.len() == 3);
    let lasting: Vec<_> =
        visitor.set_cookies.iter().filter(|line| line.contains("Max-Age=7776000")).collect();
    assert!(lasting.len() == 1 && lasting[0].starts_with("__Host-known-browser-"), "{lasting:?}");
}

#[tokio::test]
async fn on_loopback_cookies_work_without_tls() {
    for issuer in ["http://127.0.0.1:9000", "http://localhost:9000", "http://[::1]:9000"] {
        let mut visitor = Visitor::of(issuer).await;
        visitor.log_in_as_alice().await;
        let line = visitor.set_cookies.iter().find(|line| line.starts_with("session")).unwrap();
        assert_eq!(attributes(line), ["Path=/", "HttpOnly", "SameSite=Lax"], "{line}");
        assert_eq!(visitor.authorize("web", "").await.status, 200);
    }
}

#[tokio::test]
async fn issuers_on_one_host_do_not_share_a_cookie() {
    let mut names = Vec::new();
    for issuer in ["https://example.com/a", "https://example.com/b", "https://example.com:8443/a"] {
        let mut visitor = Visitor::of(issuer).await;
        visitor.log_in_as_alice().await;
        names.push(visitor.session().unwrap().0.to_owned());
    }
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 3);
}

#[tokio::test]
async fn a_login_gets_a_new_identifier_and_the_old_one_dies() {
    let mut visitor = Visitor::new().await;
    visitor.log_in_as_alice().await;
    let before = visitor.clone();
    assert_eq!(visitor.log_in_again().await, 303);
    assert_ne!(visitor.session(), before.session());
    assert_eq!(visitor.authorize("web", "").await.status, 200);
    assert_eq!(before.clone().authorize("web", "").await.status, 303, "the old session is over");
}

impl Visitor {
    async fn log_in_again(&mut self) -> u16 {
        let page = self.get("/login?return_to=%2Fauthorize%3Fx").await;
        self.submit(&page, &[("username", "bob"), ("password", PASSWORD)]).await.status.as_u16()
    }
}

/// Session fixation: what an attacker planted is not what the login makes valid.
#[tokio::test]
async fn a_planted_identifier_is_never_used() {
    let mut probe = Visitor::new().await;
    probe.log_in_as_alice().await;
    let name = probe.session().unwrap().0.to_owned();
    let mut visitor = probe.someone_else();
    visitor.cookies.insert(name.clone(), "planted".to_owned());
    visitor.log_in_as_alice().await;
    assert_ne!(visitor.session().unwrap().1, "planted");
    let mut attacker = visitor.someone_else();
    attacker.cookies.insert(name.clone(), "planted".to_owned());
    assert_eq!(attacker.authorize("web", "").await.status, 303);
    // A subdomain that adds a second cookie of the name gets nobody logged in as someone else.
    attacker.cookies.insert(name.clone(), format!("{}; {name}=planted", visitor.session().unwrap().1));
    assert_eq!(attacker.authorize("web", "").await.status, 303);
}

#[tokio::test]
async fn the_store_never_sees_the_identifier() {
    let store = store().await;
    let validator = Accounts(store.clone());
    let mut visitor = Visitor::at(Site { issuer: ISSUER.to_owned(), validator, pages: LoginPages::new() });
    visitor.log_in_as_alice().await;
    let id = visitor.session().unwrap().1.to_owned();
    assert_eq!(id.len(), 43, "256 bits in base64url");
    let session = store.session(&TokenHash::of(&id), UnixTime::now()).await.unwrap();
    let Session { subject, auth_time, expires_at, .. } = session.unwrap();
    assert_eq!(subject, "1");
    assert_eq!(expires_at.since(auth_time).as_secs(), 8 * 60 * 60);
    for page in ["/login", "/logout", "/login?return_to=%2Fauthorize%3Fx"] {
        assert!(!visitor.get(page).await.text().contains(&id), "{page}");
    }
}
