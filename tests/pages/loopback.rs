//! A client on loopback, and another program on the same device that wants its tokens (RFC 8252 §8.6).

use std::sync::LazyLock;

use oauth_core::interaction::LoginPages;
use oauth_core::prelude::*;
use oauth_tests::{Answer, App, CHALLENGE, secret};

use crate::visitor::{self, Visitor};

const ISSUER: &str = "https://op.example";
const OWN: &str = "http://127.0.0.1:3000/callback";
const FOREIGN: &str = "http://127.0.0.1:6666/callback";

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://op.example")]
struct Tokens {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(
    grants(authorization_code, implicit, refresh_token),
    scopes("openid", "profile"),
    profile = "oauth2.0"
)]
struct Op {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Tokens,
    #[interaction]
    pages: LoginPages,
}

/// Alice is logged in, and has agreed to the client once, at its own port.
async fn alice() -> Visitor {
    static KEYS: LazyLock<KeyRing> =
        LazyLock::new(|| KeyRing::new(SigningKey::generate(Algorithm::RS256).unwrap()));
    let store = visitor::store().await;
    let front = Client::confidential("front", &ClientSecret::new(secret()).unwrap())
        .redirect_uri(OWN)
        .grant_type(GrantType::AUTHORIZATION_CODE)
        .grant_type(GrantType::IMPLICIT)
        .scope("openid profile");
    store.save_client(front.build().unwrap()).await.unwrap();
    let app = App::of(Op {
        accounts: Accounts { store },
        tokens: Tokens { keys: KEYS.clone() },
        pages: LoginPages::new(),
    });
    let mut visitor = Visitor::of_app(app, ISSUER.to_owned());
    visitor.log_in_as_alice().await;
    let consent = authorize(&mut visitor, OWN, "").await;
    let allowed = visitor.submit(&consent, &[("decision", "allow")]).await;
    assert!(allowed.header("location").contains("access_token="), "{allowed:?}");
    visitor
}

async fn authorize(visitor: &mut Visitor, redirect_uri: &str, more: &str) -> Answer {
    let params = [
        ("response_type", "code id_token token"),
        ("client_id", "front"),
        ("redirect_uri", redirect_uri),
        ("scope", "openid profile"),
        ("nonce", "n"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
    visitor.get(&format!("/authorize?{query}{more}")).await
}

#[tokio::test]
async fn no_front_channel_tokens_reach_a_foreign_loopback_port_silently() {
    let mut alice = alice().await;
    authorize(&mut alice, FOREIGN, "").await.assert_page(400);
    // Nor whoever took the client's own port.
    let asked = authorize(&mut alice, OWN, "").await;
    assert_eq!(asked.status, 200);
    assert!(asked.text().contains("on this device"), "{}", asked.text());
}

#[tokio::test]
async fn no_front_channel_tokens_reach_a_loopback_port_with_prompt_none() {
    let mut alice = alice().await;
    authorize(&mut alice, FOREIGN, "&prompt=none").await.assert_page(400);
    let refused = authorize(&mut alice, OWN, "&prompt=none").await;
    let location = refused.header("location");
    assert!(location.starts_with(&format!("{OWN}#error=consent_required")), "{location}");
    assert!(!location.contains("token=") && !location.contains("code="), "{location}");
}
