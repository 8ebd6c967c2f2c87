//! An API elsewhere, which verifies by keys alone: it sees a revocation when the token expires, and that is said.

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use http::Request as HttpRequest;
use oauth_core::http::{HttpClient, HttpError};
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_tests::{Answer, App};

use crate::world::{InMemory, Pairwise, Provider, World};

/// The way to the server.
#[derive(Clone)]
struct Wire(App);

impl HttpClient for Wire {
    async fn send(&self, request: HttpRequest<Bytes>) -> Result<http::Response<Bytes>, HttpError> {
        let (parts, body) = request.into_parts();
        let request = HttpRequest::builder().method(parts.method).uri(parts.uri);
        let Answer { status, headers, body } = self.0.send(request, body).await;
        let mut response = http::Response::new(body);
        (*response.status_mut(), *response.headers_mut()) = (status, headers);
        Ok(response)
    }
}

#[resource_server(
    issuer = "https://auth.example.com",
    audience = "https://auth.example.com",
    leeway = "0s",
    jwks
)]
struct Elsewhere {
    #[http_client]
    client: Wire,
}

async fn elsewhere<P: Provider<Store = MemoryStore>>(world: &World<P>, client_id: &str) {
    let api = Elsewhere { client: Wire(world.app.clone()) };
    let api = api.into_resource_in(Environment::new().clock(world.shared.clock.clone())).unwrap();
    let show = async |token: Bearer<()>| token.subject().unwrap_or_default().to_owned();
    let api = App::over_router(Router::new().route("/", get(show)).with_state(api));
    let present = async |token: &str| {
        let request = HttpRequest::get("/").header("authorization", format!("Bearer {token}"));
        api.send(request, "").await
    };
    let token = world.tokens(client_id).await.member("access_token");
    let answer = present(&token).await;
    assert_eq!(answer.status, 200, "it is a JWT as any other: {}", answer.text());
    assert_eq!(answer.text() == "alice", client_id == "web");
    world.revoke(client_id, &token).await;
    assert!(!world.is_alive(&token).await);
    assert_eq!(present(&token).await.status, 200, "nobody told it");
    world.wait(599);
    assert_eq!(present(&token).await.status, 200);
    world.wait(1);
    assert_eq!(present(&token).await.status, 401);
}

#[tokio::test]
async fn a_verifier_by_keys_takes_a_revoked_token_until_it_expires() {
    elsewhere(&InMemory::new().await, "web").await;
}

#[tokio::test]
async fn a_sealed_token_is_verified_elsewhere_as_any_other() {
    elsewhere(&Pairwise::new().await, "pair-a").await;
}
