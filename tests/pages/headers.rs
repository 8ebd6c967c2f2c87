//! RFC 6749 §10.13 (clickjacking) and RFC 9700 §4.16: what every page promises.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use oauth_tests::Answer;

use crate::visitor::Visitor;

#[track_caller]
pub(crate) fn assert_locked_down(page: &Answer) {
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("x-frame-options"), "DENY");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    let policy = page.header("content-security-policy");
    let directives: Vec<_> = policy.split("; ").collect();
    for wanted in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(directives.contains(&wanted), "{policy}");
    }
    assert!(!policy.contains("form-action"), "Chromium would stop the redirect to the client: {policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    let html = page.text();
    assert!(
        !html.contains("<script") && !html.contains(" style=") && !html.contains("javascript:"),
        "{html}"
    );
    // The policy allows the style sheet that is there.
    let style = html.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let hash = STANDARD.encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, style.as_bytes()));
    assert!(directives.contains(&&*format!("style-src 'sha256-{hash}'")), "{policy}");
}

#[tokio::test]
async fn every_page_is_locked_down() {
    let mut visitor = Visitor::new().await;
    assert_locked_down(&visitor.get("/login").await);
    assert_locked_down(&visitor.get("/logout").await);
    assert_locked_down(&visitor.log_in("bob", "wrong").await);
    assert_locked_down(&visitor.post("/login", &[]).await);
    assert_locked_down(&visitor.get("/authorize?client_id=nobody").await);
    visitor.log_in_as_alice().await;
    assert_locked_down(&visitor.get("/login").await);
    assert_locked_down(&visitor.get("/logout").await);
    assert_locked_down(&visitor.post("/logout", &[]).await);
    assert_locked_down(&visitor.authorize("web", "").await);
    assert_locked_down(&visitor.authorize("native", "&redirect_uri=http%3A%2F%2F127.0.0.1%3A5%2Fcb").await);
}

#[tokio::test]
async fn redirects_are_not_kept_either() {
    let mut visitor = Visitor::new().await;
    let away = visitor.authorize("web", "").await;
    assert_eq!((away.status.as_u16(), away.header("cache-control")), (303, "no-store"));
    assert_eq!(away.header("referrer-policy"), "no-referrer");
}

/// A page works for screen readers and keyboards: a language, a title, one heading, a label for every field.
#[tokio::test]
async fn every_page_has_structure() {
    let mut visitor = Visitor::new().await;
    let mut pages = vec![visitor.get("/login").await, visitor.get("/logout").await];
    pages.push(visitor.get("/authorize?client_id=nobody").await);
    visitor.log_in_as_alice().await;
    pages.push(visitor.get("/login").await);
    pages.push(visitor.get("/logout").await);
    pages.push(visitor.authorize("web", "").await);
    let mut titles = Vec::new();
    for page in &pages {
        let html = page.text();
        assert!(html.starts_with("<!doctype html>\n<html lang=\"en\">"), "{html}");
        assert_eq!(html.matches("<h1>").count(), 1, "{html}");
        assert_eq!(html.matches("<main>").count(), 1, "{html}");
        assert!(html.contains("width=device-width"));
        for input in crate::visitor::tags(html, "input").filter(|tag| !tag.contains("hidden")) {
            let id = crate::visitor::attribute(input, "id").unwrap();
            assert!(html.contains(&format!("<label for=\"{id}\">")), "{html}");
        }
        let title = html.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0;
        assert!(!title.is_empty() && !titles.contains(&title), "{title}");
        titles.push(title);
    }
    assert!(pages[0].text().contains("autocomplete=\"username\""));
    assert!(pages[0].text().contains("autocomplete=\"current-password\""));
}
