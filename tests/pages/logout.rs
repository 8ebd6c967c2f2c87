//! Signing out.

use crate::visitor::{Form, Visitor};

#[tokio::test]
async fn a_link_asks_and_the_form_signs_out() {
    let mut visitor = Visitor::new().await;
    visitor.log_in_as_alice().await;
    let stolen = visitor.clone();
    let page = visitor.get("/logout").await;
    assert!(page.text().contains("Sign out?"));
    assert!(visitor.session().is_some(), "a link does nothing");
    let done = visitor.submit(&page, &[]).await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/logout"));
    assert!(visitor.session().is_none());
    assert!(visitor.get("/logout").await.text().contains("You are signed out"));
    assert_eq!(stolen.clone().authorize("web", "").await.status, 303, "the session is over, cookie or not");
}

#[tokio::test]
async fn another_site_cannot_sign_anyone_out() {
    let mut visitor = Visitor::new().await;
    visitor.log_in_as_alice().await;
    let mut attacker = visitor.someone_else();
    attacker.log_in_as_alice().await;
    let foreign = Form::of(&attacker.get("/logout").await).hidden["csrf"].clone();
    let consent = Form::of(&visitor.authorize("web", "").await).hidden["csrf"].clone();
    for csrf in ["", "x", &foreign, &consent] {
        let refused = visitor.post("/logout", &[("csrf", csrf)]).await;
        assert_eq!(refused.status, 403, "{csrf}");
        assert!(refused.text().contains("You are still signed in"));
    }
    let own = Form::of(&visitor.get("/logout").await).hidden["csrf"].clone();
    let from = [("origin", "https://evil.example")];
    assert_eq!(visitor.post_from("/logout", &[("csrf", &own)], &from).await.status, 403);
    assert_eq!(visitor.authorize("web", "").await.status, 200);
}

#[tokio::test]
async fn someone_else_can_take_over_at_the_consent_page() {
    let mut visitor = Visitor::new().await;
    visitor.log_in_as_alice().await;
    let request = visitor.authorization_path("web", "");
    let consent = visitor.get(&request).await;
    let link = crate::visitor::tags(consent.text(), "a").find(|tag| tag.contains("/logout")).unwrap();
    let logout = visitor.get(&crate::visitor::attribute(link, "href").unwrap()).await;
    let stay = crate::visitor::tags(logout.text(), "a").next().unwrap();
    assert_eq!(crate::visitor::attribute(stay, "href").unwrap(), request);
    let done = visitor.submit(&logout, &[]).await;
    assert_eq!(done.header("location"), request);
    assert_eq!(visitor.get(&request).await.location().path(), "/login");
}

#[tokio::test]
async fn signing_out_twice_is_no_mistake() {
    let mut visitor = Visitor::new().await;
    assert_eq!(visitor.post("/logout", &[]).await.header("location"), "/logout");
}
