//! OIDC RP-Initiated Logout 1.0.

use std::time::Duration;

use http::StatusCode;
use oauth_core::jose::{Algorithm, JwtType, KeyRing, SigningKey};
use oauth_core::secret::TokenHash;
use oauth_core::store::TokenStore;
use oauth_core::time::UnixTime;
use oauth_tests::{Answer, ReadJwt as _, SignNow as _};
use serde_json::json;

use crate::op::{BYE, ISSUER, World, end_session_path};
use crate::visitor::{Form, PASSWORD};

/// Checks where the provider sent the browser: nowhere else than registered.
#[track_caller]
fn assert_gone_to(answer: &Answer, location: &str) {
    assert!(answer.status.is_redirection(), "{} {}", answer.status, answer.text());
    assert_eq!(answer.header("location"), location);
}

#[tokio::test]
async fn section_2_a_client_that_knows_the_session_ends_it() {
    let mut world = World::with_alice().await;
    let hint = world.id_token("web").await;
    let stolen = world.visitor.clone();
    let params = [
        ("id_token_hint", &*hint),
        ("post_logout_redirect_uri", BYE),
        ("state", "a&b=c d"),
        ("client_id", "web"),
    ];
    let done = world.end_session(&params).await;
    assert_gone_to(&done, &format!("{BYE}&state=a%26b%3Dc+d"));
    assert_eq!(done.header("cache-control"), "no-store");
    assert!(world.visitor.session().is_none(), "the cookie is gone");
    world.visitor = stolen;
    assert_eq!(world.visitor.authorize("web", "").await.location().path(), "/login", "and so is the session");
}

#[tokio::test]
async fn section_2_post_is_as_good() {
    let mut world = World::with_alice().await;
    let hint = world.id_token("web").await;
    let form = [("id_token_hint", &*hint), ("post_logout_redirect_uri", BYE)];
    // A form on the client's site does not bring the cookie; the GET after it does.
    let mut form_post = world.visitor.someone_else();
    let moved = form_post.post_from("/end_session", &form, &[("origin", "https://web.example")]).await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER);
    let location = moved.location().to_string();
    assert!(location.starts_with("/end_session?"), "{location}");
    assert_gone_to(&world.visitor.get(&location).await, BYE);
    assert!(world.visitor.session().is_none());
    let put = world.app.send(http::Request::put("/end_session"), "").await;
    assert_eq!((put.status, put.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET, POST"));
}

#[tokio::test]
async fn section_2_anyone_else_must_have_the_person_asked() {
    let mut world = World::with_alice().await;
    world.id_token("web").await;
    let params = [("client_id", "web"), ("post_logout_redirect_uri", BYE), ("state", "s")];
    let page = world.end_session(&params).await;
    page.assert_page(200);
    assert!(
        page.text().contains("Sign out?") && page.text().contains("&#60;b&#62;Web&#60;/b&#62;"),
        "{}",
        page.text()
    );
    assert!(world.visitor.session().is_some(), "a link does nothing");
    world.assert_silence();

    let form = Form::of(&page);
    for csrf in ["", "x"] {
        let refused = world.visitor.post(&form.action, &[("csrf", csrf)]).await;
        refused.assert_page(403);
        assert!(refused.text().contains("You are still signed in"));
    }
    let csrf = ("csrf", form.hidden["csrf"].as_str());
    let foreign = world.visitor.post_from(&form.action, &[csrf], &[("origin", "https://evil.example")]).await;
    foreign.assert_page(403);
    let another = end_session_path(&[
        ("client_id", "other"),
        ("post_logout_redirect_uri", "https://other.example/bye"),
    ]);
    world.visitor.post(&another, &[csrf]).await.assert_page(403);
    let logout = world.visitor.post("/logout", &[csrf]).await;
    assert_eq!(logout.status, StatusCode::FORBIDDEN, "a token for one form is none for another");
    assert!(world.visitor.session().is_some());

    let done = world.visitor.submit(&page, &[]).await;
    assert_gone_to(&done, &format!("{BYE}&state=s"));
    assert!(world.visitor.session().is_none());
}

#[tokio::test]
async fn without_a_redirect_uri_it_ends_here() {
    let mut world = World::with_alice().await;
    let page = world.end_session(&[("state", "s"), ("logout_hint", "alice"), ("ui_locales", "de en")]).await;
    assert!(page.text().contains("Abmelden?"), "{}", page.text());
    let done = world.visitor.submit(&page, &[]).await;
    done.assert_page(200);
    assert!(done.text().contains("Sie sind abgemeldet") && done.text().contains("Wieder anmelden"));
    assert!(world.visitor.session().is_none());
    // Once more: there is nothing left to end.
    assert!(world.end_session(&[]).await.text().contains("You are signed out"));
    assert_gone_to(&world.end_session(&[("client_id", "web"), ("post_logout_redirect_uri", BYE)]).await, BYE);
}

#[tokio::test]
async fn section_3_it_leads_nowhere_but_where_the_client_registered() {
    let mut world = World::with_alice().await;
    let hint = world.id_token("web").await;
    let hostile = [
        "https://evil.example/",
        "https://web.example/bye",
        "https://web.example/bye?from=op&more",
        "https://web.example/bye?from=op/",
        "https://WEB.example/bye?from=op",
        "https://web.example/cb",
        "https://other.example/bye",
        "//evil.example",
        "/logout",
        "javascript:alert(1)",
    ];
    for uri in hostile {
        for params in [
            vec![("id_token_hint", &*hint), ("post_logout_redirect_uri", uri)],
            vec![("client_id", "web"), ("post_logout_redirect_uri", uri)],
        ] {
            world.end_session(&params).await.assert_page(400);
        }
    }
    // Whose it would be is not said, or not certain.
    world.end_session(&[("post_logout_redirect_uri", BYE)]).await.assert_page(400);
    world.end_session(&[("id_token_hint", "x"), ("post_logout_redirect_uri", BYE)]).await.assert_page(400);
    world.end_session(&[("client_id", "nobody"), ("post_logout_redirect_uri", BYE)]).await.assert_page(400);
    let mismatch = [("client_id", "other"), ("id_token_hint", &*hint)];
    world.end_session(&mismatch).await.assert_page(400);
    world.visitor.get("/end_session?client_id=web&client_id=other").await.assert_page(400);
    assert!(world.visitor.session().is_some(), "nothing of it has ended anything");

    let native =
        [("client_id", "native"), ("post_logout_redirect_uri", "com.example.app:/bye"), ("state", "s")];
    let page = world.end_session(&native).await;
    assert_gone_to(&world.visitor.submit(&page, &[]).await, "com.example.app:/bye?state=s");
}

#[tokio::test]
async fn section_2_a_hint_that_is_no_id_token_of_the_session_is_none() {
    let mut world = World::with_alice().await;
    let tokens = world.tokens("web", "openid").await;
    let good = world.keys.verify(&tokens.member("id_token")).unwrap().claims;
    let other = world.id_token("other").await;
    let other = world.keys.verify(&other).unwrap().claims;
    let stranger = KeyRing::new(SigningKey::generate(Algorithm::RS256).unwrap());
    let signed = |keys: &KeyRing, typ, changes: serde_json::Value| {
        let mut claims = good.clone();
        claims.extend(changes.as_object().unwrap().clone());
        oauth_core::jose::SigningKeys::active(keys).jwt(typ, &claims)
    };
    let without = |name: &str| {
        let mut claims = good.clone();
        claims.remove(name);
        oauth_core::jose::SigningKeys::active(&world.keys).jwt(JwtType::Jwt, &claims)
    };
    let bad = [
        ("another server's key", signed(&stranger, JwtType::Jwt, json!({}))),
        ("another issuer", signed(&world.keys, JwtType::Jwt, json!({ "iss": "https://evil.example" }))),
        ("an access token", tokens.member("access_token")),
        ("a logout token", signed(&world.keys, JwtType::LogoutToken, json!({}))),
        ("no ID token", without("exp")),
        ("of another session", signed(&world.keys, JwtType::Jwt, json!({ "sid": "another" }))),
        (
            "with another client's name for it",
            signed(&world.keys, JwtType::Jwt, json!({ "sid": other["sid"] })),
        ),
        ("of someone else", signed(&world.keys, JwtType::Jwt, json!({ "sub": "2" }))),
        ("nonsense", "a.b.c".to_owned()),
    ];
    for (what, hint) in &bad {
        let asked = world.end_session(&[("id_token_hint", hint), ("client_id", "web")]).await;
        asked.assert_page(200);
        assert!(asked.text().contains("Sign out?"), "{what}");
        assert!(world.visitor.session().is_some(), "{what}");
    }
    // One for a client that is gone is none either.
    let gone = signed(&world.keys, JwtType::Jwt, json!({ "aud": "gone" }));
    assert!(world.end_session(&[("id_token_hint", &gone)]).await.text().contains("Sign out?"));

    let expired = signed(&world.keys, JwtType::Jwt, json!({ "exp": UnixTime::now().as_secs() - 3600 }));
    let params = [("id_token_hint", &*expired), ("post_logout_redirect_uri", BYE)];
    assert_gone_to(&world.end_session(&params).await, BYE);
}

#[tokio::test]
async fn a_hint_of_the_last_session_does_not_end_this_one() {
    let mut world = World::with_alice().await;
    let old = world.id_token("web").await;
    world.end_session(&[("id_token_hint", &*old)]).await;
    world.visitor.log_in_as_alice().await;
    assert!(world.end_session(&[("id_token_hint", &*old)]).await.text().contains("Sign out?"));
    let new = world.id_token("web").await;
    let sid = |token: &str| world.keys.verify(token).unwrap().claims["sid"].clone();
    assert_ne!(sid(&old), sid(&new));
    assert!(world.end_session(&[("id_token_hint", &*new)]).await.text().contains("You are signed out"));
}

#[tokio::test]
async fn a_pairwise_client_ends_its_session_too() {
    let mut world = World::with_alice().await;
    let hint = world.id_token("pair").await;
    assert!(world.end_session(&[("id_token_hint", &*hint)]).await.text().contains("You are signed out"));
    assert!(world.visitor.session().is_none());
}

#[tokio::test]
async fn tokens_end_with_the_session_unless_they_are_for_offline_access() {
    for through_page in [false, true] {
        let mut world = World::with_alice().await;
        let online = world.tokens("web", "openid profile").await;
        let offline = world.tokens("web", "openid offline_access").await;
        let plain = world.tokens("web", "profile").await;
        let pending = world.authorize("web", "openid").await["code"].clone();
        // A rotated token is of the same session.
        let form = [("grant_type", "refresh_token"), ("refresh_token", &*online.member("refresh_token"))];
        let online = world.app.post("/token", &oauth_tests::basic("web"), &form).await;
        assert_eq!(world.userinfo(&online).await, StatusCode::OK);
        if through_page {
            let page = world.visitor.get("/logout").await;
            assert_gone_to(&world.visitor.submit(&page, &[]).await, "/logout");
        } else {
            let hint = online.member("id_token");
            world.end_session(&[("id_token_hint", &*hint)]).await.assert_page(200);
        }
        assert_eq!(world.refresh("web", &online).await, StatusCode::BAD_REQUEST);
        assert_eq!(world.userinfo(&online).await, StatusCode::UNAUTHORIZED);
        assert_eq!(world.userinfo(&offline).await, StatusCode::OK);
        assert_eq!(world.refresh("web", &offline).await, StatusCode::OK, "Back-Channel Logout §2.7");
        assert_eq!(world.refresh("web", &plain).await, StatusCode::OK, "no login of OpenID Connect");
        let form = [
            ("grant_type", "authorization_code"),
            ("code", &pending),
            ("redirect_uri", "https://web.example/cb"),
            ("code_verifier", oauth_tests::VERIFIER),
        ];
        let late = world.app.post("/token", &oauth_tests::basic("web"), &form).await;
        late.assert_error(400, "invalid_grant");
    }
}

#[tokio::test]
async fn core_section_11_refresh_tokens_expire_with_the_session_unless_they_are_for_offline_access() {
    let mut world = World::with_alice().await;
    let online = world.tokens("web", "openid").await;
    let offline = world.tokens("web", "openid offline_access").await;
    let plain = world.tokens("web", "profile").await;
    let form = [("grant_type", "refresh_token"), ("refresh_token", &*online.member("refresh_token"))];
    let rotated = world.app.post("/token", &oauth_tests::basic("web"), &form).await;
    // A session of the pages lasts 8 hours.
    let end = UnixTime::now() + Duration::from_hours(8);
    for (tokens, outlives) in [(online, false), (rotated, false), (offline, true), (plain, true)] {
        let token = TokenHash::of(&tokens.member("refresh_token"));
        let before = UnixTime::from_secs(end.as_secs() - 300);
        assert!(world.store.refresh_token(&token, before).await.unwrap().is_some());
        let after = world.store.refresh_token(&token, end).await.unwrap();
        assert_eq!(after.is_some(), outlives);
    }
}

#[tokio::test]
async fn section_6_a_form_of_another_site_does_not_take_the_cookie_away() {
    let mut world = World::with_alice().await;
    // What the browser sends with it: no cookie, for they are `SameSite=Lax`.
    let evil = [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")];
    let gone = end_session_path(&[("client_id", "web"), ("post_logout_redirect_uri", BYE)]);
    for path in ["/logout", "/end_session", "/end_session?state=s", &gone] {
        let mut form_post = world.visitor.someone_else();
        form_post.post_from(path, &[], &evil).await;
        form_post.post_from(path, &[("csrf", "x")], &evil).await;
        assert_eq!(form_post.set_cookies, [""; 0], "{path}");
    }
    // A cookie that is good for nothing goes.
    let name = world.visitor.session().unwrap().0.to_owned();
    world.visitor.cookies.insert(name, "x".to_owned());
    world.end_session(&[]).await.assert_page(200);
    assert!(world.visitor.session().is_none());
}

#[tokio::test]
async fn it_is_advertised() {
    let world = World::new().await;
    let document = world.app.get("/.well-known/openid-configuration").await.json();
    assert_eq!(document["end_session_endpoint"], format!("{ISSUER}/end_session"));
    assert_eq!(document["check_session_iframe"], format!("{ISSUER}/check_session"));
    for name in ["frontchannel", "backchannel"] {
        assert_eq!(document[format!("{name}_logout_supported")], true);
        assert_eq!(document[format!("{name}_logout_session_supported")], true);
    }
}

#[test]
fn what_may_be_registered() {
    use oauth_core::client::Client;
    let client = || Client::public("c").redirect_uri("https://c.example/cb");
    for bad in ["https://c.example/#x", "http://c.example/bye", "bye", "https://*.example/"] {
        let error = client().post_logout_redirect_uri(bad).build().unwrap_err();
        assert!(error.to_string().starts_with("post_logout_redirect_uri"), "{error}");
        assert_eq!((error.member(), error.index()), (Some("post_logout_redirect_uris"), Some(0)));
        let error = client().backchannel_logout_uri(bad).build().unwrap_err();
        assert!(error.to_string().starts_with("backchannel_logout_uri"), "{error}");
    }
    assert!(client().backchannel_logout_uri("com.example.app:/out").build().is_err());
    assert!(client().backchannel_logout_uri("http://127.0.0.1:8080/out").build().is_ok());
    for bad in ["https://other.example/out", "https://c.example:8443/out", "http://c.example/out"] {
        let error = client().frontchannel_logout_uri(bad).build().unwrap_err();
        assert!(error.to_string().starts_with("frontchannel_logout_uri"), "{error}");
    }
    assert!(client().frontchannel_logout_uri("https://c.example:443/out").build().is_ok());
}

#[tokio::test]
async fn someone_elses_session_stays() {
    let mut world = World::with_alice().await;
    let hint = world.id_token("web").await;
    let mut bob = world.visitor.someone_else();
    bob.log_in("bob", PASSWORD).await;
    let asked = bob.get(&end_session_path(&[("id_token_hint", &hint)])).await;
    assert!(asked.text().contains("Sign out?") && bob.session().is_some());
}
