//! A login from the pushed request to the API.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Request as HttpRequest;
use oauth_core::jose::thumbprint;
use oauth_tests::ISSUER;
use serde_json::{Value, json};

use crate::world::World;

fn claims(token: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

fn header(token: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap()).unwrap()
}

#[tokio::test]
async fn what_the_profile_demands_is_on_without_being_said() {
    let metadata = World::new().await.app.get("/.well-known/oauth-authorization-server").await.json();
    assert_eq!(metadata["require_pushed_authorization_requests"], true);
    assert_eq!(metadata["token_endpoint_auth_methods_supported"], json!(["private_key_jwt"]));
    assert_eq!(metadata["introspection_endpoint_auth_methods_supported"], json!(["private_key_jwt"]));
    assert_eq!(metadata["response_types_supported"], json!(["code"]));
    assert_eq!(metadata["code_challenge_methods_supported"], json!(["S256"]));
    assert_eq!(metadata["authorization_response_iss_parameter_supported"], true);
    let algorithms = json!(["PS256", "ES256", "EdDSA", "Ed25519"]);
    assert_eq!(metadata["token_endpoint_auth_signing_alg_values_supported"], algorithms);
    assert_eq!(metadata["dpop_signing_alg_values_supported"], algorithms);
    assert_eq!(metadata["id_token_signing_alg_values_supported"], json!(["ES256"]));
}

#[tokio::test]
async fn a_login_yields_tokens_that_are_bound_and_a_refresh_token_that_stays() {
    let world = World::new().await;
    let pushed = world.push(&world.web, &[("state", "a state")]).await;
    assert_eq!((pushed.status.as_u16(), &pushed.json()["expires_in"]), (201, &json!(60)));
    let request_uri = pushed.member("request_uri");
    let back = world.app.authorize(&[("client_id", "web"), ("request_uri", &request_uri)]).await;
    // §5.3.2.2, no. 7 and 11; §5.2.3.
    assert_eq!((back.status.as_u16(), back.header("cache-control")), (303, "no-store"));
    assert!(back.header("strict-transport-security").starts_with("max-age="));
    let params = back.params();
    assert_eq!((params["iss"].as_str(), params["state"].as_str()), (ISSUER, "a state"));
    let tokens = world.redeem(&world.web, &params["code"], Some(&world.proof(&world.web))).await;
    assert_eq!(tokens.json()["token_type"], "DPoP", "{}", tokens.text());
    let (access, refresh) = (tokens.member("access_token"), tokens.member("refresh_token"));
    let jkt = thumbprint(&world.web.prover.public_jwk().unwrap()).unwrap();
    assert_eq!((&claims(&access)["cnf"]["jkt"], &header(&access)["alg"]), (&json!(jkt), &json!("ES256")));
    let id_token = tokens.member("id_token");
    assert_eq!((&claims(&id_token)["aud"], &header(&id_token)["alg"]), (&json!("web"), &json!("ES256")));
    assert_eq!(world.present("/me", &world.web, &access).await.text(), "alice");
    assert_eq!(world.present("/userinfo", &world.web, &access).await.json()["sub"], "alice");
    // The same token again, half a minute and an hour later; the answer repeats it.
    for seconds in [0, 31, 3600] {
        world.wait(seconds);
        let again = world.refresh(&world.web, &refresh).await;
        assert_eq!(
            (again.member("refresh_token"), &again.json()["token_type"]),
            (refresh.clone(), &json!("DPoP"))
        );
        assert_eq!(world.present("/me", &world.web, &again.member("access_token")).await.text(), "alice");
    }
}

/// RFC 9449 §5: refresh tokens of confidential clients are bound to nothing but the client, and each access token to the key of now.
#[tokio::test]
async fn a_client_may_prove_another_key_when_it_refreshes() {
    let mut world = World::new().await;
    let tokens = world.tokens(&world.web).await;
    world.web.prover = crate::client::Fintech::new("web").prover;
    let again = world.refresh(&world.web, &tokens.member("refresh_token")).await;
    assert_eq!(world.present("/me", &world.web, &again.member("access_token")).await.text(), "alice");
    let stolen = world.present("/me", &world.web, &tokens.member("access_token")).await;
    assert_eq!(stolen.status, 401);
}

#[tokio::test]
async fn a_client_gets_a_bound_token_for_itself() {
    let world = World::new().await;
    let form = [("grant_type", "client_credentials"), ("scope", "accounts")];
    world.post("/token", &world.web, None, &form).await.assert_error(400, "invalid_request");
    let token = world.post("/token", &world.web, Some(&world.proof(&world.web)), &form).await;
    assert_eq!(token.json()["token_type"], "DPoP", "{}", token.text());
}

#[tokio::test]
async fn a_stolen_token_is_worth_nothing_at_the_api() {
    let world = World::new().await;
    let access = world.tokens(&world.web).await.member("access_token");
    let thief = crate::client::Fintech::new("web");
    assert_eq!(world.present("/me", &thief, &access).await.status, 401);
    let bearer = HttpRequest::get("/me").header("authorization", format!("Bearer {access}"));
    assert_eq!(world.app.send(bearer, "").await.status, 401);
}

#[tokio::test]
async fn introspection_answers_clients_that_sign() {
    let world = World::new().await;
    let access = world.tokens(&world.web).await.member("access_token");
    let told = world.post("/introspect", &world.web, None, &[("token", &access)]).await.json();
    assert_eq!((&told["active"], &told["token_type"]), (&json!(true), &json!("DPoP")), "{told}");
}
