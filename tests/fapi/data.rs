//! What is data is refused where it comes in: at the start, and at authentication.

use oauth_core::client::ApplicationType;
use oauth_core::prelude::*;
use oauth_tests::secret;

use crate::client::{Fintech, jwks};
use crate::world::{ASSERTION, Bank, World};

/// Stores may hold what was registered for another server, or before the profile.
#[tokio::test]
async fn a_client_from_a_store_that_the_profile_has_not_is_no_client() {
    let world = World::new().await;
    let (fintech, password) = (Fintech::new("plain"), ClientSecret::new(secret()).unwrap());
    let plain = |id: &str| Client::private_key_jwt(id, jwks(&fintech.key));
    let http = "http://127.0.0.1:8080/cb";
    for client in [
        Client::public("public").redirect_uri("https://public.example/cb"),
        Client::confidential("secret", &password).redirect_uri("https://secret.example/cb"),
        plain("plain").redirect_uri(http).application_type(ApplicationType::Web),
        plain("native").redirect_uri(http).application_type(ApplicationType::Native),
        plain("expects").id_token_signed_response_alg(Algorithm::RS256),
    ] {
        world.store.save_client(client.build().unwrap()).await.unwrap();
    }
    let ask = async |id: &'static str| {
        let client = Fintech { id, key: fintech.key.clone(), prover: fintech.prover.clone() };
        let assertion = client.assertion(world.clock.now());
        let form =
            [("grant_type", "urn:example:nothing"), ASSERTION, ("client_assertion", assertion.as_str())];
        world.post_with("/token", &form, None).await
    };
    ask("native").await.assert_error(400, "unsupported_grant_type");
    for id in ["plain", "expects", "nobody"] {
        ask(id).await.assert_error(401, "invalid_client");
    }
    for path in ["/token", "/par"] {
        let public = [("grant_type", "authorization_code"), ("code", "none"), ("client_id", "public")];
        world.post_with(path, &public, None).await.assert_error(401, "invalid_client");
        let form = [("grant_type", "client_credentials"), ("response_type", "code")];
        let answer = world.app.post(path, &oauth_tests::basic("secret"), &form).await;
        answer.assert_error(401, "invalid_client");
    }
}

#[test]
fn a_ring_with_a_key_for_rs256_is_refused_at_the_start_and_when_it_is_replaced() {
    let (rsa, ec) =
        (SigningKey::generate(Algorithm::RS256).unwrap(), SigningKey::generate(Algorithm::ES256).unwrap());
    let ring = KeyRing::new(ec).and_publish(rsa).unwrap();
    let bank = Bank::over(MemoryStore::new());
    bank.tokens.keys.replace(&ring);
    let mistakes = bank.start().unwrap_err();
    let mistakes: Vec<_> = mistakes.mistakes().collect();
    assert_eq!(mistakes.len(), 1, "{mistakes:#?}");
    assert!(mistakes[0].contains("access tokens would be signed with RS256"), "{mistakes:#?}");
    assert!(mistakes[0].contains("FAPI 2.0 §5.4.1"), "{mistakes:#?}");
    let server = Bank::over(MemoryStore::new()).start().unwrap();
    let refused = server.replace_keys(&server.tokens.keys, &ring).unwrap_err().to_string();
    assert!(refused.contains("FAPI 2.0 §5.4.1"), "{refused}");
    let next = KeyRing::new(SigningKey::generate(Algorithm::ES256).unwrap());
    server.replace_keys(&server.tokens.keys, &next).unwrap();
}

/// An endpoint of the application's own proves no key for a client.
#[tokio::test]
async fn nothing_is_issued_that_is_bound_to_nothing() {
    let server = Bank::over(MemoryStore::new()).start().unwrap();
    let client = Fintech::new("web").registration();
    let mut request = Request::local(client);
    let issued = server.issue(&mut request, oauth_core::token::IncludeRefreshToken::No).await;
    let error = issued.unwrap_err().to_string();
    assert!(error.contains("bound to a key"), "{error}");
}
