//! OIDC Core §8: pairwise subject identifiers.

use oauth_core::openid::{PairwiseKey, SubjectType};
use oauth_core::prelude::*;
use oauth_core::token::JwtProfile;
use oauth_tests::{basic, ready};
use serde_json::Value;

use crate::oidc_op::{ISSUER, World};

/// The name that each channel has for Alice, for this client: they agree, or this fails.
async fn sub(world: &World, client_id: &str) -> String {
    let tokens = world.tokens(client_id, "openid", &[]).await;
    let access_token = tokens.member("access_token");
    let id_token = world.verify(&tokens.member("id_token")).claims["sub"].clone();
    let jwt = world.verify(&access_token).claims["sub"].clone();
    let userinfo = world.userinfo(&access_token).await.json()["sub"].clone();
    let introspect = async |by: &str, token: &str| {
        world.app.post("/tenant/introspect", &basic(by), &[("token", token)]).await.json()["sub"].clone()
    };
    let beside = world.beside(&access_token).await;
    for told in [jwt, userinfo, introspect("api", &access_token).await, beside["sub"].clone()] {
        assert_eq!(told, id_token, "{client_id}");
    }
    assert_eq!(beside["internal"], "alice", "by which the server's own accounts are found");
    assert_eq!(
        introspect(client_id, &tokens.member("refresh_token")).await,
        Value::Null,
        "it has its ID token"
    );
    let form = [("grant_type", "refresh_token"), ("refresh_token", &*tokens.member("refresh_token"))];
    let refreshed = world.app.post("/tenant/token", &basic(client_id), &form).await;
    assert_eq!(world.verify(&refreshed.member("id_token")).claims["sub"], id_token, "refreshed");
    assert_eq!(world.verify(&refreshed.member("access_token")).claims["sub"], id_token, "refreshed");
    id_token.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn sectors_know_a_person_by_different_names() {
    let world = World::new().await;
    let (public, a, a2, b) = (
        sub(&world, "web").await,
        sub(&world, "pair-a").await,
        sub(&world, "pair-a2").await,
        sub(&world, "pair-b").await,
    );
    assert_eq!(public, "alice");
    assert_eq!(a, a2, "one sector, one name");
    assert_ne!(a, b);
    for pairwise in [&a, &b] {
        assert_eq!(pairwise.len(), 43, "§8: at most 255 ASCII characters");
        assert!(!pairwise.contains("alice"));
    }
    assert_eq!(sub(&world, "sector").await, b, "the sector is the host of sector_identifier_uri");
}

/// Hooks and declared claims tell the client what they are told, so they are told what the client may know.
#[tokio::test]
async fn hooks_know_a_person_as_the_client_does() {
    let world = World::new().await;
    for client_id in ["web", "pair-a"] {
        let tokens = world.tokens(client_id, "openid admin", &[]).await;
        let access_token = tokens.member("access_token");
        let jwt = world.verify(&access_token).claims;
        let id_token = world.verify(&tokens.member("id_token")).claims;
        let userinfo = world.userinfo(&access_token).await.json();
        let post_token = world.known_to_post_token.lock().unwrap().clone();
        assert_eq!(post_token.as_deref(), id_token["sub"].as_str(), "{client_id}");
        for told in [jwt, id_token.clone(), userinfo.as_object().unwrap().clone()] {
            assert_eq!(told["known_as"], id_token["sub"], "{client_id}");
        }
    }
}

#[test]
fn a_pairwise_client_never_knows_the_subject_itself() {
    let request = |subject_type| {
        let client = Client::public("c").redirect_uri("https://c.example/cb").subject_type(subject_type);
        let mut request = Request::local(client.build().unwrap());
        request = request.with_subject("alice");
        request
    };
    let (public, pairwise) = (request(SubjectType::Public), request(SubjectType::Pairwise));
    assert_eq!(public.subject_identifier(), Some("alice"));
    assert_eq!(pairwise.subject_identifier(), None, "the key is the server's");
    let keys = KeyRing::new(SigningKey::generate(Algorithm::ES256).unwrap());
    let error = ready(JwtProfile::new().generate(&keys, ISSUER, &pairwise)).unwrap_err();
    assert!(error.to_string().contains("server_error"), "nor is it about the client: {error}");
}

#[tokio::test]
async fn names_hold_with_the_key_and_change_with_it() {
    let (one, same, other) = (
        World::new().await,
        World::new().await,
        World::with_key("another key of thirty-two bytes or more").await,
    );
    let name = sub(&one, "pair-a").await;
    assert_eq!(name, sub(&same, "pair-a").await);
    assert_ne!(name, sub(&other, "pair-a").await);
}

#[tokio::test]
async fn a_hint_is_compared_with_what_the_client_knows() {
    let world = World::new().await;
    let hint = world.tokens("pair-a", "openid", &[]).await.member("id_token");
    world.tokens("pair-a", "openid", &[("id_token_hint", &hint)]).await;
}

#[test]
fn a_key_that_can_be_guessed_is_refused() {
    let error = PairwiseKey::new("short").unwrap_err().to_string();
    assert!(error.contains("5 bytes") && error.contains("32") && error.contains("§8.1"), "{error}");
    assert_eq!(format!("{:?}", PairwiseKey::new([7; 32]).unwrap()), "[redacted]");
}

/// Checks that what follows `://` in a scheme of one's own is no host, and loopback is everyone's:
/// applications that have only these in common are strangers.
#[test]
fn section_8_1_native_applications_share_no_sector() {
    let sector = |client_id: &str, redirect_uri: &str| {
        let client = Client::public(client_id).subject_type(SubjectType::Pairwise).redirect_uri(redirect_uri);
        client.build().unwrap().sector_identifier().unwrap()
    };
    let sectors = [
        sector("one", "com.one.app://callback"),
        sector("two", "org.two.other://callback"),
        sector("three", "http://127.0.0.1/cb"),
        sector("four", "http://127.0.0.1/cb"),
        sector("five", "http://[::1]:7000/cb"),
        sector("six", "http://localhost:7000/cb"),
        sector("seven", "https://localhost/cb"),
        sector("eight", "https://127.0.0.1/cb"),
        // Nor is it the host of that name.
        sector("callback", "com.one.app:/cb"),
        sector("nine", "https://callback/cb"),
    ];
    let different: std::collections::BTreeSet<_> = sectors.iter().collect();
    assert_eq!(different.len(), sectors.len(), "{sectors:?}");
}

#[test]
fn section_8_1_the_sector_is_certain() {
    let client = || Client::public("c").subject_type(SubjectType::Pairwise);
    let two = client().redirect_uri("https://one.example/cb").redirect_uri("https://two.example/cb");
    let error = two.build().unwrap_err().to_string();
    assert!(error.contains("sector_identifier_uri") && error.contains("§8.1"), "{error}");
    assert!(client().build().is_err(), "no redirect URI at all");
    let sector =
        |builder: oauth_core::client::ClientBuilder| builder.build().unwrap().sector_identifier().unwrap();
    assert_eq!(
        sector(client().redirect_uri("https://One.example:8443/a").redirect_uri("https://one.example/b")),
        "one.example"
    );
    let named = client().redirect_uri("https://one.example/cb").redirect_uri("https://two.example/cb");
    assert_eq!(sector(named.sector_identifier_uri("https://sector.example/uris")), "sector.example");
    let mixed = client().redirect_uri("https://one.example/cb").redirect_uri("com.example.app:/cb");
    assert!(mixed.build().is_err(), "the scheme could be another's");
    for bad in ["http://127.0.0.1/uris", "sector.example", "https://sector.example/#x"] {
        let error =
            client().redirect_uri("https://one.example/cb").sector_identifier_uri(bad).build().unwrap_err();
        assert!(error.to_string().contains("sector_identifier_uri"), "{error}");
    }
}
