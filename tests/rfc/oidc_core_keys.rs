//! OpenID Connect Core §10 and §15.1: which keys sign ID tokens.

use oauth_core::openid::{IdTokenKeys, IdTokenSigner as _};
use oauth_core::prelude::*;
use oauth_tests::{Accounts, Provider};

fn key(algorithm: Algorithm) -> SigningKey {
    SigningKey::generate(algorithm).unwrap()
}

fn mistakes(keys: IdTokenKeys) -> Vec<String> {
    let provider = Provider { validator: Accounts(MemoryStore::default()), keys };
    let mistakes =
        provider.into_service().map(|_| ()).map_err(|error| error.mistakes().map(str::to_owned).collect());
    mistakes.err().unwrap_or_default()
}

#[test]
fn section_15_1_a_provider_without_a_key_for_rs256_does_not_start() {
    let [mistake] = &mistakes(IdTokenKeys::new(key(Algorithm::ES256)))[..] else { panic!("one mistake") };
    for part in ["RS256", "§15.1", "IdTokenKeys", "beside the one for ES256"] {
        assert!(mistake.contains(part), "{part}: {mistake}");
    }
    assert_eq!(mistakes(IdTokenKeys::new(key(Algorithm::RS256))), [""; 0]);
    let several = IdTokenKeys::new(key(Algorithm::EdDSA)).and(key(Algorithm::RS256)).unwrap();
    assert_eq!(mistakes(several), [""; 0]);
}

#[test]
fn section_10_1_id_tokens_are_not_signed_with_a_secret() {
    let secret = SigningKey::hmac([7; 32], Algorithm::HS256).unwrap();
    let [mistake] = &mistakes(IdTokenKeys::new(secret))[..] else { panic!("one mistake") };
    assert!(mistake.contains("HS256") && mistake.contains("a secret that no client knows"), "{mistake}");
    let client = Client::public("spa")
        .redirect_uri("https://spa.example/cb")
        .id_token_signed_response_alg(Algorithm::HS256)
        .build();
    assert!(client.unwrap_err().to_string().contains("HS256"));
}

#[test]
fn each_algorithm_and_each_kid_has_one_key() {
    let keys = IdTokenKeys::new(key(Algorithm::RS256));
    let again = keys.clone().and(key(Algorithm::RS256)).unwrap_err().to_string();
    assert!(again.contains("RS256 already"), "{again}");
    let kid = keys.signing_key().unwrap().kid().unwrap().to_owned();
    let same = keys.clone().and(key(Algorithm::ES256).with_kid(&kid).unwrap()).unwrap_err().to_string();
    assert!(same.contains(&kid), "{same}");
    let keys =
        keys.and(KeyRing::new(key(Algorithm::ES256)).and_publish(key(Algorithm::ES256)).unwrap()).unwrap();
    let algorithms: Vec<_> =
        keys.signing_keys().iter().map(oauth_core::jose::SigningKey::algorithm).collect();
    assert_eq!(algorithms, [Algorithm::RS256, Algorithm::ES256]);
    assert_eq!(keys.jwks().len(), 3);
}
