//! §2: the pushed authorization request endpoint.

use http::{Request as HttpRequest, header};
use oauth_core::jose::JwtType;
use oauth_core::prelude::*;
use oauth_tests::{CHALLENGE, ISSUER, Role, SignNow as _, basic};
use serde_json::json;

use crate::world::{CALLBACK, World, form, hooked, redeem};

#[tokio::test]
async fn section_2_2_a_request_uri_comes_with_201() {
    let world = World::new().await;
    let answer = world.push(&[]).await;
    assert_eq!(answer.status, 201);
    assert_eq!((answer.header("cache-control"), answer.header("pragma")), ("no-store", "no-cache"));
    let json = answer.json();
    assert_eq!(json["expires_in"], 60, "a number");
    let request_uri = json["request_uri"].as_str().unwrap();
    let reference = request_uri.strip_prefix("urn:ietf:params:oauth:request_uri:").unwrap();
    assert_eq!(reference.len(), 43, "256 bits");
    assert_eq!(json.as_object().unwrap().len(), 2);
    assert_ne!(world.pushed().await, request_uri);
}

#[tokio::test]
async fn section_4_client_id_and_request_uri_are_enough() {
    let world = World::new().await;
    let answer = world.load("web", &world.pushed().await).await;
    let params = answer.params();
    assert!(answer.location().to_string().starts_with(CALLBACK));
    assert_eq!((params["state"].as_str(), params["iss"].as_str()), ("s t", ISSUER));
    let tokens = redeem(&world.app, &answer).await;
    assert_eq!((tokens.status.as_u16(), tokens.member("scope").as_str()), (200, "profile"));
}

#[tokio::test]
async fn section_2_clients_authenticate_as_at_the_token_endpoint() {
    let world = World::new().await;
    for authorization in ["", "Basic d2ViOndyb25n", "Bearer web"] {
        world.app.post("/par", authorization, &form(&[])).await.assert_error(401, "invalid_client");
    }
    let secret = oauth_tests::secret();
    let post = form(&[
        ("client_id", "post"),
        ("client_secret", secret),
        ("redirect_uri", "https://post.example/cb?keep=1"),
    ]);
    let answer = world.app.post("/par", "", &post).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    // RFC 6749 §2.3.1: credentials are in no query.
    let query = world.app.post(&format!("/par?client_id=post&client_secret={secret}"), "", &form(&[])).await;
    query.assert_error(400, "invalid_request");
}

#[tokio::test]
async fn section_2_1_a_public_client_says_who_it_is() {
    let world = World::new().await;
    let spa = [("client_id", "spa"), ("redirect_uri", "https://spa.example/cb")];
    let answer = world.app.post("/par", "", &form(&spa)).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let answer = world.load("spa", &answer.member("request_uri")).await;
    assert!(answer.location().to_string().starts_with("https://spa.example/cb?"));
    // A confidential client is not public because it says no more.
    let web = world.app.post("/par", "", &form(&[("client_id", "web")])).await;
    web.assert_error(401, "invalid_client");
}

#[tokio::test]
async fn section_2_1_what_the_authorization_endpoint_refuses_is_refused() {
    let world = World::new().await;
    for (more, code) in [
        (("redirect_uri", "https://evil.example/cb"), "invalid_request"),
        (("code_challenge", ""), "invalid_request"),
        (("code_challenge_method", "plain"), "invalid_request"),
        (("code_challenge", "short"), "invalid_request"),
        (("response_type", ""), "invalid_request"),
        (("response_type", "token"), "unsupported_response_type"),
        (("scope", "profile unknown"), "invalid_scope"),
        (("scope", "jobs"), "invalid_scope"),
        (("response_mode", "smoke"), "invalid_request"),
        (("prompt", "none login"), "invalid_request"),
        (("max_age", "soon"), "invalid_request"),
    ] {
        let answer = world.push(&[more]).await;
        answer.assert_error(400, code);
    }
    let machine = world.app.post("/par", &basic("machine"), &form(&[])).await;
    machine.assert_error(400, "invalid_request");
    let several = world.app.post("/par", &basic("two"), &form(&[("redirect_uri", "")])).await;
    several.assert_error(400, "invalid_request");
}

#[tokio::test]
async fn section_2_1_request_uri_is_not_pushed() {
    let world = World::new().await;
    let earlier = world.pushed().await;
    for request_uri in [earlier.as_str(), "https://web.example/request.jwt"] {
        world.push(&[("request_uri", request_uri)]).await.assert_error(400, "invalid_request");
    }
    let answer = world.load("web", &earlier).await;
    assert!(answer.params().contains_key("code"), "and nothing was used up");
}

/// §3: what is signed would count alone, so it cannot be passed over.
#[tokio::test]
async fn section_3_a_request_object_is_refused() {
    let world = World::new().await;
    world.push(&[("request", "e30.e30.")]).await.assert_error(400, "request_not_supported");
}

#[tokio::test]
async fn section_2_3_errors_are_json_and_never_redirect() {
    let world = World::new().await;
    let get = world.app.get("/par?client_id=web").await;
    assert_eq!((get.status.as_u16(), get.header("allow")), (405, "POST"));
    let request = HttpRequest::post("/par")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, basic("web"))
        .header(header::ACCEPT, "*/*");
    world.app.send(request, "{}").await.assert_error(400, "invalid_request");
    let large = world.push(&[("ticket", &"x".repeat(70_000))]).await;
    assert_eq!((large.status.as_u16(), large.member("error").as_str()), (413, "invalid_request"));
    world.push(&[("ticket", &"x".repeat(17_000))]).await.assert_error(400, "invalid_request");
    let twice = world.app.post("/par", &basic("web"), &[form(&[]), vec![("state", "again")]].concat()).await;
    twice.assert_error(400, "invalid_request");
}

#[tokio::test]
async fn a_client_does_not_push_for_another() {
    let world = World::new().await;
    world.push(&[("client_id", "other")]).await.assert_error(400, "invalid_request");
    assert_eq!(world.push(&[("client_id", "web")]).await.status, 201);
}

/// Its assertion is good for another attempt, until one succeeds.
#[tokio::test]
async fn an_assertion_is_used_up_last() {
    let world = World::new().await;
    let key = SigningKey::generate(Algorithm::ES256).unwrap();
    let jwks = json!({ "keys": [key.public_jwk()] }).to_string();
    let signer = Client::private_key_jwt("signer", jwks).redirect_uri(CALLBACK).scope("profile");
    world.store.save_client(signer.build().unwrap()).await.unwrap();
    let now = world.clock.now().as_secs();
    let claims = json!({ "iss": "signer", "sub": "signer", "aud": ISSUER, "jti": "once", "iat": now, "exp": now + 60 });
    let assertion = key.jwt(JwtType::Jwt, &claims);
    let push = async |more: &[(&str, &str)]| {
        let assertion = [
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion.as_str()),
        ];
        world.app.post("/par", "", &[form(more), assertion.to_vec()].concat()).await
    };
    push(&[("redirect_uri", "https://evil.example/cb")]).await.assert_error(400, "invalid_request");
    push(&[("scope", "unknown")]).await.assert_error(400, "invalid_scope");
    let answer = push(&[]).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(push(&[]).await.status, 401, "it was used");
    let answer = world.load("signer", &answer.member("request_uri")).await;
    assert!(answer.params().contains_key("code"));
}

#[tokio::test]
async fn hooks_see_what_was_pushed() {
    let app = hooked().await;
    let push = async |more: &[(&str, &str)]| app.post("/par", &basic("web"), &form(more)).await;
    push(&[("scope", "calendar")]).await.assert_error(400, "invalid_request");
    let request_uri = push(&[("scope", "calendar"), ("ticket", "7")]).await.member("request_uri");
    let answer = app.authorize(&[("client_id", "web"), ("request_uri", &request_uri)]).await;
    assert!(answer.params().contains_key("code"), "{:?}", answer.params());
}

#[tokio::test]
async fn a_store_that_fails_is_no_answer() {
    let world = World::new().await;
    let request_uri = world.pushed().await;
    world.store.fail(Role::PushedRequests);
    let answer = world.push(&[]).await;
    assert!(answer.status.is_server_error() && !answer.text().contains(oauth_tests::CAUSE));
    let answer = world.load("web", &request_uri).await;
    assert!(answer.status.is_server_error() && !answer.text().contains("invalid_request_uri"));
    world.store.fail(Role::None);
    assert!(world.load("web", &request_uri).await.params().contains_key("code"), "and it is still good");
}

/// A script of an origin that a client registered pushes, too.
#[tokio::test]
async fn pages_of_clients_push_across_origins() {
    let world = World::new().await;
    for (origin, allowed) in [("https://spa.example", "https://spa.example"), ("https://evil.example", "")] {
        let preflight = HttpRequest::options("/par")
            .header(header::ORIGIN, origin)
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST");
        let answer = world.app.send(preflight, "").await;
        assert_eq!(answer.header("access-control-allow-origin"), allowed);
        let request = HttpRequest::post("/par")
            .header(header::ORIGIN, origin)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let body = format!(
            "client_id=spa&response_type=code&redirect_uri=https://spa.example/cb&code_challenge={CHALLENGE}\
             &code_challenge_method=S256"
        );
        let answer = world.app.send(request, body).await;
        assert_eq!((answer.status.as_u16(), answer.header("access-control-allow-origin")), (201, allowed));
    }
}
