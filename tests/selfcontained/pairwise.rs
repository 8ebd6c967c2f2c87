//! OpenID Connect Core §8.1: who a person is, no token tells, nor by what two clients could find that they know the same one.

use oauth_core::openid::SubjectType;
use oauth_core::prelude::*;
use oauth_core::token::{BearerToken, IncludeRefreshToken};
use oauth_tests::ready;
use serde_json::Value;

use crate::world::{InMemory, Pairwise, SelfContained, claims};

/// All texts within a value.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(many) => many.iter().for_each(|one| texts(one, found)),
        Value::Object(members) => members.values().for_each(|one| texts(one, found)),
        _ => {}
    }
}

#[tokio::test]
async fn a_pairwise_client_learns_nothing_of_the_local_subject() {
    let world = Pairwise::new().await;
    let online = [("scope", "openid profile")];
    let mut seen = Vec::new();
    for client_id in ["pair-a", "pair-b"] {
        let code = world.code(client_id, &online).await;
        let token = world.redeem(client_id, &code).await.member("access_token");
        let issued = world.issued().authorization;
        let said = claims(&token);
        let mut found = Vec::new();
        texts(&said, &mut found);
        let ends = [issued.family.unwrap().to_string(), issued.session.unwrap().to_string()];
        for secret in [&"alice".to_owned(), &"session-1".to_owned(), &ends[0], &ends[1]] {
            assert!(!found.iter().any(|text| text.contains(secret.as_str())), "{secret} in {said}");
        }
        seen.push((said, found));
    }
    // One person, one session, two clients: but for what is the same for everybody, they have nothing in common.
    let [(one, of_one), (other, of_other)] = &seen[..] else { unreachable!() };
    assert_ne!(one["sub"], other["sub"]);
    let known_to_all = ["https://auth.example.com", "acme", "openid profile", "urn:example:mfa"];
    for text in of_one {
        assert!(known_to_all.contains(&text.as_str()) || !of_other.contains(text), "{text} is in both");
    }
}

/// The length of what is sealed is one of few, so that it tells nobody's name.
#[tokio::test]
async fn a_sealed_name_is_as_long_as_another() {
    let world = Pairwise::new().await;
    let mut lengths = Vec::new();
    for subject in ["al", "a-rather-longer-name"] {
        let code =
            world.authorize("pair-a", &[("x-test-subject", subject)], &[]).await.params()["code"].clone();
        let token = world.redeem("pair-a", &code).await.member("access_token");
        lengths.push(claims(&token)["oauth_core"].as_str().unwrap().len());
    }
    assert_eq!(lengths[0], lengths[1]);
}

#[tokio::test]
async fn every_seal_is_another() {
    let world = Pairwise::new().await;
    let token = async || world.tokens("pair-a").await.member("access_token");
    let seal = async || claims(&token().await)["oauth_core"].as_str().unwrap().to_owned();
    assert_ne!(seal().await, seal().await);
}

/// Without a key there is nothing to seal with, and nothing that needs it: every client knows the person by one name.
#[tokio::test]
async fn without_pairwise_clients_it_is_plain() {
    let world = InMemory::new().await;
    let code = world.code("web", &[("scope", "openid profile")]).await;
    let said = claims(&world.redeem("web", &code).await.member("access_token"));
    let own = said["oauth_core"].as_object().unwrap();
    assert_eq!(own.keys().collect::<Vec<_>>(), ["amr", "fam", "ses"]);
    assert!(!said.to_string().contains("session-1"), "the value that `sid` is made from is a secret");
}

/// The engine by hand, without the key: as for every token, the client's name for the person is missing.
#[test]
fn without_the_key_a_pairwise_client_gets_no_token() {
    let store = MemoryStore::new();
    let accounts = oauth_tests::Accounts(store);
    let tokens = SelfContained { keys: KeyRing::new(SigningKey::generate(Algorithm::ES256).unwrap()) };
    let client = Client::public("c").redirect_uri("https://c.example/cb").subject_type(SubjectType::Pairwise);
    let mut request = Request::local(client.build().unwrap()).with_subject("alice");
    let bearer = BearerToken::new(&accounts).token_generator(&tokens);
    let error = ready(bearer.create_token(&mut request, IncludeRefreshToken::No)).unwrap_err();
    assert_eq!(error.code(), ErrorCode::ServerError);
}
