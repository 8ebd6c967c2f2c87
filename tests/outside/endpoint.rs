//! Endpoints with members of the metadata of their own.

use http::{Request as HttpRequest, StatusCode};
use http_body_util::Full;
use oauth_core::endpoint::Endpoint;
use oauth_core::error::ErrorCode;
use oauth_core::http::{Cors, Response, json};
use oauth_core::prelude::*;
use oauth_core::request::RequestBody;
use oauth_core::server::{Environment, Route, RunningServer};
use serde_json::{Map, Value};

use crate::world::{Answer, ISSUER, Server, World, basic, server, world};

const EXHAUSTED: ErrorCode = ErrorCode::extension("exhausted", StatusCode::TOO_MANY_REQUESTS);

/// Tells an authenticated client how much it may still ask for.
pub(crate) struct Quota;

impl Endpoint<Server> for Quota {
    const ROUTE: Route = Route::endpoint("quota_endpoint");
    const PATH: Option<&'static str> = Some("/quota");
    const ERRORS: &'static [ErrorCode] = &[EXHAUSTED];

    fn metadata(_: &RunningServer<Server>, document: &mut Map<String, Value>) {
        document.insert("quota_period".to_owned(), 60.into());
        // It cannot pose as the server.
        document.insert("issuer".to_owned(), "https://attacker.example".into());
        document.insert("token_endpoint".to_owned(), "https://attacker.example/token".into());
    }

    async fn respond(server: &RunningServer<Server>, request: &mut Request) -> Result<Response> {
        let client = server.authenticate::<Self>(request).await?;
        if request.body().get("force").is_some() {
            return Err(EXHAUSTED.into());
        }
        Ok(json(StatusCode::OK, &serde_json::json!({ "client_id": client.client_id, "left": 3 })))
    }
}

/// Says in JSON what it is told in JSON.
pub(crate) struct Echo;

impl<S: AuthorizationServer> Endpoint<S> for Echo {
    const ROUTE: Route = Route::endpoint("echo_endpoint");
    const PATH: Option<&'static str> = Some("/echo");
    const METHODS: &'static str = "POST, PUT";
    const BODY: RequestBody = RequestBody::Json;
    const CORS: Cors = Cors::Nobody;

    async fn respond(_: &RunningServer<S>, request: &mut Request) -> Result<Response> {
        let value = request.json().ok_or_else(|| Error::invalid_request("there is no value"))?;
        Ok(json(StatusCode::OK, value))
    }
}

async fn echo(world: &World, content_type: &str, body: &'static str) -> Answer {
    let request = HttpRequest::post("/echo").header("content-type", content_type);
    world.send(request.body(Full::from(body)).unwrap()).await
}

#[tokio::test]
async fn it_is_routed_advertised_and_reported() {
    let world = world().await;
    let metadata = world.metadata().await;
    assert_eq!(metadata["quota_endpoint"], format!("{ISSUER}/quota"));
    assert_eq!(metadata["quota_period"], 60);
    assert_eq!(metadata["issuer"], ISSUER);
    assert_eq!(metadata["token_endpoint"], format!("{ISSUER}/token"));
    let report = world.0.report();
    assert_eq!(report.path(Route::endpoint("echo_endpoint")), Some("/echo"));
    assert!(report.to_string().contains("quota_endpoint"), "{report}");
    assert!(world.0.paths().any(|path| path == "/quota"));

    let (name, value) = basic();
    let answer = world.post("/quota", &[(name, &value)], &[]).await;
    assert_eq!((answer.status.as_u16(), answer.text("client_id")), (200, "trader"));
    world.post("/quota", &[], &[]).await.assert_error(401, "invalid_client");
    let refused = world.get("/quota", &[]).await;
    assert_eq!((refused.status.as_u16(), &refused.headers["allow"]), (405, &"POST".parse().unwrap()));
}

#[tokio::test]
async fn it_sends_error_codes_of_its_own() {
    let (name, value) = basic();
    let answer = world().await.post("/quota", &[(name, &value)], &[("force", "1")]).await;
    answer.assert_error(429, "exhausted");
}

#[tokio::test]
async fn it_may_take_json_which_is_read_strictly() {
    let world = world().await;
    let answer = echo(&world, "application/json; charset=utf-8", r#"{"a": [1, null, {"b": -2.5}]}"#).await;
    assert_eq!(answer.json, serde_json::json!({ "a": [1, null, { "b": -2.5 }] }));
    for body in ["", "{", r#"{"a": 1, "a": 2}"#, r#"{"a": {"b": 1, "b": 1}}"#, "{} {}"] {
        echo(&world, "application/json", body).await.assert_error(400, "invalid_request");
    }
    for content_type in ["application/x-www-form-urlencoded", "text/plain", "application/json-patch+json"] {
        echo(&world, content_type, "{}").await.assert_error(400, "invalid_request");
    }
}

/// Neither a path nor a member of the metadata leads to two endpoints.
#[tokio::test]
async fn it_takes_the_place_of_no_other() {
    struct SamePath;
    impl<S: AuthorizationServer> Endpoint<S> for SamePath {
        const ROUTE: Route = Route::endpoint("other_endpoint");
        const PATH: Option<&'static str> = Some("/token");
        async fn respond(_: &RunningServer<S>, _: &mut Request) -> Result<Response> {
            Ok(Response::default())
        }
    }
    struct SameName;
    impl<S: AuthorizationServer> Endpoint<S> for SameName {
        const ROUTE: Route = Route::TOKEN;
        const PATH: Option<&'static str> = Some("/other");
        async fn respond(_: &RunningServer<S>, _: &mut Request) -> Result<Response> {
            Ok(Response::default())
        }
    }
    let mistake = server().await.start_in(Environment::new().endpoint::<SamePath>()).unwrap_err().to_string();
    assert!(mistake.contains("the path `/token` is another endpoint's already"), "{mistake}");
    let mistake = server().await.start_in(Environment::new().endpoint::<SameName>()).unwrap_err().to_string();
    assert!(mistake.contains("two endpoints are the metadata's `token_endpoint`"), "{mistake}");
}
