//! The program of a user, as the documentation has it.

use oauth_core::prelude::*;
use oauth_tests::{App, basic, secret};

#[validator]
struct Accounts {
    #[store]
    store: SqliteStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "5m", self_contained)]
struct AccessTokens {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(grants(client_credentials), scopes("jobs"))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
}

#[tokio::test]
async fn a_token_is_issued_told_of_and_revoked() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("oauth.db")).await.unwrap();
    let client = Client::confidential("machine", &ClientSecret::new(secret()).unwrap());
    store.save_client(client.scope("jobs").danger_introspects_all().build().unwrap()).await.unwrap();
    let keys = KeyRing::new(SigningKey::generate(Algorithm::ES256).unwrap());
    let server = AuthServer { accounts: Accounts { store }, tokens: AccessTokens { keys } };
    let report = server.report();
    assert!(report.access_tokens_are_self_contained);
    let row = "self-contained, no store keeps them: who verifies them by keys alone takes a revoked one until it expires, 5m at most";
    assert!(report.to_string().contains(row), "{report}");
    let app = App::of(server);

    let token = app.post("/token", &basic("machine"), &[("grant_type", "client_credentials")]).await;
    let token = token.member("access_token");
    let introspect = async || app.post("/introspect", &basic("machine"), &[("token", &token)]).await.json();
    assert_eq!((&introspect().await["active"], &introspect().await["scope"]), (&true.into(), &"jobs".into()));
    assert_eq!(app.post("/revoke", &basic("machine"), &[("token", &token)]).await.status, 200);
    assert_eq!(introspect().await["active"], false);
}
