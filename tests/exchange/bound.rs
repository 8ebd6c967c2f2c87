//! Subject tokens that are bound to a key (RFC 9449): who holds the key exchanges them, and whom they are meant for.

use oauth_core::clock::Clock;
use oauth_core::grant::token_exchange::{ExchangeApproval, TokenExchangePolicy, TokenExchangeRequest};
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_tests::{Answer, App, Prover, basic, secret};

const TOKEN: &str = "https://auth.example.com/token";

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
        request.claims.insert("aud", (client_id == "caller").then_some("gateway"))
    }
}

impl TokenExchangePolicy for Accounts {
    async fn may_exchange(&self, _: &TokenExchangeRequest, _: &Request) -> Result<ExchangeApproval> {
        Ok(ExchangeApproval::delegation())
    }
}

#[authorization_server(
    grants(client_credentials, token_exchange),
    scopes("calendar"),
    issuer = "https://auth.example.com",
    dpop
)]
struct Server {
    #[validator]
    accounts: Accounts,
}

struct World {
    app: App,
    clock: Clock,
    prover: Prover,
}

impl World {
    async fn new() -> Self {
        let store = MemoryStore::new();
        let secret = ClientSecret::new(secret()).unwrap();
        for id in ["machine", "caller", "gateway", "thief"] {
            let client = Client::confidential(id, &secret)
                .grant_type(GrantType::CLIENT_CREDENTIALS)
                .grant_type(GrantType::TOKEN_EXCHANGE)
                .scope("calendar");
            store.save_client(client.build().unwrap()).await.unwrap();
        }
        let clock = Clock::manual();
        let server = Server { accounts: Accounts { store } };
        let app = App::in_environment(server, Environment::new().clock(clock.clone()));
        Self { app, clock, prover: Prover::new() }
    }

    /// A token request of a client, with a proof of this key.
    async fn ask(&self, client: &str, prover: Option<&Prover>, form: &[(&str, &str)]) -> Answer {
        let proof = prover.map(|prover| prover.draft("POST", TOKEN, self.clock.now()).sign());
        let request = http::Request::post("/token")
            .header("authorization", basic(client))
            .header("content-type", "application/x-www-form-urlencoded");
        let request = proof.into_iter().fold(request, |request, proof| request.header("dpop", proof));
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        self.app.send(request, body).await
    }

    /// A token of a client that is bound to the key.
    async fn bound(&self, client: &str) -> String {
        let form = [("grant_type", "client_credentials")];
        let answer = self.ask(client, Some(&self.prover), &form).await;
        assert_eq!(answer.json()["token_type"], "DPoP", "{answer:?}");
        answer.member("access_token")
    }

    async fn exchange(&self, client: &str, prover: Option<&Prover>, token: &str) -> Answer {
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
            ("subject_token", token),
            ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
        ];
        self.ask(client, prover, &form).await
    }
}

#[tokio::test]
async fn whoever_proves_the_key_exchanges_the_token() {
    let world = World::new().await;
    let token = world.bound("machine").await;
    let answer = world.exchange("machine", Some(&world.prover), &token).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["token_type"]), (200, &"DPoP".into()), "{answer:?}");
}

#[tokio::test]
async fn attack_a_bound_token_is_exchanged_without_its_key() {
    let world = World::new().await;
    let token = world.bound("machine").await;
    let other = Prover::new();
    for client in ["machine", "thief"] {
        for prover in [None, Some(&other)] {
            world.exchange(client, prover, &token).await.assert_error(400, "invalid_request");
        }
    }
}

#[tokio::test]
async fn whom_it_is_meant_for_needs_no_proof_of_the_callers_key() {
    let world = World::new().await;
    let token = world.bound("caller").await;
    let answer = world.exchange("gateway", None, &token).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["token_type"]), (200, &"Bearer".into()), "{answer:?}");
    world.exchange("thief", None, &token).await.assert_error(400, "invalid_request");
}
