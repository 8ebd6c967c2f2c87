//! Resources in another process than their server.

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use http::Request as HttpRequest;
use http_body_util::BodyExt as _;
use oauth_core::clock::Clock;
use oauth_core::http::{HttpClient, HttpError};
use oauth_core::prelude::*;
use oauth_core::server::{Environment, RunningServer};
use oauth_tests::{Answer, App, Draft, Prover, secret};
use serde_json::{Value, json};

use crate::world::{HEALING, Server, World, assert_refused, challenges, world};

/// The way to the server.
#[derive(Clone)]
struct Wire(RunningServer<Server<MemoryStore, HEALING>>);

impl HttpClient for Wire {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, HttpError> {
        let (parts, body) = self.0.respond(request.map(http_body_util::Full::new)).await.into_parts();
        Ok(http::Response::from_parts(parts, body.collect().await.unwrap().to_bytes()))
    }
}

#[resource_server(
    issuer = "https://auth.example.com",
    audience = "https://auth.example.com",
    resource = "https://api.example.com",
    jwks
)]
struct ByKeys {
    #[http_client]
    client: Wire,
}

#[resource_server(
    issuer = "https://auth.example.com",
    audience = "https://auth.example.com",
    resource = "https://api.example.com",
    introspection,
    dpop = "required"
)]
struct ByAsking {
    #[http_client]
    client: Wire,
    #[credentials]
    credentials: Credentials,
}

const EVENTS: &str = "https://api.example.com/events";

struct Api {
    world: World<MemoryStore, HEALING>,
    app: App,
    document: Value,
}

impl Api {
    async fn of<R: ResourceServer + 'static>(resource: impl Fn(Wire) -> R) -> Self {
        let world = world::<HEALING>().await;
        Self::with(world, &resource, |environment| environment)
    }

    fn with<R: ResourceServer + 'static>(
        world: World<MemoryStore, HEALING>,
        resource: &impl Fn(Wire) -> R,
        environment: impl Fn(Environment<R>) -> Environment<R>,
    ) -> Self {
        let clock: Clock = world.clock.clone();
        let resource = resource(Wire(world.server.clone()));
        let resource = resource.into_resource_in(environment(Environment::new().clock(clock))).unwrap();
        let document = serde_json::from_slice(resource.metadata().unwrap()).unwrap();
        let routes = Router::new()
            .route("/events", get(async |token: Bearer<()>| token.subject().unwrap_or("nobody").to_owned()))
            .with_state(resource);
        Self { world, app: App::over_router(routes), document }
    }

    fn proof(&self, token: &str) -> Draft<'_> {
        self.world.proof(EVENTS, token)
    }

    async fn get(&self, headers: &[(&str, &str)]) -> Answer {
        let request = HttpRequest::get("/events");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.app.send(request, "").await
    }

    async fn present(&self, token: &str, proof: &str) -> Answer {
        self.get(&[("authorization", &format!("DPoP {token}")), ("dpop", proof)]).await
    }
}

/// Whatever is right and wrong at every resource.
async fn assert_takes_bound_tokens(api: &Api) {
    let token = api.world.token().await;
    let proof = api.proof(&token).sign();
    let answer = api.present(&token, &proof).await;
    assert_eq!((answer.status.as_u16(), answer.text()), (200, "alice"), "{:?}", challenges(&answer));
    assert_refused(&api.present(&token, &proof).await, "invalid_dpop_proof");
    let other = Prover::new().draft("GET", EVENTS, api.world.now()).with_token(&token).sign();
    assert_eq!(api.present(&token, &other).await.status, 401);
    let elsewhere = api.world.proof("https://auth.example.com/events", &token).sign();
    assert_refused(&api.present(&token, &elsewhere).await, "invalid_dpop_proof");
    assert_eq!(api.get(&[("authorization", &format!("Bearer {token}"))]).await.status, 401);
    // Nonces are the server's, with which it may share an origin.
    let with_nonce = api.proof(&token).claim("nonce", "the server's").sign();
    assert_eq!(api.present(&token, &with_nonce).await.status, 200);
    let stale = api.proof(&token).claim("iat", api.world.now().as_secs() - 3600).sign();
    let answer = api.present(&token, &stale).await;
    assert_refused(&answer, "invalid_dpop_proof");
    assert!(answer.header("dpop-nonce").is_empty());
    assert_eq!(api.document["dpop_signing_alg_values_supported"][0], "ES256");
}

#[tokio::test]
async fn a_resource_that_verifies_by_keys_takes_bound_tokens() {
    let api = Api::of(|client| ByKeys { client }).await;
    assert_takes_bound_tokens(&api).await;
    let code = api.world.code("web", &[]).await;
    let plain = api.world.redeem("web", &code, &[]).await.member("access_token");
    assert_eq!(api.get(&[("authorization", &format!("Bearer {plain}"))]).await.status, 200);
    assert!(api.document.get("dpop_bound_access_tokens_required").is_none());
}

/// The resource knows the token by then, and no proof of it.
#[tokio::test]
async fn a_dpop_proof_is_asked_for_each_time() {
    let api = Api::of(|client| ByKeys { client }).await;
    let token = api.world.token().await;
    let first = api.proof(&token).sign();
    assert_eq!(api.present(&token, &first).await.status, 200);
    for _ in 0..2 {
        assert_refused(&api.present(&token, &first).await, "invalid_dpop_proof");
        let other = Prover::new().draft("GET", EVENTS, api.world.now()).with_token(&token).sign();
        assert_eq!(api.present(&token, &other).await.status, 401);
        for scheme in ["DPoP", "Bearer"] {
            assert_eq!(api.get(&[("authorization", &format!("{scheme} {token}"))]).await.status, 401);
        }
        assert_eq!(api.present(&token, &api.proof(&token).sign()).await.status, 200);
    }
}

#[tokio::test]
async fn a_resource_that_introspects_may_take_only_bound_tokens() {
    let api = Api::of(|client| ByAsking { client, credentials: Credentials::new("web", secret()) }).await;
    assert_takes_bound_tokens(&api).await;
    let code = api.world.code("web", &[]).await;
    let plain = api.world.redeem("web", &code, &[]).await.member("access_token");
    let refused = api.get(&[("authorization", &format!("Bearer {plain}"))]).await;
    assert_refused(&refused, "invalid_token");
    let nobody = api.get(&[]).await;
    assert!(challenges(&nobody).len() == 1 && challenges(&nobody)[0].starts_with("DPoP "));
    assert_eq!(api.document["dpop_bound_access_tokens_required"], json!(true));
}

/// Instances may share the memory of identifiers.
#[tokio::test]
async fn instances_of_an_api_share_identifiers_by_a_store() {
    let shared = MemoryStore::new();
    let start = |world| Api::with(world, &|client| ByKeys { client }, |it| it.replay_ids(shared.clone()));
    let (one, two) = (start(world::<HEALING>().await), start(world::<HEALING>().await));
    let token = one.world.token().await;
    let proof = one.proof(&token).sign();
    assert_eq!(one.present(&token, &proof).await.status, 200);
    assert_refused(&two.present(&token, &proof).await, "invalid_dpop_proof");
}
