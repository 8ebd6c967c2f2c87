//! Whose signature an assertion has.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::prelude::*;
use oauth_tests::App;
use serde_json::{Value, json};

use super::world::{GRANT, TYPE, World, claims, forge, jwks, key, sign, token, with};

#[tokio::test]
async fn another_clients_assertion_is_refused() {
    let world = World::new().await;
    world
        .assert_refused(&sign(&world.key, &claims("neighbour")), "signed with our key for the neighbour")
        .await;
    for (name, value) in [("iss", "neighbour"), ("sub", "neighbour"), ("iss", "https://auth.example.com")] {
        world.assert_refused(&sign(&world.key, &with("signer", name, json!(value))), "iss is not sub").await;
    }
    let assertion = sign(&world.key, &claims("signer"));
    let form = [
        GRANT,
        ("client_id", "neighbour"),
        ("client_assertion_type", TYPE),
        ("client_assertion", &assertion),
    ];
    world.app.post("/token", "", &form).await.assert_error(401, "invalid_client");
}

#[tokio::test]
async fn alg_confusion_is_refused() {
    let world = World::new().await;
    let none = |alg: &str| {
        let encode = |json: Value| URL_SAFE_NO_PAD.encode(json.to_string());
        format!("{}.{}.", encode(json!({"alg": alg})), encode(claims("signer")))
    };
    for alg in ["none", "None", "NONE", ""] {
        world.assert_refused(&none(alg), "unsigned").await;
    }
    // The public key, in each form an attacker has it, as an HMAC secret.
    let jwk = serde_json::to_string(&world.key.public_jwk()).unwrap();
    let set = jwks(&[&world.key]);
    for secret in [jwk, set] {
        let mac = SigningKey::hmac(secret, Algorithm::HS256).unwrap();
        world.assert_refused(&sign(&mac, &claims("signer")), "HS256 with the public key").await;
        let kid = world.key.kid().unwrap();
        let forged = forge(&mac, &json!({"alg": "HS256", "kid": kid}), &claims("signer"));
        world.assert_refused(&forged, "and its kid").await;
    }
    // A key that the header brings along.
    let own = key(Algorithm::ES256);
    let header = json!({"alg": "ES256", "jwk": own.public_jwk()});
    world.assert_refused(&forge(&own, &header, &claims("signer")), "the attacker's jwk").await;
    let header = json!({"alg": "ES256", "kid": world.key.kid(), "crit": ["exp"]});
    world.assert_refused(&forge(&world.key, &header, &claims("signer")), "crit").await;
}

/// RFC 8725 §3.11, §3.12.
#[tokio::test]
async fn a_jwt_of_another_kind_is_refused() {
    let world = World::new().await;
    let typed = |typ: &str| forge(&world.key, &json!({"alg": "ES256", "typ": typ}), &claims("signer"));
    for typ in
        ["at+jwt", "oauth-authz-req+jwt", "dpop+jwt", "logout+jwt", "secevent+jwt", "authorization-grant+jwt"]
    {
        world.assert_refused(&typed(typ), typ).await;
    }
    for typ in ["JWT", "jwt", "client-authentication+jwt"] {
        assert_eq!(world.token(&typed(typ)).await.status, 200, "{typ}");
    }
    assert_eq!(
        world.token(&forge(&world.key, &json!({"alg": "ES256"}), &claims("signer"))).await.status,
        200
    );
}

#[tokio::test]
async fn every_key_of_the_set_and_every_algorithm() {
    let store = MemoryStore::new();
    let rsa = SigningKey::from_jwk(crate::rfc7515_jws::RSA).unwrap();
    let keys = [key(Algorithm::ES256), key(Algorithm::ES384), key(Algorithm::EdDSA), rsa.clone()];
    let set = jwks(&keys.iter().collect::<Vec<_>>());
    store.save_client(Client::private_key_jwt("many", &set).scope("jobs").build().unwrap()).await.unwrap();
    // An RSA key that does not say its algorithm, and is registered for one.
    let mut bare = serde_json::to_value(rsa.public_jwk()).unwrap();
    bare.as_object_mut().unwrap().remove("alg");
    let bare = json!({"keys": [bare, {"kty": "oct2"}, 7]}).to_string();
    for (name, alg) in [("pss", Some(Algorithm::PS256)), ("plain", None)] {
        let mut client = Client::private_key_jwt(name, &bare).scope("jobs");
        if let Some(alg) = alg {
            client = client.token_endpoint_auth_signing_alg(alg);
        }
        store.save_client(client.build().unwrap()).await.unwrap();
    }
    let app = App::over(store).await;
    for key in &keys {
        assert_eq!(token(&app, &sign(key, &claims("many"))).await.status, 200, "{key:?}");
    }
    let pss = rsa.clone().with_algorithm(Algorithm::PS256).unwrap();
    for (client, key, status) in
        [("pss", &pss, 200), ("pss", &rsa, 401), ("plain", &rsa, 200), ("plain", &pss, 401)]
    {
        assert_eq!(token(&app, &sign(key, &claims(client))).await.status, status, "{client} {key:?}");
    }
}
