//! npm `openid-client` against a server of the FAPI 2.0 Security Profile.

use std::path::{Path, PathBuf};

use oauth_core::client::ClientMetadata;
use oauth_core::prelude::*;
use serde_json::Value;
use tokio::net::TcpListener;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = self.issuer, algorithm = "ES256")]
struct AccessTokens {
    issuer: String,
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(
    profile = "fapi2",
    grants(authorization_code, refresh_token, client_credentials),
    scopes("openid", "accounts" = "See your accounts"),
    dpop(nonces = "required")
)]
struct Bank {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
    #[interaction]
    pages: LoginPages,
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("interop").join(name)
}

/// An entry of a file of the provider's.
fn entry(name: &str, member: &str, value: &str) -> Value {
    let all: Value = serde_json::from_slice(&std::fs::read(file(name)).unwrap()).unwrap();
    all.as_array().unwrap().iter().find(|entry| entry[member] == value).unwrap().clone()
}

/// The client `signer` and the user Alice of the provider.
async fn accounts() -> Accounts {
    let store = MemoryStore::new();
    let mut signer = entry("provider/clients.json", "client_id", "signer");
    signer["scope"] = "openid accounts".into();
    let metadata: ClientMetadata = serde_json::from_value(signer).unwrap();
    store.save_client(metadata.into_builder("signer", None).unwrap().build().unwrap()).await.unwrap();
    let alice = entry("provider/users.json", "username", "alice");
    let user = User::new("alice-1", "alice").with_password(alice["password"].as_str().unwrap()).unwrap();
    store.save_user(user).await.unwrap();
    Accounts { store }
}

#[tokio::test(flavor = "multi_thread")]
async fn openid_client() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    let keys = KeyRing::new(SigningKey::generate(Algorithm::ES256).unwrap());
    let tokens = AccessTokens { issuer: issuer.clone(), keys };
    let bank = Bank { accounts: accounts().await, tokens, pages: LoginPages::new() };
    let server = tokio::spawn(axum::serve(listener, bank.into_router().unwrap()).into_future());
    let mut node = oauth_tests::node();
    let node = node.arg(file("fapi2.mjs")).arg(issuer).output();
    let output = tokio::task::block_in_place(move || node).unwrap();
    server.abort();
    let (said, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}\n{errors}");
    let works = ["discovery", "pushed request, login and userinfo", "a refresh token that stays", "refusals"];
    assert_eq!(said.lines().collect::<Vec<_>>(), works, "{errors}");
}
