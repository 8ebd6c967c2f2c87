//! OIDC Core §5.3 and §5.4: what a client learns of a person.

use http::{Request, StatusCode, header};
use oauth_core::store::{Saving, TokenStore as _};
use oauth_tests::basic;
use serde_json::{Value, json};

use crate::oidc_op::{ISSUER, World};

#[tokio::test]
async fn section_5_4_scopes_choose_the_claims() {
    let world = World::new().await;
    let told = async |scope: &str| {
        let token = world.tokens("web", scope, &[]).await.member("access_token");
        let answer = world.userinfo(&token).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(answer.header("cache-control"), "no-store");
        answer.json()
    };
    assert_eq!(told("openid").await, json!({ "sub": "alice", "seen": "as alice" }));
    let profile = json!({
        "sub": "alice", "seen": "as alice", "tenant": "acme", "name": "Alice Liddell", "locale": "en-GB"
    });
    assert_eq!(told("openid profile").await, profile, "neither empty nor null claims, nor unknown ones");
    let rest = json!({
        "sub": "alice", "seen": "as alice", "email": "alice@example.com", "email_verified": true,
        "phone_number": "+44 20 7946 0000", "address": { "locality": "Oxford" }
    });
    assert_eq!(told("openid email phone address").await, rest);
    assert_eq!(told("openid admin").await["roles"], json!(["operator"]));
}

#[tokio::test]
async fn section_5_5_claims_are_asked_for_by_name() {
    let world = World::new().await;
    let claims = r#"{"userinfo":{"email":null,"roles":null,"internal":null,"shoe_size":null},"id_token":{"name":null,"roles":null}}"#;
    let tokens = world.tokens("web", "openid", &[("claims", claims)]).await;
    let told = world.userinfo(&tokens.member("access_token")).await.json();
    let expected =
        json!({ "sub": "alice", "seen": "as alice", "email": "alice@example.com", "roles": ["operator"] });
    assert_eq!(told, expected, "a claim goes where it is declared to go, whoever asks");
    let id_token = world.verify(&tokens.member("id_token")).claims;
    assert_eq!((&id_token["name"], &id_token["roles"]), (&json!("Alice Liddell"), &json!(["operator"])));
    assert!(!id_token.contains_key("email"));

    // The request is remembered with the refresh token.
    let form = [("grant_type", "refresh_token"), ("refresh_token", &*tokens.member("refresh_token"))];
    let refreshed = world.app.post("/tenant/token", &basic("web"), &form).await;
    assert_eq!(world.userinfo(&refreshed.member("access_token")).await.json(), expected);
}

/// Whoever may not have a scope does not get its claims by name.
#[tokio::test]
async fn names_are_no_way_around_scopes() {
    let world = World::new().await;
    let claims = r#"{"userinfo":{"email":null,"roles":null,"seen":null},"id_token":{"email":null,"roles":null,"name":null}}"#;
    let tokens = world.tokens("modest", "openid", &[("claims", claims)]).await;
    let told = world.userinfo(&tokens.member("access_token")).await.json();
    assert_eq!(told, json!({ "sub": "alice", "seen": "as alice" }));
    let id_token = world.verify(&tokens.member("id_token")).claims;
    assert_eq!(id_token["name"], "Alice Liddell", "it may have `profile`");
    assert!(!id_token.contains_key("email") && !id_token.contains_key("roles"), "{id_token:?}");
}

/// Checks that what the person refuses is not told, whichever way the client asks for it.
#[tokio::test]
async fn names_are_no_way_around_the_person() {
    let world = World::new().await;
    let claims = r#"{"userinfo":{"email":null,"roles":null,"seen":null},"id_token":{"email":null,"roles":null,"name":null}}"#;
    let refused = [("x-test-scopes", "openid profile")];
    let scope = "openid profile email admin";
    let tokens = world.tokens_as(&refused, "web", scope, &[("claims", claims)]).await;
    let form = [("grant_type", "refresh_token"), ("refresh_token", &*tokens.member("refresh_token"))];
    let refreshed = world.app.post("/tenant/token", &basic("web"), &form).await;
    for tokens in [tokens, refreshed] {
        let told = world.userinfo(&tokens.member("access_token")).await.json();
        let profile = json!({
            "sub": "alice", "seen": "as alice", "tenant": "acme", "name": "Alice Liddell", "locale": "en-GB"
        });
        assert_eq!(told, profile);
        let id_token = world.verify(&tokens.member("id_token")).claims;
        assert_eq!(id_token["name"], "Alice Liddell", "`profile` is granted");
        assert!(!id_token.contains_key("email") && !id_token.contains_key("roles"), "{id_token:?}");
    }
    // What is asked for by name alone is granted as its scope, which no token has.
    let granted = [("x-test-scopes", "openid email")];
    let tokens = world.tokens_as(&granted, "web", "openid", &[("claims", claims)]).await;
    assert_eq!(tokens.member("scope"), "openid");
    let told = world.userinfo(&tokens.member("access_token")).await.json();
    assert_eq!(told, json!({ "sub": "alice", "seen": "as alice", "email": "alice@example.com" }));
}

#[tokio::test]
async fn declared_claims_go_where_they_are_declared_to_go() {
    let world = World::new().await;
    let tokens = world.tokens("web", "openid profile admin", &[]).await;
    let access_token = world.verify(&tokens.member("access_token")).claims;
    let id_token = world.verify(&tokens.member("id_token")).claims;
    let userinfo = world.userinfo(&tokens.member("access_token")).await.json();
    let introspected = world
        .app
        .post("/tenant/introspect", &basic("api"), &[("token", &tokens.member("access_token"))])
        .await;
    let holders = |claim: &str| {
        [
            access_token.contains_key(claim),
            introspected.json().get(claim).is_some(),
            id_token.contains_key(claim),
            userinfo.get(claim).is_some(),
        ]
    };
    assert_eq!(holders("tenant"), [true, true, true, true]);
    assert_eq!(holders("seen"), [false, false, false, true]);
    assert_eq!(holders("roles"), [false, false, true, true]);
    assert_eq!(holders("internal"), [true, true, false, false], "the default");
}

/// A struct of claims is declared as a whole, and told by name.
#[tokio::test]
async fn section_5_5_a_claim_of_a_struct_is_asked_for_alone() {
    let world = World::new().await;
    let claims = r#"{"userinfo":{"level":null,"expires":null},"id_token":{"https://op.example/since":null}}"#;
    let tokens = world.tokens("web", "openid", &[("claims", claims)]).await;
    let told = world.userinfo(&tokens.member("access_token")).await.json();
    assert_eq!(told, json!({ "sub": "alice", "seen": "as alice", "level": 1 }));
    let id_token = world.verify(&tokens.member("id_token")).claims;
    assert_eq!(id_token["https://op.example/since"], 2020);
    assert!(!id_token.contains_key("level"), "{id_token:?}");
    let access_token = world.verify(&tokens.member("access_token")).claims;
    assert!(!access_token.contains_key("level"), "it goes to the client: {access_token:?}");

    // Who may not have its scope does not get it by name.
    let tokens = world.tokens("modest", "openid", &[("claims", claims)]).await;
    let told = world.userinfo(&tokens.member("access_token")).await.json();
    assert!(told.get("level").is_none(), "{told}");

    let tokens = world.tokens("web", "openid admin", &[]).await;
    let told = world.userinfo(&tokens.member("access_token")).await.json();
    assert_eq!((&told["level"], &told["https://op.example/since"]), (&json!(1), &json!(2020)));
    assert!(told.get("expires").is_none(), "{told}");
}

#[tokio::test]
async fn section_5_3_1_the_token_comes_in_a_header_or_a_form() {
    let world = World::new().await;
    let token = world.tokens("web", "openid", &[]).await.member("access_token");
    let bearer = format!("Bearer {token}");
    let post = Request::post("/tenant/userinfo").header(header::AUTHORIZATION, &bearer);
    assert_eq!(world.app.send(post, "").await.json()["sub"], "alice");
    let form = world.app.post("/tenant/userinfo", "", &[("access_token", &token)]).await;
    assert_eq!(form.json()["sub"], "alice");
    let both = world.app.post("/tenant/userinfo", &bearer, &[("access_token", &token)]).await;
    assert_eq!(both.status, StatusCode::BAD_REQUEST);
    assert!(both.header("www-authenticate").contains(r#"error="invalid_request""#));
    let query = world.app.get(&format!("/tenant/userinfo?access_token={token}")).await;
    assert_eq!(query.status, StatusCode::BAD_REQUEST);
    let put = world.app.send(Request::put("/tenant/userinfo"), "").await;
    assert_eq!((put.status, put.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET, POST"));
}

#[tokio::test]
async fn section_5_3_3_refusals_are_challenges() {
    let world = World::new().await;
    let nobody = world.app.get("/tenant/userinfo").await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    assert_eq!(nobody.header("www-authenticate"), format!(r#"Bearer realm="{ISSUER}""#), "RFC 6750 §3.1");

    let tokens = world.tokens("web", "openid", &[]).await;
    for wrong in ["x".to_owned(), tokens.member("id_token"), tokens.member("refresh_token")] {
        let refused = world.userinfo(&wrong).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{wrong}");
        assert!(refused.header("www-authenticate").contains(r#"error="invalid_token""#));
        assert_eq!(refused.header("cache-control"), "no-store");
    }

    let without = world.tokens("web", "profile", &[]).await.member("access_token");
    let refused = world.userinfo(&without).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.header("www-authenticate").contains(r#"error="insufficient_scope""#));
    assert!(refused.header("www-authenticate").contains(r#"scope="openid""#));

    let form = [("grant_type", "client_credentials"), ("scope", "openid")];
    let machine = world.app.post("/tenant/token", &basic("web"), &form).await.member("access_token");
    assert_eq!(world.userinfo(&machine).await.status, StatusCode::UNAUTHORIZED, "it speaks for nobody");
}

#[tokio::test]
async fn a_revoked_token_tells_nothing() {
    let world = World::new().await;
    let token = world.tokens("web", "openid", &[]).await.member("access_token");
    assert_eq!(world.userinfo(&token).await.status, StatusCode::OK);
    let revoked = world.app.post("/tenant/revoke", &basic("web"), &[("token", &token)]).await;
    assert_eq!(revoked.status, StatusCode::OK);
    assert_eq!(world.userinfo(&token).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn section_5_3_2_a_response_may_be_signed() {
    let world = World::new().await;
    let tokens = world.tokens("signed", "openid email", &[]).await;
    let answer = world.userinfo(&tokens.member("access_token")).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/jwt"));
    assert_eq!(answer.header("cache-control"), "no-store");
    let jwt = world.verify(answer.text());
    let expected = json!({
        "iss": ISSUER, "aud": "signed", "sub": "alice", "seen": "as alice", "email": "alice@example.com",
        "email_verified": true
    });
    assert_eq!(Value::from(jwt.claims), expected);
    assert_eq!(world.userinfo(answer.text()).await.status, StatusCode::UNAUTHORIZED, "it is no access token");
}

#[tokio::test]
async fn an_algorithm_without_a_key_is_a_failure_of_ours() {
    let world = World::new().await;
    let token = world.tokens("unsignable", "openid", &[]).await.member("access_token");
    let answer = world.userinfo(&token).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.body.is_empty(), "why is for the log: {}", answer.text());
}

#[tokio::test]
async fn a_user_who_is_gone_has_no_claims() {
    let world = World::new().await;
    let tokens = world.tokens("web", "openid profile", &[]).await;
    let mut record = world
        .store
        .access_token(
            &oauth_core::secret::TokenHash::of(&tokens.member("access_token")),
            oauth_core::time::UnixTime::now(),
        )
        .await
        .unwrap()
        .unwrap();
    std::sync::Arc::make_mut(&mut record.authorization).subject = Some("nobody".to_owned());
    record.hash = oauth_core::secret::TokenHash::of("another");
    let now = oauth_core::time::UnixTime::now();
    assert_eq!(world.store.save_tokens(Some(record), None, now).await.unwrap(), Saving::Saved);
    let told = world.userinfo("another").await.json();
    assert_eq!(told, json!({ "sub": "nobody", "seen": "as nobody", "tenant": "acme" }));
}

#[tokio::test]
async fn without_users_there_is_only_who_it_is() {
    let world = World::new().await.without_users();
    let token = world.tokens("web", "openid profile", &[]).await.member("access_token");
    assert_eq!(world.userinfo(&token).await.json(), json!({ "sub": "alice" }));
    let pairwise = world.app.get(
        "/tenant/authorize?response_type=code&client_id=pair-a&scope=openid&code_challenge=\
         E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256",
    );
    assert_eq!(pairwise.await.params()["error"], "server_error", "there is no key for pairwise identifiers");
}

#[tokio::test]
async fn browsers_may_ask_from_the_clients_own_origin() {
    let world = World::new().await;
    let token = world.tokens("web", "openid", &[]).await.member("access_token");
    let ask = async |origin: &str| {
        let request = Request::get("/tenant/userinfo")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::ORIGIN, origin);
        world.app.send(request, "").await
    };
    let own = ask("https://web.example").await;
    assert_eq!(own.header("access-control-allow-origin"), "https://web.example");
    assert_eq!(own.header("access-control-expose-headers"), "www-authenticate");
    for stranger in ["https://other.example", "https://evil.example"] {
        assert_eq!(ask(stranger).await.header("access-control-allow-origin"), "", "{stranger}");
    }
    let preflight = Request::options("/tenant/userinfo")
        .header(header::ORIGIN, "https://web.example")
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "GET");
    let preflight = world.app.send(preflight, "").await;
    assert_eq!(preflight.header("access-control-allow-methods"), "GET, POST");
    assert_eq!(preflight.header("access-control-allow-origin"), "https://web.example");
}
