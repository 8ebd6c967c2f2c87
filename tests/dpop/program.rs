//! A user's program: the macros alone.

use oauth_core::binding::{DpopNonces, NonceKey};
use oauth_core::prelude::*;
use oauth_core::server::ServerConfig;
use oauth_tests::{App, Prover, basic, secret};

use crate::world::TOKEN;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(client_credentials),
    scopes("jobs"),
    issuer = "https://auth.example.com",
    dpop(nonces = "required")
)]
struct Machines {
    #[validator]
    accounts: Accounts,
    #[dpop_nonce_key]
    nonces: NonceKey,
}

#[authorization_server(grants(client_credentials), scopes("jobs"), issuer = "https://auth.example.com", dpop)]
struct Healing {
    #[validator]
    accounts: Accounts,
}

const REQUIRED: ServerConfig = <Machines as AuthorizationServer>::CONFIG;
const BARE: ServerConfig = <Healing as AuthorizationServer>::CONFIG;

#[tokio::test]
async fn a_server_of_the_macro_binds_tokens() {
    assert_eq!(REQUIRED.dpop.map(|dpop| dpop.nonces), Some(DpopNonces::Required));
    assert_eq!(BARE.dpop.map(|dpop| dpop.nonces), Some(DpopNonces::Healing));
    let store = MemoryStore::new();
    let secret = ClientSecret::new(secret()).unwrap();
    store.save_client(Client::confidential("machine", &secret).scope("jobs").build().unwrap()).await.unwrap();
    let accounts = Accounts { store };
    let app = App::of(Machines { accounts, nonces: NonceKey::random() });
    let prover = Prover::new();
    let ask = async |nonce: Option<&str>| {
        let draft = prover.draft("POST", TOKEN, oauth_core::time::UnixTime::now());
        let draft = nonce.into_iter().fold(draft, |draft, nonce| draft.claim("nonce", nonce));
        let request = http::Request::post("/token")
            .header("authorization", basic("machine"))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("dpop", draft.sign());
        app.send(request, "grant_type=client_credentials").await
    };
    let refused = ask(None).await;
    refused.assert_error(400, "use_dpop_nonce");
    assert_eq!(ask(Some(refused.header("dpop-nonce"))).await.json()["token_type"], "DPoP");
}
