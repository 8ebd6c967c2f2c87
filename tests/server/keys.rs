//! Keys that change while a server runs, and keys that are elsewhere.

use oauth_core::jose::{Jwk, SharedKeys, Signer, SigningKeys as _};
use oauth_core::openid::IdTokenKeys;
use oauth_core::prelude::*;
use oauth_core::server::RunningServer;
use oauth_tests::{Accounts, App, Provider, ReadJwt as _, basic, clients, forge};
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};

#[validator]
struct Programs {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com", algorithm = "ES256")]
struct Es256 {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(grants(client_credentials))]
struct Server {
    #[validator]
    programs: Programs,
    #[access_token]
    tokens: Es256,
}

fn key(algorithm: Algorithm) -> SigningKey {
    SigningKey::generate(algorithm).unwrap()
}

async fn started(keys: KeyRing) -> (RunningServer<Server>, App) {
    let store = MemoryStore::default();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    let server = Server { programs: Programs { store }, tokens: Es256 { keys } }.start().unwrap();
    let app = App::over_router(axum::Router::new().fallback_service(server.clone()));
    (server, app)
}

async fn token(app: &App) -> String {
    app.post("/token", &basic("machine"), &[("grant_type", "client_credentials")])
        .await
        .member("access_token")
}

async fn published(app: &App) -> Vec<Value> {
    let document: Value = serde_json::from_slice(&app.get("/jwks.json").await.body).unwrap();
    let keys = document["keys"].clone();
    keys.as_array().unwrap().iter().map(|key| key["kid"].clone()).collect()
}

#[tokio::test]
async fn replaced_keys_sign_and_are_published_at_once() {
    let (old, new) = (key(Algorithm::ES256), key(Algorithm::ES256));
    let (server, app) = started(KeyRing::new(old.clone())).await;
    let before = token(&app).await;
    let keys = server.tokens.keys.clone();
    server.replace_keys(&keys, &keys.clone().rotate(new.clone()).unwrap()).unwrap();
    assert_eq!(published(&app).await, [json!(new.kid()), json!(old.kid())]);
    let after = token(&app).await;
    // Clones share the keys; the ring that was given is a ring of its own.
    assert_eq!(keys.verify(&before).unwrap().kid.as_deref(), old.kid());
    assert_eq!(keys.verify(&after).unwrap().kid.as_deref(), new.kid());
    keys.replace(&KeyRing::new(new.clone()));
    assert_eq!(published(&app).await, [json!(new.kid())]);
    assert!(keys.verify(&before).is_err());
}

#[tokio::test]
async fn keys_that_the_server_could_not_have_started_with_are_refused_and_the_old_ones_stay() {
    let old = key(Algorithm::ES256);
    let (server, app) = started(KeyRing::new(old.clone())).await;
    let keys = &server.tokens.keys;
    for (bad, reason) in [
        (KeyRing::new(key(Algorithm::EdDSA)), "algorithm"),
        (KeyRing::new(SigningKey::hmac([7; 32], Algorithm::HS256).unwrap()), "published keys"),
    ] {
        let mistakes = server.replace_keys(keys, &bad).unwrap_err().to_string();
        assert!(mistakes.contains(reason), "{mistakes}");
        assert_eq!(published(&app).await, [json!(old.kid())]);
        assert_eq!(keys.verify(&token(&app).await).unwrap().kid.as_deref(), old.kid());
    }
}

#[test]
fn keys_on_trial_are_seen_by_their_check_alone() {
    let (old, new) = (KeyRing::new(key(Algorithm::ES256)), KeyRing::new(key(Algorithm::ES256)));
    let shared = old.clone();
    let kid = |ring: &KeyRing| ring.active().kid().map(str::to_owned);
    let before = kid(&old);
    let refused = old.replace_if(&new, || {
        let elsewhere = std::thread::scope(|scope| scope.spawn(|| kid(&shared)).join().unwrap());
        assert_eq!((kid(&shared), elsewhere), (kid(&new), before.clone()));
        Err("refused")
    });
    assert_eq!((refused, kid(&shared)), (Err("refused"), before));
    assert_eq!(old.replace_if(&new, || Ok::<_, ()>(())), Ok(()));
    assert_eq!(kid(&shared), kid(&new));
}

#[tokio::test]
async fn oidc_core_section_15_1_a_provider_keeps_a_key_for_rs256() {
    let keys = IdTokenKeys::new(key(Algorithm::RS256)).and(key(Algorithm::ES256)).unwrap();
    let provider = Provider { validator: Accounts(MemoryStore::default()), keys: keys.clone() };
    let server = provider.start().unwrap();
    let app = App::over_router(axum::Router::new().fallback_service(server.clone()));
    let algorithms = async || {
        let metadata = app.get("/.well-known/openid-configuration").await.json();
        metadata["id_token_signing_alg_values_supported"].clone()
    };
    assert_eq!(algorithms().await, json!(["RS256", "ES256"]));
    let without = IdTokenKeys::new(key(Algorithm::ES256));
    let mistakes = server.replace_keys(&keys, &without).unwrap_err().to_string();
    assert!(mistakes.contains("§15.1"), "{mistakes}");
    assert_eq!(algorithms().await, json!(["RS256", "ES256"]));
    let with = IdTokenKeys::new(key(Algorithm::RS256)).and(key(Algorithm::EdDSA)).unwrap();
    server.replace_keys(&keys, &with).unwrap();
    assert_eq!(algorithms().await, json!(["RS256", "EdDSA"]));
}

/// The message that another task is asked to sign, and where the answer goes.
type Order = (Vec<u8>, oneshot::Sender<Result<Vec<u8>>>);

/// A key that another task has.
struct Remote {
    public: Jwk,
    orders: mpsc::Sender<Order>,
}

impl Remote {
    fn new(key: SigningKey, answer: impl Fn(Vec<u8>) -> Result<Vec<u8>> + Send + 'static) -> Self {
        let (orders, mut inbox) = mpsc::channel::<Order>(1);
        let public = key.public_jwk().unwrap();
        tokio::spawn(async move {
            while let Some((message, reply)) = inbox.recv().await {
                let signature = key.sign(&message).await.unwrap();
                let _ = reply.send(answer(signature));
            }
        });
        Self { public, orders }
    }
}

impl Signer for Remote {
    fn public_jwk(&self) -> Jwk {
        self.public.clone()
    }

    async fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        let (reply, answer) = oneshot::channel();
        self.orders.send((message.to_vec(), reply)).await.map_err(Error::server)?;
        answer.await.map_err(Error::server)?
    }
}

#[tokio::test]
async fn a_key_in_another_task_signs() {
    for algorithm in [Algorithm::ES256, Algorithm::RS256, Algorithm::Ed25519] {
        let here = key(algorithm);
        let remote = SigningKey::remote(Remote::new(here.clone(), Ok)).unwrap();
        assert_eq!((remote.algorithm(), remote.kid()), (algorithm, here.kid()));
        assert!(here.verify(b"message", &remote.sign(b"message").await.unwrap()));
        assert!(remote.to_pkcs8_pem().is_err());
        assert!(remote.clone().with_algorithm(Algorithm::PS512).is_err());
        assert_eq!(remote.with_kid("named").unwrap().kid(), Some("named"));
    }
    let here = key(Algorithm::ES256);
    let remote = SigningKey::remote(Remote::new(here.clone(), Ok)).unwrap();
    let (_, app) = started(KeyRing::new(remote)).await;
    assert_eq!(KeyRing::new(here.clone()).verify(&token(&app).await).unwrap().kid.as_deref(), here.kid());
    assert_eq!(published(&app).await, [json!(here.kid())]);
}

#[tokio::test]
async fn a_remote_key_that_gives_no_signature_makes_no_token() {
    let asn1 = |signature: Vec<u8>| Ok([&[0x30, 0x44][..], &signature].concat());
    let fails = |_| Err(Error::server("the KMS is down"));
    for remote in [Remote::new(key(Algorithm::ES256), asn1), Remote::new(key(Algorithm::ES256), fails)] {
        let (_, app) = started(KeyRing::new(SigningKey::remote(remote).unwrap())).await;
        let answer = app.post("/token", &basic("machine"), &[("grant_type", "client_credentials")]).await;
        answer.assert_error(500, "server_error");
    }
}

#[tokio::test]
async fn a_remote_key_says_its_algorithm() {
    let mut public = json!(key(Algorithm::ES256).public_jwk());
    public.as_object_mut().unwrap().remove("alg");
    let remote =
        Remote { public: serde_json::from_value(public).unwrap(), ..Remote::new(key(Algorithm::ES256), Ok) };
    let refused = SigningKey::remote(remote).unwrap_err().to_string();
    assert!(refused.contains("`alg`"), "{refused}");
}

#[test]
fn rfc_9864_ed25519_is_eddsa_by_another_name() {
    let old = key(Algorithm::EdDSA);
    let new = old.clone().with_algorithm(Algorithm::Ed25519).unwrap();
    let token = |key: &SigningKey, alg: &str| forge(key, &json!({ "alg": alg }), "{}");
    assert!(KeyRing::new(new.clone()).verify(&token(&new, "Ed25519")).is_ok());
    // RFC 8725 §3.1: one algorithm a key.
    assert!(KeyRing::new(new.clone()).verify(&token(&new, "EdDSA")).is_err());
    assert!(KeyRing::new(old.clone()).verify(&token(&old, "Ed25519")).is_err());
    assert_eq!(old.kid(), new.kid(), "the thumbprint has no alg");
}
