//! RFC 9728: what a resource advertises is what it does.

use axum::Router;
use axum::routing::{get, post};
use http::{Request as HttpRequest, StatusCode, header};
use oauth_core::error::Error;
use oauth_core::http::{HttpError, HttpsClient};
use oauth_core::prelude::*;
use oauth_core::resource::{BearerForm, ProtectedResource, ResourceMetadata, TokenValidator, ValidatedToken};
use oauth_tests::App;
use serde_json::{Value, json};

use crate::world::{AUDIENCE, Admin, Api, CalendarRead, CalendarWrite, Issuer, claims, key};

/// A resource in a process of its own, whose scopes are its server's.
struct Calendar {
    issuer: String,
}

impl ResourceServer for Calendar {
    type HttpClient = HttpsClient;
    const ISSUER: oauth_core::token::Issuer = oauth_core::token::Issuer::Field;
    const CONFIG: ResourceConfig = ResourceConfig::new().audience(AUDIENCE).scopes(&[
        CalendarRead::SCOPE,
        CalendarWrite::SCOPE,
        Admin::SCOPE,
    ]);

    fn http_client(&self) -> Result<HttpsClient, HttpError> {
        HttpsClient::new()
    }
    fn issuer(&self) -> Option<&str> {
        Some(&self.issuer)
    }
}

// A user's crate can rely on what the compiler knows.
const _: () = assert!(Calendar::METADATA.resource.is_some());
const _: () = assert!(Calendar::METADATA.bearer_methods.len() == 1);

/// The API of the resource, on loopback, and its document, found as a client finds it: by the challenge (§5).
async fn found() -> (Issuer, Api, String, Value) {
    let issuer = Issuer::signing(key(Algorithm::ES256)).await;
    let api = Api::start(Calendar { issuer: issuer.url.clone() }.into_resource().unwrap()).await;
    let refused = api.get_with("/any", "").await;
    let challenge = refused.header("www-authenticate").to_owned();
    let (_, rest) = challenge.split_once("resource_metadata=\"").unwrap_or_else(|| panic!("{challenge}"));
    let url = rest.split('"').next().unwrap();
    let path = url.strip_prefix(AUDIENCE).unwrap_or_else(|| panic!("{url}")).to_owned();
    let document = api.get_with(&path, "").await;
    assert_eq!(document.status, StatusCode::OK);
    let document = document.json();
    (issuer, api, path, document)
}

/// "the resource value returned MUST be identical to the protected resource's resource identifier value".
#[tokio::test]
async fn section_3_3_the_challenge_leads_to_the_resources_own_document() {
    let (_, _, _, document) = found().await;
    assert_eq!(document["resource"], AUDIENCE);
    assert_eq!(document["resource"].as_str(), Calendar::METADATA.resource);
}

#[tokio::test]
async fn section_2_every_advertised_authorization_server_is_there_and_knows_the_scopes() {
    let (issuer, api, _, document) = found().await;
    let servers = document["authorization_servers"].as_array().unwrap();
    assert_eq!(servers.len(), 1);
    let server = Api { url: servers[0].as_str().unwrap().to_owned() };
    let theirs = server.get_with("/.well-known/oauth-authorization-server", "").await;
    assert_eq!(theirs.status, StatusCode::OK);
    assert_eq!(theirs.json()["issuer"], document["authorization_servers"][0], "RFC 8414 §3.3");
    let known = theirs.json()["scopes_supported"].as_array().unwrap().clone();
    for scope in document["scopes_supported"].as_array().unwrap() {
        assert!(known.contains(scope), "{scope} can be had of the server");
        let token = issuer.token(scope.as_str().unwrap()).await;
        assert_eq!(api.get("/any", &token).await.status, StatusCode::OK, "{scope}");
    }
}

/// Nothing is routed that is not the document, and the document only below its own name.
#[tokio::test]
async fn section_3_1_no_other_path_is_routed() {
    let (_, api, path, _) = found().await;
    for other in [
        "/",
        "/.well-known",
        "/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration",
        "/.well-known/oauth-protected-resource/other",
        "/.well-known/oauth-protected-resource/",
        "/token",
        "/jwks.json",
    ] {
        assert_ne!(other, path);
        assert_eq!(api.get_with(other, "").await.status, StatusCode::NOT_FOUND, "{other}");
    }
}

/// Knows one token.
struct One;

impl TokenValidator for One {
    async fn validate(&self, token: &str) -> Result<ValidatedToken> {
        match claims("https://auth.example.com") {
            Value::Object(claims) if token == "good" => ValidatedToken::from_claims(claims),
            _ => Err(Error::invalid_token("the access token is unknown")),
        }
    }
}

#[tokio::test]
async fn section_2_the_advertised_methods_are_those_that_work() {
    for config in [
        ResourceConfig::new(),
        ResourceConfig::new().body_token(),
        ResourceConfig::new().danger_query_token(),
        ResourceConfig::new().body_token().danger_query_token(),
    ] {
        let config = config.resource(AUDIENCE);
        let resource = ProtectedResource::new(One, "https://auth.example.com", &config).unwrap();
        let document: Value = serde_json::from_slice(resource.metadata().unwrap()).unwrap();
        assert_eq!(document["bearer_methods_supported"], json!(ResourceMetadata::of(&config).bearer_methods));
        let app = App::over_router(
            Router::new()
                .route("/", get(async |_: Bearer<()>| ()))
                .route("/", post(async |_: BearerForm<()>| ()))
                .with_state(resource),
        );
        let header = HttpRequest::get("/").header(header::AUTHORIZATION, "Bearer good");
        let body = HttpRequest::post("/").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let query = HttpRequest::get("/?access_token=good");
        for (method, request, sent) in
            [("header", header, ""), ("body", body, "access_token=good"), ("query", query, "")]
        {
            let is_advertised =
                document["bearer_methods_supported"].as_array().unwrap().contains(&json!(method));
            let status = app.send(request, sent).await.status;
            assert_eq!(status == StatusCode::OK, is_advertised, "{method}: {status}");
        }
    }
}
