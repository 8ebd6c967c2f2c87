//! RFC 7636.

use oauth_core::prelude::*;
use oauth_tests::{Alice, App, CHALLENGE, VERIFIER, basic, secret};

const CALLBACK: &str = "https://web.example/cb";

async fn redeem(app: &App, code: &str, verifier: Option<&str>) -> oauth_tests::Answer {
    let mut form = vec![("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK)];
    form.extend(verifier.map(|verifier| ("code_verifier", verifier)));
    app.post("/token", &basic("web"), &form).await
}

#[tokio::test]
async fn appendix_b() {
    let app = App::new().await;
    let code = app.code("web", CALLBACK).await;
    assert_eq!(redeem(&app, &code, Some(VERIFIER)).await.status, 200);
}

#[tokio::test]
async fn section_4_6_a_wrong_verifier_is_invalid_grant_and_uses_nothing_up() {
    let app = App::new().await;
    for wrong in [&VERIFIER[1..], &format!("{VERIFIER}x"), "", CHALLENGE, &"a".repeat(43), &"a".repeat(129)] {
        let code = app.code("web", CALLBACK).await;
        redeem(&app, &code, Some(wrong)).await.assert_error(400, "invalid_grant");
        assert_eq!(redeem(&app, &code, Some(VERIFIER)).await.status, 200, "{wrong}");
    }
}

#[tokio::test]
async fn section_4_6_a_missing_verifier_is_invalid_grant() {
    let app = App::new().await;
    let code = app.code("web", CALLBACK).await;
    redeem(&app, &code, None).await.assert_error(400, "invalid_grant");
}

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code),
    scopes("profile"),
    issuer = "https://auth.example.com",
    danger_pkce_optional
)]
struct Lenient {
    #[validator]
    accounts: Accounts,
    #[interaction]
    alice: Alice,
}

/// RFC 9700 §2.1.1: confidential clients may do without where a `nonce` does the same, one client at a time.
#[tokio::test]
async fn a_client_does_without_where_its_registration_and_the_server_say_so() {
    let store = MemoryStore::new();
    let secret = ClientSecret::new(secret()).unwrap();
    let confidential = |id| Client::confidential(id, &secret);
    for client in [
        confidential("old").require_pkce(false),
        confidential("new"),
        Client::public("public").require_pkce(false),
    ] {
        let client = client.redirect_uri("https://web.example/cb").scope("profile");
        store.save_client(client.build().unwrap()).await.unwrap();
    }
    let app = App::of(Lenient { accounts: Accounts { store: store.clone() }, alice: Alice });
    let ask = async |app: &App, client| {
        let params =
            [("response_type", "code"), ("client_id", client), ("redirect_uri", "https://web.example/cb")];
        app.authorize(&params).await
    };
    assert!(ask(&app, "old").await.params().contains_key("code"));
    for client in ["new", "public"] {
        ask(&app, client).await.assert_redirected_error("https://web.example/cb", "invalid_request");
    }
    // A server that leaves nothing open asks everybody.
    let strict = App::over(store).await;
    ask(&strict, "old").await.assert_redirected_error("https://web.example/cb", "invalid_request");
}
