//! Encrypted access tokens, RFC 9068 §4: "If the JWT access token is encrypted, decrypt it using the keys and algorithms
//! that the resource server specified during registration."

use oauth_core::http::HttpsClient;
use oauth_core::jose::{ContentEncryption, DecryptionKey, JwtType, KeyManagement};
use oauth_core::prelude::*;

use crate::world::{Api, Issuer, access_token, claims, key};

#[resource_server(issuer = self.issuer, audience = "https://calendar.example.com", jwks)]
struct Calendar {
    issuer: String,
    #[decryption_key]
    key: DecryptionKey,
    #[http_client]
    http: HttpsClient,
}

#[tokio::test]
async fn tokens_are_decrypted_and_then_validated() {
    let signing = key(Algorithm::ES256);
    let issuer = Issuer::signing(signing.clone()).await;
    let ours = DecryptionKey::generate(KeyManagement::EcdhEsA256KW, ContentEncryption::A256GCM).unwrap();
    let calendar =
        Calendar { issuer: issuer.url.clone(), key: ours.clone(), http: HttpsClient::new().unwrap() };
    let api = Api::start(calendar.into_resource().unwrap()).await;
    let signed = access_token(&signing, &claims(&issuer.url));
    let encrypt = |key: &DecryptionKey, signed: &str| {
        key.encryption_key().encrypt_jwt(JwtType::AccessToken, signed).unwrap()
    };

    assert_eq!(api.get("/read", &encrypt(&ours, &signed)).await.text(), "alice by robot");

    // Anyone can encrypt to us: the signature is what counts.
    let forged = access_token(&key(Algorithm::ES256), &claims(&issuer.url));
    api.refuses(&encrypt(&ours, &forged), "key").await;
    let theirs = DecryptionKey::generate(KeyManagement::EcdhEsA256KW, ContentEncryption::A256GCM).unwrap();
    api.refuses(&encrypt(&theirs, &signed), "could not be decrypted").await;
    // §4: "If encryption was negotiated […] and the incoming JWT access token is not encrypted, the resource server SHOULD
    // reject it."
    api.refuses(&signed, "could not be decrypted").await;
}
