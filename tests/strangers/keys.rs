//! `jwks_uri`, of clients that are registered and of clients that are not.

use std::time::Duration;

use oauth_core::prelude::*;
use oauth_tests::{Answer, ISSUER};
use serde_json::json;

use crate::world::{ASSERTION, World, assertion, jwks};

const KEYS: &str = "https://client.example/jwks.json";

fn key(kid: &str) -> SigningKey {
    SigningKey::generate(Algorithm::ES256).unwrap().with_kid(kid).unwrap()
}

async fn world(keys: &[&SigningKey]) -> World {
    let world = World::new().await;
    world.web.put(KEYS, &jwks(keys));
    let client = Client::authenticated_by("machine", ClientAuthMethod::PrivateKeyJwt)
        .jwks_uri(KEYS)
        .scope("profile")
        .grant_type(GrantType::CLIENT_CREDENTIALS);
    world.store.save_client(client.build().unwrap()).await.unwrap();
    world
}

async fn ask(world: &World, key: &SigningKey) -> Answer {
    let assertion = assertion(key, "machine", ISSUER, world.clock.now());
    let form = [("grant_type", "client_credentials"), ASSERTION, ("client_assertion", assertion.as_str())];
    world.app.post("/token", "", &form).await
}

#[tokio::test]
async fn a_registered_client_has_its_keys_elsewhere() {
    let key = key("a");
    let world = world(&[&key]).await;
    for _ in 0..3 {
        let tokens = ask(&world, &key).await;
        assert_eq!(tokens.status, 200, "{}", tokens.text());
    }
    assert_eq!(world.web.requests(), [KEYS]);
}

#[tokio::test]
async fn an_unknown_kid_is_looked_for_once_a_minute() {
    let (old, new, foreign) = (key("a"), key("b"), key("c"));
    let world = world(&[&old]).await;
    assert_eq!(ask(&world, &old).await.status, 200);
    world.web.put(KEYS, &jwks(&[&old, &new]));
    assert_eq!(ask(&world, &new).await.status, 200, "it is fetched again for a key that is new");
    for _ in 0..5 {
        ask(&world, &foreign).await.assert_error(401, "invalid_client");
    }
    assert_eq!(world.web.requests().len(), 2);
    world.clock.advance(Duration::from_mins(1));
    ask(&world, &foreign).await.assert_error(401, "invalid_client");
    assert_eq!(world.web.requests().len(), 3);
}

#[tokio::test]
async fn a_set_with_a_private_or_a_symmetric_key_is_refused_whole() {
    let key = key("a");
    for other in [json!({ "kty": "oct", "k": "AAAA" }), json!({ "kty": "EC", "crv": "P-256", "d": "AAAA" })] {
        let world = world(&[]).await;
        let mut set = jwks(&[&key]);
        set["keys"].as_array_mut().unwrap().push(other);
        world.web.put(KEYS, &set);
        ask(&world, &key).await.assert_error(401, "invalid_client");
    }
}

#[tokio::test]
async fn jwks_and_jwks_uri_are_one_too_many() {
    let client =
        |uri: &str| Client::private_key_jwt("x", jwks(&[&key("a")]).to_string()).jwks_uri(uri).build();
    assert!(client(KEYS).unwrap_err().to_string().contains("RFC 7591 §2"));
    let client = Client::authenticated_by("x", ClientAuthMethod::PrivateKeyJwt)
        .jwks_uri("http://client.example/jwks.json");
    assert!(client.build().unwrap_err().to_string().contains("use https"));
}
