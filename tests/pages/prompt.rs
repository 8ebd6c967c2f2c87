//! OpenID Connect Core §3.1.2.1 at the built-in pages: `prompt`, `max_age`, `login_hint`, `display`, `ui_locales`.

use oauth_tests::Answer;

use crate::visitor::{PASSWORD, Visitor, attribute, tags};

#[track_caller]
fn assert_error(answer: &Answer, code: &str) {
    let location = answer.location().to_string();
    assert!(location.starts_with("https://web.example/cb?"), "{location}");
    assert_eq!(answer.params()["error"], code);
    assert_eq!(answer.params()["state"], "s&t");
}

/// Logs in at the page that an answer leads to, and returns where that leads.
async fn log_in_there(visitor: &mut Visitor, away: &Answer) -> Answer {
    assert_eq!(away.location().path(), "/login", "{away:?}");
    let page = visitor.get(away.header("location")).await;
    let back = visitor.submit(&page, &[("username", "bob"), ("password", PASSWORD)]).await;
    assert_eq!(back.location().path(), "/authorize", "{back:?}");
    back
}

#[tokio::test]
async fn prompt_none_answers_without_a_page() {
    let mut visitor = Visitor::new().await;
    assert_error(&visitor.authorize("web", "&prompt=none").await, "login_required");
    visitor.log_in_as_alice().await;
    assert_error(&visitor.authorize("web", "&prompt=none").await, "consent_required");
    let consent = visitor.authorize("web", "").await;
    visitor.submit(&consent, &[("decision", "allow")]).await;
    assert!(visitor.authorize("web", "&prompt=none").await.params().contains_key("code"));
    assert_error(&visitor.authorize("web", "&prompt=none&max_age=0&scope=profile").await, "login_required");
}

#[tokio::test]
async fn prompt_none_shows_no_page_after_an_answer_either() {
    let mut visitor = Visitor::new().await;
    visitor.log_in_as_alice().await;
    let path = visitor.authorization_path("web", "&prompt=none");
    assert_error(
        &visitor.post(&path, &[("decision", "allow"), ("csrf", "guess")]).await,
        "interaction_required",
    );
}

#[tokio::test]
async fn prompt_select_account_lets_someone_else_log_in() {
    let mut visitor = Visitor::new().await;
    visitor.log_in_as_alice().await;
    let away = visitor.authorize("own", "&prompt=select_account").await;
    let back = log_in_there(&mut visitor, &away).await;
    assert!(!back.params().contains_key("prompt"), "or it would never end");
    assert!(visitor.get(back.header("location")).await.params().contains_key("code"));
}

#[tokio::test]
async fn a_login_older_than_max_age_is_renewed_once() {
    let mut visitor = Visitor::new().await;
    visitor.log_in_as_alice().await;
    assert!(visitor.authorize("own", "&max_age=3600").await.params().contains_key("code"));
    let away = visitor.authorize("own", "&max_age=0&prompt=consent").await;
    let back = log_in_there(&mut visitor, &away).await;
    assert_eq!(back.params().get("max_age"), None, "or it would never end");
    assert_eq!(back.params()["prompt"], "consent");
    let consent = visitor.get(back.header("location")).await;
    assert!(visitor.submit(&consent, &[("decision", "allow")]).await.params().contains_key("code"));
}

#[tokio::test]
async fn a_login_hint_is_filled_in_and_is_nothing_but_text() {
    let mut visitor = Visitor::new().await;
    let username = |page: &Answer| {
        let field =
            tags(page.text(), "input").find(|tag| tag.contains("id=\"username\"")).unwrap().to_owned();
        attribute(&field, "value").unwrap()
    };
    let away = visitor.authorize("web", "&login_hint=a%22%3E%3Cscript%3E%26b%40example.com").await;
    let page = visitor.get(away.header("location")).await;
    assert_eq!(username(&page), "a\"><script>&b@example.com");
    assert!(!page.text().contains("<script>"));
    let long = visitor.authorize("web", &format!("&login_hint={}", "x".repeat(1025))).await;
    assert_eq!(username(&visitor.get(long.header("location")).await), "");
    assert_eq!(username(&visitor.get("/login").await), "");
    // What the person types counts from then on.
    let wrong = visitor.submit(&page, &[("username", "bob"), ("password", "wrong")]).await;
    assert_eq!(username(&wrong), "bob");
}
