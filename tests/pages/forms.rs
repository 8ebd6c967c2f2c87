//! Forms that other sites send do nothing: RFC 6749 §10.12.

use crate::visitor::{ALICE, Form, PASSWORD, Visitor};

#[tokio::test]
async fn a_login_needs_the_token_of_this_browser() {
    let mut visitor = Visitor::new().await;
    let page = visitor.get("/login").await;
    let own = Form::of(&page).hidden["csrf"].clone();
    let mut attacker = visitor.someone_else();
    let foreign = Form::of(&attacker.get("/login").await).hidden["csrf"].clone();
    let cookie = visitor.cookies.values().next().unwrap().clone();
    assert_ne!(cookie, own, "the page does not hold the cookie");
    for csrf in [None, Some(""), Some("x"), Some(&*foreign), Some(&*cookie), Some(&own[..own.len() - 1])] {
        let mut fields = vec![("username", ALICE), ("password", PASSWORD)];
        fields.extend(csrf.map(|csrf| ("csrf", csrf)));
        let refused = visitor.post("/login", &fields).await;
        assert_eq!(refused.status, 403, "{csrf:?}");
        assert!(refused.text().contains("role=\"alert\""));
        assert!(visitor.session().is_none());
    }
    // Without its cookie, a token is none.
    let fields = [("username", ALICE), ("password", PASSWORD), ("csrf", &*own)];
    assert_eq!(visitor.someone_else().post("/login", &fields).await.status, 403);
    assert_eq!(visitor.post("/login", &fields).await.status, 303);
}

#[tokio::test]
async fn two_tabs_can_both_log_in() {
    let mut visitor = Visitor::new().await;
    let first = visitor.get("/login").await;
    let second = visitor.get("/login").await;
    assert_eq!(Form::of(&first).hidden["csrf"], Form::of(&second).hidden["csrf"]);
}

#[tokio::test]
async fn consent_needs_the_token_of_this_session() {
    let mut visitor = Visitor::new().await;
    let request = visitor.authorization_path("web", "");
    let login = visitor.get("/login").await;
    let for_login = Form::of(&login).hidden["csrf"].clone();
    visitor.log_in_as_alice().await;
    let own = Form::of(&visitor.get(&request).await).hidden["csrf"].clone();
    let for_logout = Form::of(&visitor.get("/logout").await).hidden["csrf"].clone();
    let mut attacker = visitor.someone_else();
    attacker.log_in_as_alice().await;
    let foreign = Form::of(&attacker.get(&request).await).hidden["csrf"].clone();
    for csrf in [None, Some(""), Some(&*foreign), Some(&*for_login), Some(&*for_logout)] {
        for decision in ["allow", "deny"] {
            let mut fields = vec![("decision", decision)];
            fields.extend(csrf.map(|csrf| ("csrf", csrf)));
            let again = visitor.post(&request, &fields).await;
            assert_eq!(again.status, 403, "{decision} {csrf:?}");
            assert!(again.text().contains("could not be verified"));
        }
    }
    assert_eq!(visitor.post(&request, &[("decision", "maybe"), ("csrf", &own)]).await.status, 403);
    assert_eq!(visitor.authorize("web", "").await.status, 200, "nothing was remembered");
    let allowed = visitor.post(&request, &[("decision", "allow"), ("csrf", &own)]).await;
    assert_eq!(allowed.location().host(), Some("web.example"));
}

/// Checks that what a person saw is what they agree to: RFC 6749 §10.2.
#[tokio::test]
async fn consent_to_one_request_is_none_to_another() {
    let mut visitor = Visitor::new().await;
    visitor.log_in_as_alice().await;
    let seen = visitor.authorize("web", "&scope=profile").await;
    let csrf = Form::of(&seen).hidden["csrf"].clone();
    for (client, more) in [("web", ""), ("web", "&scope=profile+calendar"), ("spa", "&scope=profile")] {
        let another = visitor.authorization_path(client, more);
        let fields = [("decision", "allow"), ("csrf", csrf.as_str())];
        assert_eq!(visitor.post(&another, &fields).await.status, 403, "{client} {more}");
    }
    assert!(visitor.submit(&seen, &[("decision", "allow")]).await.params().contains_key("code"));
}

/// Browsers write some characters of a form's action in another way than it had them.
#[tokio::test]
async fn consent_does_not_depend_on_how_a_browser_spells_the_request() {
    let mut visitor = Visitor::new().await;
    visitor.log_in_as_alice().await;
    let seen = visitor.authorize("web", "&nonce=it's+%7e").await;
    let csrf = Form::of(&seen).hidden["csrf"].clone();
    let action = Form::of(&seen).action.replace('\'', "%27").replace("%7e", "~");
    let allowed = visitor.post(&action, &[("decision", "allow"), ("csrf", csrf.as_str())]).await;
    assert!(allowed.params().contains_key("code"));
}

#[tokio::test]
async fn a_decision_in_the_query_is_none() {
    let mut visitor = Visitor::new().await;
    visitor.log_in_as_alice().await;
    let page = visitor.authorize("web", "").await;
    let csrf = Form::of(&page).hidden["csrf"].clone();
    let asked = visitor.authorize("web", &format!("&decision=allow&csrf={csrf}")).await;
    assert_eq!(asked.status, 200);
}

#[tokio::test]
async fn browsers_tell_when_a_form_is_from_elsewhere() {
    let mut visitor = Visitor::new().await;
    let page = visitor.get("/login").await;
    let csrf = Form::of(&page).hidden["csrf"].clone();
    let fields = [("username", ALICE), ("password", PASSWORD), ("csrf", &*csrf)];
    for headers in [
        &[("origin", "https://evil.example")][..],
        &[("origin", "https://auth.example.com.evil.example")],
        &[("origin", "http://auth.example.com")],
        &[("origin", "https://auth.example.com:8443")],
        &[("origin", "null"), ("sec-fetch-site", "cross-site")],
        &[("origin", "https://auth.example.com"), ("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
    ] {
        assert_eq!(visitor.post_from("/login", &fields, headers).await.status, 403, "{headers:?}");
        assert!(visitor.session().is_none());
    }
    for headers in [
        &[][..],
        &[("origin", "https://auth.example.com")],
        &[("origin", "null"), ("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "none")],
    ] {
        let mut visitor = visitor.clone();
        assert_eq!(visitor.post_from("/login", &fields, headers).await.status, 303, "{headers:?}");
    }
}

#[tokio::test]
async fn other_methods_and_malformed_forms_are_refused() {
    let mut visitor = Visitor::new().await;
    let page = visitor.get("/login").await;
    let csrf = Form::of(&page).hidden["csrf"].clone();
    let fields = [("username", "bob"), ("username", "alice"), ("password", PASSWORD), ("csrf", &*csrf)];
    visitor.post("/login", &fields).await.assert_page(400);
    visitor.get("/login?return_to=%").await.assert_page(400);
    visitor.get("/login?return_to=a&return_to=b").await.assert_page(400);
    let app = oauth_tests::App::of(oauth_tests::Site {
        issuer: oauth_tests::ISSUER.to_owned(),
        validator: oauth_tests::Accounts(crate::visitor::store().await),
        pages: oauth_core::interaction::LoginPages::new(),
    });
    for path in ["/login", "/logout"] {
        let answer = app.send(http::Request::put(path), "").await;
        assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "GET, HEAD, POST"));
    }
}
