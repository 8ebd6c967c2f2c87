//! Each act is an event of its kind, with what is known of it.

use http::Request;
use oauth_core::event::EventKind;
use oauth_core::store::FamilyId;
use oauth_tests::{Role, basic};

use crate::visitor::{ALICE, PASSWORD};
use crate::world::{BEARER, World};

#[tokio::test]
async fn a_login_and_its_session() {
    let mut world = World::new().await;
    world.visitor.log_in(ALICE, "wrong").await;
    let failed = world.seen.one(EventKind::LoginFailed);
    assert_eq!((failed.subject, failed.address.as_deref()), (None, Some("198.51.100.7")));
    world.visitor.log_in("locked", PASSWORD).await;
    assert_eq!(world.seen.one(EventKind::LoginRefused).error, Some("access_denied"));

    world.visitor.log_in_as_alice().await;
    let told = world.seen.take();
    let kinds: Vec<_> = told.iter().map(|told| told.kind.as_str()).collect();
    assert_eq!(kinds, ["login.succeeded", "session.started"]);
    assert!(told.iter().all(|told| told.subject.as_deref() == Some("1")), "{told:#?}");
    let session = told[1].session.clone();
    assert!(session.is_some());

    world.log_in_again(ALICE).await;
    let continued = world.seen.one(EventKind::SessionContinued);
    assert_eq!(continued.session, session, "it is the same");
    // Somebody else at the same browser.
    world.log_in_again("bob").await;
    let told = world.seen.take();
    let kinds: Vec<_> = told.iter().map(|told| told.kind.as_str()).collect();
    assert_eq!(kinds, ["login.succeeded", "session.ended", "session.started"]);
    assert_eq!(told[1].session, session);
    assert_ne!(told[2].session, session);
}

#[tokio::test]
async fn a_login_that_has_to_wait() {
    let mut world = World::new().await;
    for _ in 0..6 {
        world.visitor.log_in(ALICE, "wrong").await;
    }
    assert_eq!(world.seen.one(EventKind::LoginThrottled).rule, Some("login"));
}

#[tokio::test]
async fn an_authorization_and_the_consent_to_it() {
    let mut world = World::new().await;
    assert_eq!(world.authorize().await.location().path(), "/login");
    let accepted = world.seen.one(EventKind::AuthorizationAccepted);
    assert_eq!((accepted.client_id.as_deref(), accepted.subject), (Some("app"), None));

    world.visitor.log_in_as_alice().await;
    let question = world.authorize().await;
    world.seen.take();
    world.visitor.submit(&question, &[("decision", "deny")]).await;
    assert_eq!(world.seen.kinds(), ["consent.denied", "authorization.denied"]);

    world.code().await;
    let told = world.seen.take();
    let kinds: Vec<_> = told.iter().map(|told| told.kind.as_str()).collect();
    assert_eq!(kinds, ["authorization.accepted", "consent.granted", "code.issued", "authorization.granted"]);
    let [_, consent, code, granted] = &told[..] else { panic!("{told:#?}") };
    for told in [consent, code, granted] {
        assert_eq!((told.client_id.as_deref(), told.subject.as_deref()), (Some("app"), Some("1")));
    }
    assert!(consent.session.is_some() && code.family && granted.family);
    assert_eq!(granted.scope.as_deref(), Some("openid profile"));

    world.code().await;
    assert_eq!(
        world.seen.kinds(),
        ["authorization.accepted", "consent.remembered", "code.issued", "authorization.granted"]
    );
    world.app.authorize(&[("client_id", "app"), ("response_type", "none of them")]).await;
    assert_eq!(world.seen.one(EventKind::AuthorizationError).client_id.as_deref(), Some("app"));
}

/// Who made the mistake is at the other end of a browser: the log is where it can be looked up.
#[tokio::test]
async fn a_request_with_nowhere_to_redirect_to() {
    let world = World::new().await;
    for (client_id, redirect_uri, known) in
        [("app", "https://app.example/another", Some("app")), ("nobody", "https://app.example/cb", None)]
    {
        let asked = [("client_id", client_id), ("redirect_uri", redirect_uri), ("response_type", "code")];
        let answer = world.app.authorize(&asked).await;
        assert_eq!(answer.status.as_u16(), 400);
        let told = world.seen.one(EventKind::AuthorizationError);
        assert_eq!((told.client_id.as_deref(), told.error), (known, Some("invalid_request")));
    }
}

#[tokio::test]
async fn a_code_and_its_refresh_tokens() {
    let mut world = World::new().await;
    world.visitor.log_in_as_alice().await;
    let code = world.code().await;
    world.seen.take();
    let tokens = world.redeem(&code).await;
    let told = world.seen.take();
    let kinds: Vec<_> = told.iter().map(|told| told.kind.as_str()).collect();
    assert_eq!(kinds, ["client_auth.succeeded", "code.redeemed", "token.issued"]);
    let [client, redeemed, issued] = &told[..] else { panic!("{told:#?}") };
    assert_eq!(client.client_auth.as_deref(), Some("client_secret_basic"));
    assert_eq!(client.client_id.as_deref(), Some("app"));
    for told in [redeemed, issued] {
        assert_eq!((told.client_id.as_deref(), told.subject.as_deref()), (Some("app"), Some("1")));
        assert_eq!(told.grant_type.as_deref(), Some("authorization_code"));
        assert!(told.family && told.session.is_some(), "{told:#?}");
    }
    assert!(issued.tokens.access_token && issued.tokens.refresh_token && issued.tokens.id_token);

    let first = tokens.member("refresh_token");
    let second = world.refresh(&first).await.member("refresh_token");
    assert_eq!(world.seen.kinds(), ["client_auth.succeeded", "refresh.rotated", "token.issued"]);
    world.refresh(&first).await;
    assert_eq!(world.seen.kinds(), ["client_auth.succeeded", "refresh.retried", "token.issued"]);
    world.refresh(&second).await;
    world.seen.take();
    world.refresh(&first).await.assert_error(400, "invalid_grant");
    let told = world.seen.take();
    let kinds: Vec<_> = told.iter().map(|told| told.kind.as_str()).collect();
    assert_eq!(kinds, ["client_auth.succeeded", "refresh.reused", "family.revoked", "token.error"]);
    assert_eq!(told[1].client_id.as_deref(), Some("app"), "whose it was");

    let code = world.code().await;
    world.redeem(&code).await;
    world.seen.take();
    world.redeem(&code).await.assert_error(400, "invalid_grant");
    assert_eq!(
        world.seen.kinds(),
        ["client_auth.succeeded", "code.replayed", "family.revoked", "token.error"]
    );
}

#[tokio::test]
async fn a_device() {
    let mut world = World::new().await;
    world.visitor.log_in_as_alice().await;
    let begun = world.begin_device().await;
    world.seen.take();
    world.poll(&begun).await.assert_error(400, "authorization_pending");
    assert!(world.seen.take().is_empty(), "who polls as told is no event");
    world.poll(&begun).await.assert_error(400, "slow_down");
    let fast = world.seen.one(EventKind::DeviceTooFast);
    assert_eq!(fast.client_id.as_deref(), Some("tv"));

    let form = world.visitor.get("/device").await;
    let question = world.visitor.submit(&form, &[("user_code", &begun.member("user_code"))]).await;
    world.visitor.submit(&question, &[("decision", "allow")]).await;
    let approved = world.seen.one(EventKind::DeviceApproved);
    assert_eq!((approved.client_id.as_deref(), approved.subject.as_deref()), (Some("tv"), Some("1")));
    assert!(approved.session.is_some());
    assert_eq!(world.poll(&begun).await.status, 200);
    let redeemed = world.seen.one(EventKind::DeviceRedeemed);
    assert_eq!((redeemed.client_id.as_deref(), redeemed.subject.as_deref()), (Some("tv"), Some("1")));
}

#[tokio::test]
async fn user_codes_that_are_guessed() {
    let mut world = World::new().await;
    world.visitor.log_in_as_alice().await;
    for _ in 0..6 {
        let form = world.visitor.get("/device").await;
        world.visitor.submit(&form, &[("user_code", "BCDF-GHJK")]).await;
    }
    let denied = world.seen.one(EventKind::LimitDenied);
    assert_eq!((denied.rule, denied.subject.as_deref()), (Some("user_code"), Some("1")));
}

#[tokio::test]
async fn an_assertion() {
    let world = World::new().await;
    let assertion = world.assertion();
    let form = [("grant_type", BEARER), ("assertion", assertion.as_str())];
    assert_eq!(world.token(&form).await.status, 200);
    let accepted = world.seen.one(EventKind::AssertionAccepted);
    assert_eq!((accepted.client_id.as_deref(), accepted.subject.as_deref()), (Some("app"), Some("1")));
    world.token(&form).await.assert_error(400, "invalid_grant");
    let kinds = world.seen.kinds();
    assert_eq!(kinds, ["client_auth.succeeded", "assertion.replayed", "token.error"]);
}

#[tokio::test]
async fn a_password_that_a_client_has() {
    let world = World::new().await;
    let ask = async |username: &str, password: &str| {
        let form = [("grant_type", "password"), ("username", username), ("password", password)];
        world.token(&form).await.status.as_u16()
    };
    assert_eq!(ask(ALICE, PASSWORD).await, 200);
    assert_eq!(world.seen.kinds(), ["client_auth.succeeded", "login.succeeded", "token.issued"]);
    ask(ALICE, "wrong").await;
    assert_eq!(world.seen.kinds(), ["client_auth.succeeded", "login.failed", "token.error"]);
    ask("locked", PASSWORD).await;
    assert_eq!(world.seen.kinds(), ["client_auth.succeeded", "login.refused", "token.error"]);
}

#[tokio::test]
async fn a_client_that_cannot_authenticate() {
    let world = World::new().await;
    let form = [("grant_type", "client_credentials"), ("client_id", "app"), ("client_secret", "wrong")];
    world.app.post("/token", "", &form).await.assert_error(401, "invalid_client");
    let failed = world.seen.one(EventKind::ClientAuthenticationFailed);
    assert_eq!(failed.client_auth.as_deref(), Some("client_secret_post"));
    assert_eq!(failed.client_id, None, "nobody is identified");
    for _ in 0..30 {
        world.app.post("/token", "", &form).await;
    }
    let denied = world.seen.one(EventKind::LimitDenied);
    assert_eq!((denied.rule, denied.error), (Some("client_secret"), Some("temporarily_unavailable")));
}

#[tokio::test]
async fn a_client_that_only_names_itself_has_not_authenticated() {
    let world = World::new().await;
    world.begin_device().await;
    assert_eq!(world.seen.kinds(), ["device.requested"]);
}

#[tokio::test]
async fn a_logout() {
    let mut world = World::new().await;
    world.visitor.log_in_as_alice().await;
    let code = world.code().await;
    let id_token = world.redeem(&code).await.member("id_token");
    world.seen.take();
    let path = format!(
        "/end_session?id_token_hint={id_token}&post_logout_redirect_uri=https://app.example/bye&client_id=app"
    );
    assert_eq!(world.visitor.get(&path).await.location().host(), Some("app.example"));
    let told = world.seen.take();
    let kinds: Vec<_> = told.iter().map(|told| told.kind.as_str()).collect();
    assert_eq!(kinds, ["logout.requested", "session.ended", "logout.completed"]);
    assert_eq!(told[0].client_id.as_deref(), Some("app"));
    let [_, ended, completed] = &told[..] else { panic!("{told:#?}") };
    assert_eq!((ended.subject.as_deref(), completed.subject.as_deref()), (Some("1"), Some("1")));
    assert!(ended.session.is_some() && ended.session == completed.session);
    assert_eq!(completed.client_id.as_deref(), Some("app"));

    // At the server's own page, no client asked for it.
    world.visitor.log_in_as_alice().await;
    let page = world.visitor.get("/logout").await;
    world.visitor.submit(&page, &[]).await;
    assert_eq!(world.seen.one(EventKind::LogoutCompleted).client_id, None);
    // Nobody is signed out who is not there.
    world.visitor.get("/end_session?client_id=app").await;
    assert_eq!(world.seen.kinds(), ["logout.requested"]);
}

#[tokio::test]
async fn a_store_that_fails_is_told_by_what_it_could_not_do() {
    let mut world = World::new().await;
    world.store.fail(Role::Tokens);
    assert_eq!(world.machine().await.status, 500);
    let failed = world.seen.one(EventKind::StoreError);
    assert_eq!((failed.client_id.as_deref(), failed.error), (Some("app"), Some("server_error")));
    assert!(failed.text.contains("the store could not"), "{}", failed.text);
    assert!(!failed.text.contains(oauth_tests::CAUSE), "its cause is for the log");
    // So it is of the pages, and of what is answered by a redirect.
    world.store.fail(Role::None);
    world.visitor.log_in_as_alice().await;
    world.code().await;
    let form = world.visitor.get("/device").await;
    world.store.fail(Role::Devices);
    world.seen.take();
    world.visitor.submit(&form, &[("user_code", "BCDF-GHJK")]).await.assert_page(500);
    world.seen.one(EventKind::StoreError);
    world.store.fail(Role::Codes);
    world.seen.take();
    assert_eq!(world.authorize().await.params()["error"], "server_error");
    world.seen.one(EventKind::StoreError);
}

#[tokio::test]
async fn an_introspection_and_a_revocation() {
    let world = World::new().await;
    let token = world.machine().await.member("access_token");
    world.seen.take();
    world.app.post("/introspect", &basic("app"), &[("token", &token)]).await;
    assert_eq!(world.seen.kinds(), ["client_auth.succeeded", "token.introspected"]);
    world.app.post("/revoke", &basic("app"), &[("token", &token)]).await;
    assert_eq!(world.seen.kinds(), ["client_auth.succeeded", "token.revoked"]);
    // What is not alive is not revoked.
    world.app.post("/revoke", &basic("app"), &[("token", &token)]).await;
    assert_eq!(world.seen.kinds(), ["client_auth.succeeded"]);
    world.app.post("/revoke", "", &[("client_id", "tv"), ("token", "none")]).await;
    assert!(world.seen.kinds().is_empty());
}

#[tokio::test]
async fn an_event_names_its_instance_and_the_trace_of_its_request() {
    let world = World::new().await;
    let trace = "0af7651916cd43dd8448eb211c80319c";
    let post = async |parents: &[&str]| {
        let mut request = Request::post("/token")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("authorization", basic("app"));
        for parent in parents {
            request = request.header("traceparent", *parent);
        }
        world.app.send(request, "grant_type=client_credentials&scope=jobs").await;
        world.seen.one(EventKind::TokenIssued)
    };
    let well_formed = format!("00-{trace}-b7ad6b7169203331-01");
    let issued = post(&[&well_formed]).await;
    assert_eq!((issued.instance.as_deref(), issued.trace.as_deref()), (Some("a"), Some(trace)));
    // W3C Trace Context §3.2.2: a later version may have more.
    let later = format!("cc-{trace}-b7ad6b7169203331-01-what-comes");
    assert_eq!(post(&[&later]).await.trace.as_deref(), Some(trace));
    for malformed in [
        String::new(),
        trace.to_owned(),
        format!("ff-{trace}-b7ad6b7169203331-01"),
        format!("00-{}-b7ad6b7169203331-01", trace.to_uppercase()),
        format!("00-{}-b7ad6b7169203331-01", "0".repeat(32)),
        format!("00-{trace}-{}-01", "0".repeat(16)),
        format!("00-{trace}-b7ad6b7169203331-01-more"),
        format!("cc-{trace}-b7ad6b7169203331-01more"),
        format!("00-{trace}-b7ad6b7169203331-0x"),
        format!("00-{trace}0-b7ad6b716920333-01"),
    ] {
        assert_eq!(post(&[&malformed]).await.trace, None, "{malformed}");
    }
    assert_eq!(post(&[&well_formed, &well_formed]).await.trace, None, "there are two");
}

#[tokio::test]
async fn a_session_is_named_by_what_dies_with_it() {
    // Whoever has an event has no `sid`, and nothing to make one from.
    assert_ne!(FamilyId::of_session("s").to_string(), "s");
    let mut world = World::new().await;
    world.visitor.log_in_as_alice().await;
    let session = world.seen.one(EventKind::SessionStarted).session.unwrap();
    let code = world.code().await;
    world.redeem(&code).await;
    assert_eq!(world.seen.one(EventKind::TokenIssued).session, Some(session));
}
