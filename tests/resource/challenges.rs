//! RFC 6750 §3, byte for byte.

use oauth_core::http::{HttpError, HttpsClient};
use oauth_core::prelude::*;
use oauth_core::resource::Challenge;
use oauth_core::time::UnixTime;
use serde_json::json;

use crate::world::{AUDIENCE, Api, Issuer, access_token, claims, key};

struct Example {
    issuer: String,
}

impl ResourceServer for Example {
    type HttpClient = HttpsClient;
    const ISSUER: oauth_core::token::Issuer = oauth_core::token::Issuer::Field;
    const CONFIG: ResourceConfig = ResourceConfig::new().audience("example").realm("example");

    fn http_client(&self) -> Result<HttpsClient, HttpError> {
        HttpsClient::new()
    }
    fn issuer(&self) -> Option<&str> {
        Some(&self.issuer)
    }
}

/// The answers of a path to a token with a scope.
struct World {
    api: Api,
    signing: SigningKey,
    issuer: Issuer,
}

impl World {
    async fn new() -> Self {
        let signing = key(Algorithm::ES256);
        let issuer = Issuer::signing(signing.clone()).await;
        let api = Api::start(Example { issuer: issuer.url.clone() }.into_resource().unwrap()).await;
        Self { api, signing, issuer }
    }

    fn token(&self, name: &str, value: serde_json::Value) -> String {
        let mut claims = claims(&self.issuer.url);
        claims["aud"] = json!("example");
        claims[name] = value;
        access_token(&self.signing, &claims)
    }

    async fn answers(&self, path: &str, authorization: &str, status: u16, challenge: &str) {
        let answer = self.api.get_with(path, authorization).await;
        assert_eq!((answer.status.as_u16(), answer.header("www-authenticate")), (status, challenge));
        assert_eq!(answer.headers.get_all("www-authenticate").iter().count(), 1);
        assert_eq!(answer.text(), "");
    }
}

/// §3.1: "If the request lacks any authentication information […], the resource server SHOULD NOT include an error code or
/// other error information."
#[tokio::test]
async fn no_credentials() {
    let world = World::new().await;
    for path in ["/any", "/read", "/both"] {
        world.answers(path, "", 401, r#"Bearer realm="example""#).await;
        // Those of another scheme are none of ours.
        world.answers(path, "Basic cm9ib3Q6c2VjcmV0", 401, r#"Bearer realm="example""#).await;
    }
    assert_eq!(world.issuer.asked("/jwks.json"), 0);
}

#[tokio::test]
async fn invalid_request() {
    let world = World::new().await;
    for authorization in ["Bearer", "Bearer ", "Bearer a b", "bearer a, Bearer b"] {
        let challenge = "Bearer realm=\"example\", error=\"invalid_request\", \
                         error_description=\"the Authorization header is malformed (RFC 6750 section 2.1)\"";
        world.answers("/read", authorization, 400, challenge).await;
    }
    let challenge = "Bearer realm=\"example\", error=\"invalid_request\", \
                     error_description=\"the access token is sent in more than one way (RFC 6750 section 2)\"";
    world.answers("/read?access_token=a", "Bearer a", 400, challenge).await;
    let challenge = "Bearer realm=\"example\", error=\"invalid_request\", error_description=\"the access token may not be in the \
                     query: send it in the Authorization header (RFC 9700 section 4.3.2)\"";
    world.answers("/read?access_token=a", "", 400, challenge).await;
}

/// §3's own example.
#[tokio::test]
async fn invalid_token() {
    let world = World::new().await;
    let expired = world.token("exp", json!(UnixTime::now().as_secs() - 3600));
    let challenge =
        r#"Bearer realm="example", error="invalid_token", error_description="the token has expired""#;
    world.answers("/read", &format!("Bearer {expired}"), 401, challenge).await;
}

#[tokio::test]
async fn insufficient_scope() {
    let world = World::new().await;
    let read = format!("Bearer {}", world.token("scope", json!("calendar.read")));
    let lacks = "Bearer realm=\"example\", error=\"insufficient_scope\", error_description=\"the access token lacks a scope\"";
    let both = format!("{lacks}, scope=\"calendar.read calendar.write\"");
    world.answers("/both", &read, 403, &both).await;
    // Of alternatives, the first would do.
    world.answers("/either", &read, 403, &format!("{lacks}, scope=\"calendar.write\"")).await;
    let none = format!("Bearer {}", world.token("scope", json!(null)));
    world.answers("/read", &none, 403, &format!("{lacks}, scope=\"calendar.read\"")).await;
    for (path, scope) in [
        ("/either", "admin"),
        ("/either", "calendar.write"),
        ("/both", "calendar.write calendar.read"),
        ("/any", "x"),
    ] {
        let token = world.token("scope", json!(scope));
        assert_eq!(world.api.get(path, &token).await.status, 200, "{path} {scope}");
    }
}

/// A public route tells callers apart, and refuses a bad token all the same.
#[tokio::test]
async fn an_optional_token() {
    let world = World::new().await;
    assert_eq!(world.api.get_with("/optional", "").await.text(), "nobody");
    assert_eq!(
        world.api.get("/optional", &world.token("sub", json!("alice"))).await.text(),
        "alice by robot"
    );
    assert_eq!(world.api.get("/optional", "bad").await.status, 401);
    assert_eq!(world.api.get("/optional", &world.token("scope", json!("admin"))).await.status, 403);
}

/// RFC 9728 §5.1; the audience is a resource identifier, and so the realm, too, by default.
#[tokio::test]
async fn resource_metadata() {
    struct Calendar;
    impl ResourceServer for Calendar {
        type HttpClient = HttpsClient;
        const ISSUER: oauth_core::token::Issuer =
            oauth_core::token::Issuer::Literal("https://auth.example.com");
        const CONFIG: ResourceConfig = ResourceConfig::new().audience(AUDIENCE);
        fn http_client(&self) -> Result<HttpsClient, HttpError> {
            HttpsClient::new()
        }
    }
    let api = Api::start(Calendar.into_resource().unwrap()).await;
    assert_eq!(
        api.get_with("/read", "").await.header("www-authenticate"),
        "Bearer realm=\"https://calendar.example.com\", \
         resource_metadata=\"https://calendar.example.com/.well-known/oauth-protected-resource\""
    );
}

/// Nothing breaks out of its quotes, whatever a realm or an error holds.
#[test]
fn quotes() {
    let challenge =
        Challenge::new("a\"b\\c\r\nd\u{e9}").refused(&Error::invalid_token("say \"hi\"\r\nSet-Cookie: a=b"));
    assert_eq!(
        challenge.to_string(),
        r#"Bearer realm="a?b?c??d?", error="invalid_token", error_description="say ?hi???Set-Cookie: a=b""#
    );
    assert!(challenge.header().is_some());
}

/// A failure of ours is no challenge.
#[test]
fn server_errors() {
    let challenge = Challenge::new("example").refused(&Error::server("the cause"));
    let response = challenge.to_response();
    assert_eq!((response.status().as_u16(), response.headers().len()), (500, 0));
}
