//! Clients that sign with their secrets, and servers that do not take signatures.

use oauth_core::prelude::*;
use oauth_tests::{App, basic, clients, secret};
use serde_json::{Value, json};

use super::world::{GRANT, World, claims, jwks, key, sign, token};

/// Knows the secrets of its clients.
#[validator(custom)]
struct Vault {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Vault {
    fn get_client_secret(&self, client: &Client, _: &mut Request) -> Result<Option<SecretString>> {
        Ok((client.client_id != "forgotten").then(|| SecretString::new(secret())))
    }
}

#[authorization_server(grants(client_credentials), scopes("jobs"), issuer = "https://auth.example.com")]
struct Secrets {
    #[validator]
    vault: Vault,
}

/// No `#[replay_ids]`: what is signed could be used twice.
#[validator]
struct WithoutReplayIds {
    #[clients]
    clients: MemoryStore,
    #[tokens]
    tokens: MemoryStore,
}

#[authorization_server(grants(client_credentials), scopes("jobs"), issuer = "https://auth.example.com")]
struct Forgetful {
    #[validator]
    accounts: WithoutReplayIds,
}

async fn with_secret_clients(store: &MemoryStore) {
    let secret = ClientSecret::new(secret()).unwrap();
    let client = |name: &str| {
        Client::confidential(name, &secret)
            .token_endpoint_auth_method(ClientAuthMethod::ClientSecretJwt)
            .scope("jobs")
    };
    for client in [
        client("mac"),
        client("forgotten"),
        client("fixed").token_endpoint_auth_signing_alg(Algorithm::HS256),
        Client::private_key_jwt("signer", jwks(&[&key(Algorithm::ES256)])).scope("jobs"),
    ] {
        store.save_client(client.build().unwrap()).await.unwrap();
    }
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
}

#[tokio::test]
async fn client_secret_jwt() {
    let store = MemoryStore::new();
    with_secret_clients(&store).await;
    let app = App::of(Secrets { vault: Vault { store } });
    let mac = |algorithm| SigningKey::hmac(secret(), algorithm).unwrap();
    let good = sign(&mac(Algorithm::HS256), &claims("mac"));
    assert_eq!(token(&app, &good).await.status, 200);
    token(&app, &good).await.assert_error(401, "invalid_client");
    let wrong = SigningKey::hmac([7; 32], Algorithm::HS256).unwrap();
    for (key, client, why) in [
        (wrong, "mac", "a wrong secret"),
        (mac(Algorithm::HS256), "forgotten", "the hook has no secret"),
        (mac(Algorithm::HS256), "machine", "a client that registered client_secret_basic"),
        (mac(Algorithm::HS256), "signer", "a client that registered private_key_jwt"),
        (mac(Algorithm::HS256), "nobody", "no client"),
        (key(Algorithm::ES256), "mac", "a key instead of the secret"),
    ] {
        let answer = token(&app, &sign(&key, &claims(client))).await;
        assert_eq!(answer.status, 401, "{why}");
        answer.assert_error(401, "invalid_client");
    }
    // The secret is not sent otherwise by a client that registered this.
    let form = [GRANT, ("client_id", "mac"), ("client_secret", secret())];
    app.post("/token", "", &form).await.assert_error(401, "invalid_client");
    app.post("/token", &basic("mac"), &[GRANT]).await.assert_error(401, "invalid_client");
}

#[tokio::test]
async fn what_is_not_offered_is_neither_advertised_nor_accepted() {
    const METADATA: &str = "/.well-known/oauth-authorization-server";
    const PREFIXES: [&str; 3] = ["token", "revocation", "introspection"];
    let asymmetric =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"].map(Value::from);
    let world = World::new().await;
    let json = world.app.get(METADATA).await.json();
    for prefix in PREFIXES {
        assert_eq!(json[format!("{prefix}_endpoint_auth_signing_alg_values_supported")], json!(asymmetric));
        let methods = json[format!("{prefix}_endpoint_auth_methods_supported")].to_string();
        assert!(methods.contains("private_key_jwt") && !methods.contains("client_secret_jwt"), "{methods}");
    }
    let json = App::of(Secrets { vault: Vault { store: MemoryStore::new() } }).get(METADATA).await.json();
    for prefix in PREFIXES {
        let methods = json[format!("{prefix}_endpoint_auth_methods_supported")].to_string();
        assert!(methods.contains("private_key_jwt") && methods.contains("client_secret_jwt"), "{methods}");
        let algorithms = json[format!("{prefix}_endpoint_auth_signing_alg_values_supported")].to_string();
        assert!(algorithms.contains("HS256") && algorithms.contains("RS256") && !algorithms.contains("none"));
    }
    let store = MemoryStore::new();
    with_secret_clients(&store).await;
    let signer = key(Algorithm::ES256);
    store
        .save_client(Client::private_key_jwt("signer", jwks(&[&signer])).scope("jobs").build().unwrap())
        .await
        .unwrap();
    let accounts = WithoutReplayIds { clients: store.clone(), tokens: store };
    let app = App::of(Forgetful { accounts });
    let json = app.get(METADATA).await.json();
    for prefix in PREFIXES {
        assert!(json.get(format!("{prefix}_endpoint_auth_signing_alg_values_supported")).is_none());
        assert!(!json[format!("{prefix}_endpoint_auth_methods_supported")].to_string().contains("jwt"));
    }
    token(&app, &sign(&signer, &claims("signer"))).await.assert_error(401, "invalid_client");
}

#[test]
fn registration_of_clients_that_sign() {
    let es256 = key(Algorithm::ES256);
    let set = jwks(&[&es256]);
    let refusal = |client: oauth_core::client::ClientBuilder| client.build().unwrap_err().to_string();
    let private =
        json!({"keys": [serde_json::from_str::<Value>(crate::rfc7515_jws::EC).unwrap()]}).to_string();
    for (client, says) in [
        (Client::private_key_jwt("a", "{"), "jwks is not JSON"),
        (Client::private_key_jwt("a", "[]"), "a JSON object with a list `keys`"),
        (Client::private_key_jwt("a", r#"{"keys":[]}"#), "no public key for signatures that is supported"),
        (Client::private_key_jwt("a", private), "holds a private or symmetric key"),
        (
            Client::private_key_jwt("a", &set).token_endpoint_auth_signing_alg(Algorithm::HS256),
            "cannot sign with HS256 for token_endpoint_auth_method `private_key_jwt`",
        ),
        (Client::public("a").token_endpoint_auth_method(ClientAuthMethod::PrivateKeyJwt), "no public key"),
        (
            Client::private_key_jwt("a", &set).token_endpoint_auth_method(ClientAuthMethod::ClientSecretJwt),
            "without a secret",
        ),
        (
            Client::confidential("a", &ClientSecret::generate())
                .token_endpoint_auth_method(ClientAuthMethod::PrivateKeyJwt)
                .jwks(&set),
            "with a secret: start it with Client::private_key_jwt",
        ),
    ] {
        let message = refusal(client);
        assert!(message.contains(says), "{message}");
    }
    // RFC 7591 names, and back.
    let client =
        Client::private_key_jwt("a", &set).token_endpoint_auth_signing_alg(Algorithm::ES256).build().unwrap();
    let json = serde_json::to_value(&client).unwrap();
    assert_eq!(json["token_endpoint_auth_method"], "private_key_jwt");
    assert_eq!(json["token_endpoint_auth_signing_alg"], "ES256");
    assert_eq!(json["jwks"], serde_json::from_str::<Value>(&set).unwrap());
    assert!(json.get("secret_hash").is_none());
    let read: Client = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), json);
    assert!(!client.is_public() && client.grant_types.contains(&GrantType::CLIENT_CREDENTIALS));
}
