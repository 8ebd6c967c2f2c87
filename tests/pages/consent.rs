//! Consent: what is shown, what is asked again, and what is not.

use crate::visitor::Visitor;

const LOOPBACK: &str = "&redirect_uri=http%3A%2F%2F127.0.0.1%3A51004%2Fcb";

#[tokio::test]
async fn it_names_the_client_the_scopes_the_person_and_the_way() {
    let mut visitor = Visitor::new().await;
    visitor.log_in_as_alice().await;
    let page = visitor.authorize("web", "").await;
    let html = page.text();
    assert!(
        html.contains("<bdi>&#60;script&#62;alert(1)&#60;/script&#62; &#38; &#34;Co&#34;</bdi>"),
        "{html}"
    );
    for text in
        ["www.web.example", "See your name", "<code>calendar</code>", "sent to <strong><bdi>web.example"]
    {
        assert!(html.contains(text), "{text} is missing: {html}");
    }
    assert!(html.contains("alice &#34;Ally&#34; &#60;a@example.com&#62;"));
    let page = visitor.authorize("web", "&scope=profile").await;
    assert!(!page.text().contains("calendar"), "only what is asked for");
    for (client, redirect) in [("native", LOOPBACK), ("mobile", "")] {
        assert!(visitor.authorize(client, redirect).await.text().contains("on this device"), "{client}");
    }
}

#[tokio::test]
async fn refusal_goes_to_the_client() {
    let mut visitor = Visitor::new().await;
    visitor.log_in_as_alice().await;
    let page = visitor.authorize("web", "").await;
    let refused = visitor.submit(&page, &[("decision", "deny")]).await;
    refused.assert_redirected_error("https://web.example/cb", "access_denied");
    assert_eq!(visitor.authorize("web", "").await.status, 200, "a refusal is not remembered");
}

#[tokio::test]
async fn it_is_remembered_for_these_scopes_this_person_and_this_client() {
    let mut visitor = Visitor::new().await;
    visitor.log_in_as_alice().await;
    let page = visitor.authorize("web", "&scope=profile").await;
    visitor.submit(&page, &[("decision", "allow")]).await;
    assert!(visitor.authorize("web", "&scope=profile").await.params().contains_key("code"));
    let more = visitor.authorize("web", "").await;
    assert_eq!(more.status, 200, "a scope is new");
    visitor.submit(&more, &[("decision", "allow")]).await;
    for scope in ["profile", "calendar", "profile+calendar"] {
        let answer = visitor.authorize("web", &format!("&scope={scope}")).await;
        assert!(answer.params().contains_key("code"), "{scope}");
    }
    assert_eq!(visitor.authorize("spa", "").await.status, 200, "another client");
    let mut bob = visitor.someone_else();
    bob.log_in("bob", crate::visitor::PASSWORD).await;
    assert_eq!(bob.authorize("web", "").await.status, 200, "another person");
    assert_eq!(visitor.authorize("web", "&prompt=consent").await.status, 200, "prompt=consent asks again");
}

/// RFC 8252 §8.6: any application on the device can pose as a native client, and listen where a client on loopback did.
#[tokio::test]
async fn clients_that_anyone_can_pose_as_are_asked_for_every_time() {
    let mut visitor = Visitor::new().await;
    visitor.log_in_as_alice().await;
    for (client, redirect) in [
        ("native", LOOPBACK),
        ("mobile", ""),
        ("own-native", LOOPBACK),
        ("dev", ""),
        ("own-dev", "&redirect_uri=http%3A%2F%2Flocalhost%3A4000%2Fcb"),
        ("own-dev", "&redirect_uri=https%3A%2F%2Flocalhost%3A4000%2Fcb"),
        ("own-dev", "&redirect_uri=https%3A%2F%2F127.0.0.1%2Fcb"),
        ("own-dev", "&redirect_uri=https%3A%2F%2F127.1%2Fcb"),
        ("own-dev", "&redirect_uri=https%3A%2F%2F%5B%3A%3A1%5D%2Fcb"),
        ("own-dev", "&redirect_uri=https%3A%2F%2Fmy.localhost%2Fcb"),
    ] {
        let page = visitor.authorize(client, redirect).await;
        assert!(page.text().contains("on this device"), "{client} {redirect}: {}", page.text());
        let allowed = visitor.submit(&page, &[("decision", "allow")]).await;
        assert!(allowed.header("location").contains("?code="), "{client}");
        assert_eq!(visitor.authorize(client, redirect).await.status, 200, "{client}");
    }
    let page = visitor.authorize("spa", "").await;
    visitor.submit(&page, &[("decision", "allow")]).await;
    assert!(visitor.authorize("spa", "").await.params().contains_key("code"));
}

#[tokio::test]
async fn nobody_is_asked_for_the_operators_own_client() {
    let mut visitor = Visitor::new().await;
    assert_eq!(visitor.authorize("own", "").await.location().path(), "/login");
    visitor.log_in_as_alice().await;
    assert!(visitor.authorize("own", "").await.params().contains_key("code"));
}

#[tokio::test]
async fn prompt_login_asks_for_the_password_once_more() {
    let mut visitor = Visitor::new().await;
    visitor.log_in_as_alice().await;
    let away = visitor.authorize("own", "&prompt=login+consent").await;
    assert_eq!(away.location().path(), "/login");
    let page = visitor.get(away.header("location")).await;
    let back = visitor.submit(&page, &[("username", "bob"), ("password", crate::visitor::PASSWORD)]).await;
    let params = back.params();
    assert_eq!((params["prompt"].as_str(), params["state"].as_str()), ("consent", "s&t"));
    let consent = visitor.get(back.header("location")).await;
    assert_eq!(consent.status, 200);
    assert!(consent.text().contains("<bdi>bob</bdi>"));
    assert!(visitor.submit(&consent, &[("decision", "allow")]).await.params().contains_key("code"));
}

#[tokio::test]
async fn a_session_that_ended_meanwhile_means_a_login_first() {
    let mut visitor = Visitor::new().await;
    visitor.log_in_as_alice().await;
    let consent = visitor.authorize("web", "").await;
    let logout = visitor.get("/logout").await;
    visitor.submit(&logout, &[]).await;
    let answer = visitor.submit(&consent, &[("decision", "allow")]).await;
    assert_eq!((answer.status.as_u16(), answer.location().path()), (303, "/login"));
}

/// OIDC Core §5.5: what a client asks for by name is what the person is asked for, in the words of its scope.
#[tokio::test]
async fn claims_asked_for_by_name_are_shown() {
    let mut world = crate::op::World::with_alice().await;
    let claims = |json: &str| {
        let json = form_urlencoded::byte_serialize(json.as_bytes()).collect::<String>();
        format!("&scope=openid&claims={json}")
    };
    let name = claims(r#"{"userinfo":{"nickname":null}}"#);
    let page = world.visitor.authorize("asking", "&scope=openid").await;
    assert!(!page.text().contains("profile"), "{}", page.text());
    assert!(world.visitor.submit(&page, &[("decision", "allow")]).await.params().contains_key("code"));
    let page = world.visitor.authorize("asking", &name).await;
    assert!(page.text().contains("profile"), "asked again, for more: {}", page.text());
    assert!(world.visitor.submit(&page, &[("decision", "allow")]).await.params().contains_key("code"));
    let remembered = world.visitor.authorize("asking", &name).await.params();
    let form = [
        ("grant_type", "authorization_code"),
        ("code", remembered["code"].as_str()),
        ("code_verifier", oauth_tests::VERIFIER),
    ];
    let tokens = world.app.post("/token", &oauth_tests::basic("asking"), &form).await;
    let userinfo = http::Request::get("/userinfo")
        .header("authorization", format!("Bearer {}", tokens.member("access_token")));
    let told = world.app.send(userinfo, "").await.json();
    assert_eq!((&tokens.json()["scope"], &told["nickname"]), (&"openid".into(), &"Al".into()), "and told");
}
