//! Tokens that are none of the server's: each is as unknown as one that never was.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::jose::{JwtType, SigningKeys as _};
use oauth_core::prelude::*;
use oauth_core::token::{JwtProfile, StaticClaim};
use oauth_tests::{SignNow as _, forge};
use serde_json::{Value, json};

use crate::world::{InMemory, Pairwise, Provider, World, claims};

/// A token of Alice, what it says, and the key that signed it.
async fn genuine<P: Provider>(world: &World<P>) -> (String, Value, SigningKey) {
    let token = world.tokens("web").await.member("access_token");
    let said = claims(&token);
    (token, said, world.shared.keys.active())
}

/// The header that the server writes.
fn header(key: &SigningKey) -> Value {
    json!({ "typ": "at+jwt", "alg": key.algorithm().as_str(), "kid": key.kid() })
}

#[track_caller]
fn assert_unknown<P: Provider>(world: &World<P>, token: &str) -> impl Future<Output = ()> {
    let (alive, place) = (world.is_alive(token), std::panic::Location::caller());
    async move {
        assert!(!alive.await, "{place}");
    }
}

/// Else the attacks below would fail for another reason.
#[tokio::test]
async fn the_same_claims_signed_anew_by_the_same_key_are_a_token() {
    let world = InMemory::new().await;
    let (_, said, key) = genuine(&world).await;
    assert!(world.is_alive(&key.jwt(JwtType::AccessToken, &said)).await);
    assert!(world.is_alive(&forge(&key, &header(&key), &said.to_string())).await);
}

#[tokio::test]
async fn a_token_of_another_server_with_the_same_kind_of_key() {
    let (world, other) = (InMemory::new().await, InMemory::new().await);
    let (token, ..) = genuine(&other).await;
    assert!(other.is_alive(&token).await);
    assert_unknown(&world, &token).await;
}

#[tokio::test]
async fn a_token_with_our_kid_but_another_key() {
    let world = InMemory::new().await;
    let (_, said, key) = genuine(&world).await;
    let other = SigningKey::generate(Algorithm::ES256).unwrap().with_kid(key.kid().unwrap()).unwrap();
    assert_unknown(&world, &other.jwt(JwtType::AccessToken, &said)).await;
    let nameless = json!({ "typ": "at+jwt", "alg": "ES256" });
    assert_unknown(&world, &forge(&other, &nameless, &said.to_string())).await;
    let brought = json!({ "typ": "at+jwt", "alg": "ES256", "jwk": other.verifying_key().public_jwk() });
    assert_unknown(&world, &forge(&other, &brought, &said.to_string())).await;
}

#[tokio::test]
async fn a_token_of_a_foreign_issuer_with_our_key() {
    let world = InMemory::new().await;
    let (_, mut said, key) = genuine(&world).await;
    for issuer in ["https://other.example", "https://auth.example.com/", ""] {
        said["iss"] = issuer.into();
        assert_unknown(&world, &key.jwt(JwtType::AccessToken, &said)).await;
    }
}

#[tokio::test]
async fn an_id_token_as_an_access_token() {
    let world = InMemory::new().await;
    let tokens = world.tokens("web").await;
    assert_unknown(&world, &tokens.member("id_token")).await;
    // And one of the same claims and by the same key as an access token.
    let (_, said, key) = genuine(&world).await;
    for typ in [JwtType::Jwt, JwtType::IdJag] {
        assert_unknown(&world, &key.jwt(typ, &said)).await;
    }
    let untyped = json!({ "alg": "ES256", "kid": key.kid() });
    assert_unknown(&world, &forge(&key, &untyped, &said.to_string())).await;
}

#[tokio::test]
async fn a_token_that_nobody_signed() {
    let world = InMemory::new().await;
    let (token, said, key) = genuine(&world).await;
    let encode = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
    for header in [json!({ "typ": "at+jwt", "alg": "none" }), header(&key)] {
        assert_unknown(&world, &format!("{}.{}.", encode(&header), encode(&said))).await;
    }
    let [head, _, signature] = token.split('.').collect::<Vec<_>>()[..] else { unreachable!() };
    let mut more = said.clone();
    more["scope"] = "openid profile email offline_access".into();
    assert_unknown(&world, &format!("{head}.{}.{signature}", encode(&more))).await;
    assert_unknown(&world, &format!("{token}.")).await;
    assert_unknown(&world, &token[..token.len() - 2]).await;
}

/// RFC 8725 §2.1: the public key as the secret of an HMAC.
#[tokio::test]
async fn a_token_signed_with_the_public_key_as_a_secret() {
    let world = InMemory::new().await;
    let (_, said, key) = genuine(&world).await;
    let public = serde_json::to_vec(key.verifying_key().public_jwk().unwrap()).unwrap();
    let secret = SigningKey::hmac(&public, Algorithm::HS256).unwrap();
    let header = json!({ "typ": "at+jwt", "alg": "HS256", "kid": key.kid() });
    assert_unknown(&world, &forge(&secret, &header, &said.to_string())).await;
}

/// A ring may hold a secret that signed before: what shares it cannot write tokens of the server.
#[tokio::test]
async fn a_token_signed_with_a_shared_secret_of_the_ring() {
    let world = InMemory::new().await;
    let secret = SigningKey::hmac([7; 32], Algorithm::HS256).unwrap().with_kid("shared").unwrap();
    let (token, said, _) = genuine(&world).await;
    world.shared.keys.replace(&world.shared.keys.clone().and_publish(secret.clone()).unwrap());
    assert!(world.is_alive(&token).await);
    assert_unknown(&world, &secret.jwt(JwtType::AccessToken, &said)).await;
}

#[tokio::test]
async fn an_expired_token() {
    let world = InMemory::new().await;
    let (_, mut said, key) = genuine(&world).await;
    let now = world.shared.clock.now().as_secs();
    for exp in [json!(now), json!(now - 1), json!(0), json!("tomorrow"), Value::Null] {
        said["exp"] = exp;
        assert_unknown(&world, &key.jwt(JwtType::AccessToken, &said)).await;
    }
    said.as_object_mut().unwrap().remove("exp");
    assert_unknown(&world, &key.jwt(JwtType::AccessToken, &said)).await;
}

/// What has our signature and says nothing to us was never made to be believed.
#[tokio::test]
async fn a_signed_token_without_the_claim_that_is_for_the_server() {
    let world = InMemory::new().await;
    let (_, said, key) = genuine(&world).await;
    let mut without = said.clone();
    without.as_object_mut().unwrap().remove("oauth_core");
    assert_unknown(&world, &key.jwt(JwtType::AccessToken, &without)).await;
    for own in [
        json!(null),
        json!(7),
        json!([]),
        json!("sealed"),
        json!({ "fam": "short" }),
        json!({ "amr": "pwd" }),
        // A newer server says it, and means something by it.
        json!({ "only_on_sundays": true }),
    ] {
        let mut other = said.clone();
        other["oauth_core"] = own;
        assert_unknown(&world, &key.jwt(JwtType::AccessToken, &other)).await;
    }
    for name in ["client_id", "sub", "iat", "jti"] {
        let mut other = said.clone();
        other.as_object_mut().unwrap().remove(name);
        assert_unknown(&world, &key.jwt(JwtType::AccessToken, &other)).await;
    }
}

/// The signature holds a token together, and the seal is of one token as well.
#[tokio::test]
async fn a_seal_of_another_token() {
    let world = Pairwise::new().await;
    let (_, one, key) = genuine(&world).await;
    let (_, mut other, _) = genuine(&world).await;
    assert!(world.is_alive(&key.jwt(JwtType::AccessToken, &other)).await);
    other["oauth_core"] = one["oauth_core"].clone();
    assert_unknown(&world, &key.jwt(JwtType::AccessToken, &other)).await;
}

#[tokio::test]
async fn a_hook_that_sets_the_claim_of_the_server() {
    let world = InMemory::new().await;
    let form = [("grant_type", "client_credentials")];
    let answer = world.ask("machine", &[("x-test-claim", "oauth_core")], &form).await;
    answer.assert_error(500, "server_error");
    let answer = world.ask("machine", &[("x-test-claim", "oauth_corex")], &form).await;
    assert_eq!(claims(&answer.member("access_token"))["oauth_core"], json!({}));
    // Nor does a static claim.
    let own = JwtProfile::new().claims(&[("oauth_core", StaticClaim::Str("root"))]).self_contained();
    let words = own.check(&world.shared.keys).unwrap_err();
    assert!(words.contains("the claim `oauth_core` is set by the framework"), "{words}");
}

/// What an earlier version kept with a code may have a claim of that name: it is left out, and nothing is written twice.
#[tokio::test]
async fn a_kept_claim_of_that_name_reaches_no_token() {
    use oauth_core::secret::TokenHash;
    use oauth_core::store::{AuthorizationGrant, CodeStore as _};
    use std::sync::Arc;

    let (world, store) = InMemory::with_store().await;
    let first = world.code("web", &[]).await;
    let peeked = store.peek_code(&TokenHash::of(&first), world.shared.clock.now()).await.unwrap().unwrap();
    let mut authorization = (*peeked.grant.authorization).clone();
    authorization.claims.insert("oauth_core".to_owned(), json!({ "sub": "root" }));
    let grant = AuthorizationGrant { authorization: Arc::new(authorization), ..peeked.grant };
    store.save_code(TokenHash::of("planted"), grant).await.unwrap();
    let token = world.redeem("web", "planted").await.member("access_token");
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    let text = String::from_utf8(payload).unwrap();
    assert_eq!((text.matches("oauth_core").count(), text.contains("root")), (1, false), "{text}");
    assert_eq!(world.present("/beside", &token).await.text(), "alice");
}

#[tokio::test]
async fn a_refresh_token_or_a_code_as_an_access_token() {
    let world = InMemory::new().await;
    let tokens = world.tokens("web").await;
    let code = world.code("web", &[]).await;
    for token in [tokens.member("refresh_token"), code] {
        assert_eq!(world.introspect(&token).await["active"], false);
        assert_eq!(world.present("/beside", &token).await.status, 401);
    }
}

/// As the hook sees it, a token is verified for the request that brought it, and for no other.
#[tokio::test]
async fn an_actor_token_is_not_taken_for_the_subject_token() {
    let world = InMemory::new().await;
    let (token, ..) = genuine(&world).await;
    let own = world.own_token("machine").await;
    let ask = async |subject: &str, actor: &str| world.exchange_with(subject, actor).await;
    let exchanged = ask(&token, &own).await.member("access_token");
    assert_eq!(claims(&exchanged)["act"]["client_id"], "machine");
    world.revoke("machine", &own).await;
    ask(&token, &own).await.assert_error(400, "invalid_request");
    ask(&token, "forged").await.assert_error(400, "invalid_request");
}
