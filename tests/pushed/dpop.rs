//! A proof at the endpoint binds the code, RFC 9449 §10.1.

use http::Request as HttpRequest;
use oauth_core::clock::Clock;
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_tests::{Alice, Answer, App, CHALLENGE, Prover, VERIFIER, clients};

const PUSH: &str = "https://auth.example.com/par";
const TOKEN: &str = "https://auth.example.com/token";
const CALLBACK: &str = "https://spa.example/cb";

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code),
    scopes("profile", "calendar"),
    issuer = "https://auth.example.com",
    dpop,
    pushed_authorization_requests
)]
struct Server {
    #[validator]
    accounts: Accounts,
    #[interaction]
    alice: Alice,
}

struct World {
    app: App,
    clock: Clock,
    prover: Prover,
}

impl World {
    async fn new() -> Self {
        let (store, clock) = (MemoryStore::new(), Clock::manual());
        for client in clients() {
            store.save_client(client).await.unwrap();
        }
        let server = Server { accounts: Accounts { store }, alice: Alice };
        let app = App::in_environment(server, Environment::new().clock(clock.clone()));
        Self { app, clock, prover: Prover::new() }
    }

    async fn post(&self, path: &str, proof: Option<&str>, form: &[(&str, &str)]) -> Answer {
        let request = HttpRequest::post(path).header("content-type", "application/x-www-form-urlencoded");
        let request = proof.into_iter().fold(request, |request, proof| request.header("dpop", proof));
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        self.app.send(request, form).await
    }

    async fn push(&self, proof: Option<&str>, further: &[(&str, &str)]) -> Answer {
        let form = [
            ("client_id", "spa"),
            ("response_type", "code"),
            ("redirect_uri", CALLBACK),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        self.post("/par", proof, &[&form, further].concat()).await
    }

    async fn redeem(&self, pushed: &Answer, prover: &Prover) -> Answer {
        let request_uri = pushed.member("request_uri");
        let params = [("client_id", "spa"), ("request_uri", request_uri.as_str())];
        let code = self.app.authorize(&params).await.params()["code"].clone();
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", "spa"),
            ("code", code.as_str()),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ];
        self.post("/token", Some(&prover.draft("POST", TOKEN, self.clock.now()).sign()), &form).await
    }

    fn proof(&self) -> String {
        self.prover.draft("POST", PUSH, self.clock.now()).sign()
    }
}

#[tokio::test]
async fn section_10_1_the_key_of_the_proof_redeems_the_code_and_no_other() {
    let world = World::new().await;
    let pushed = world.push(Some(&world.proof()), &[]).await;
    assert_eq!(pushed.status, 201, "{pushed:?}");
    world.redeem(&pushed, &Prover::new()).await.assert_error(400, "invalid_grant");
    let pushed = world.push(Some(&world.proof()), &[]).await;
    assert_eq!(world.redeem(&pushed, &world.prover).await.json()["token_type"], "DPoP");
}

#[tokio::test]
async fn section_10_1_a_proof_and_a_dpop_jkt_are_of_one_key() {
    let world = World::new().await;
    let (own, other) = (world.prover.jkt(), Prover::new().jkt());
    assert_eq!(world.push(Some(&world.proof()), &[("dpop_jkt", &own)]).await.status, 201);
    world.push(Some(&world.proof()), &[("dpop_jkt", &other)]).await.assert_error(400, "invalid_request");
}

#[tokio::test]
async fn a_proof_is_checked_and_good_for_one_request() {
    let world = World::new().await;
    let elsewhere = world.prover.draft("POST", TOKEN, world.clock.now()).sign();
    world.push(Some(&elsewhere), &[]).await.assert_error(400, "invalid_dpop_proof");
    let proof = world.proof();
    // A request that is refused uses nothing up.
    world.push(Some(&proof), &[("scope", "unknown")]).await.assert_error(400, "invalid_scope");
    assert_eq!(world.push(Some(&proof), &[]).await.status, 201);
    world.push(Some(&proof), &[]).await.assert_error(400, "invalid_dpop_proof");
}
