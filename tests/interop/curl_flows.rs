//! Every grant and endpoint with curl, as the RFCs show them.

use std::str::FromStr as _;

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};

use crate::browser::{encode, query_param};
use crate::curl::{Output, curl};
use crate::world::{WEB_CALLBACK, World};

/// RFC 7636 Appendix B.
const VERIFIER: &str = "code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// Alice lets a client have a code.
async fn code(world: &World, client_id: &str, redirect_uri: &str) -> String {
    let query = encode(&[
        ("response_type", "code"),
        ("client_id", client_id),
        ("redirect_uri", redirect_uri),
        ("state", "xyz"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]);
    let back = world.curl_alice_agrees(&world.url(&format!("/authorize?{query}"))).await;
    // RFC 9700 §4.12: after a POST it must be a 303, or the form goes on to the client.
    assert_eq!(back.status, 303, "{back:?}");
    let location = back.header("location");
    assert!(location.starts_with(redirect_uri), "{location}");
    assert_eq!(query_param(location, "state").as_deref(), Some("xyz"));
    assert_eq!(query_param(location, "iss").as_deref(), Some(world.issuer.as_str()));
    query_param(location, "code").expect("a code")
}

async fn redeem(world: &World, code: &str) -> Output {
    let (code, redirect_uri) = (format!("code={code}"), format!("redirect_uri={WEB_CALLBACK}"));
    world.curl_as_web("/token", &["grant_type=authorization_code", &code, &redirect_uri, VERIFIER]).await
}

fn text<'a>(json: &'a Value, name: &str) -> &'a str {
    json[name].as_str().unwrap_or_else(|| panic!("no {name} in {json}"))
}

async fn is_active(world: &World, token: &str) -> bool {
    let introspection = world.curl_as_web("/introspect", &[&format!("token={token}")]).await;
    assert_eq!(introspection.status, 200);
    introspection.assert_uncached_json();
    introspection.json()["active"] == true
}

#[tokio::test]
async fn authorization_code_then_refresh() {
    let world = World::start().await;

    let token = redeem(&world, &code(&world, "web", WEB_CALLBACK).await).await;
    assert_eq!(token.status, 200, "{token:?}");
    token.assert_uncached_json();
    let token = token.json();
    assert_eq!(token["token_type"], "Bearer");
    assert_eq!(token["expires_in"], 900);
    assert_eq!(token["scope"], "profile calendar");

    let refresh_token = format!("refresh_token={}", text(&token, "refresh_token"));
    let form = ["grant_type=refresh_token", &refresh_token, "scope=calendar"];
    let refreshed = world.curl_as_web("/token", &form).await;
    assert_eq!(refreshed.status, 200, "{refreshed:?}");
    refreshed.assert_uncached_json();
    let refreshed = refreshed.json();
    assert_eq!(refreshed["scope"], "calendar");
    assert_ne!(refreshed["refresh_token"], token["refresh_token"]);
}

/// RFC 8252 §7.3: a native application listens on whatever port it got.
#[tokio::test]
async fn a_public_client_on_a_loopback_port() {
    let world = World::start().await;
    let callback = "http://127.0.0.1:49152/callback";

    let code = format!("code={}", code(&world, "native", callback).await);
    let redirect_uri = format!("redirect_uri={callback}");
    let mut args = vec![];
    for pair in ["grant_type=authorization_code", "client_id=native", &code, &redirect_uri, VERIFIER] {
        args.extend(["--data-urlencode", pair]);
    }
    let url = world.url("/token");
    args.push(&url);
    let token = curl(&args).await;

    assert_eq!(token.status, 200, "{token:?}");
    assert!(token.json()["refresh_token"].is_string());
}

#[tokio::test]
async fn client_credentials_by_basic_and_by_post() {
    let world = World::start().await;
    let url = world.url("/token");

    let basic = world.curl_as_web("/token", &["grant_type=client_credentials", "scope=calendar"]).await;
    let secret = format!("client_secret={}", world.secret.expose());
    let form = [
        "-d",
        "grant_type=client_credentials",
        "-d",
        "scope=calendar",
        "-d",
        "client_id=poster",
        "-d",
        &secret,
    ];
    let post = curl(&[&form[..], &[&url]].concat()).await;

    for token in [basic, post] {
        assert_eq!(token.status, 200, "{token:?}");
        token.assert_uncached_json();
        let names: Vec<_> = token.json().as_object().unwrap().keys().cloned().collect();
        assert_eq!(names, ["access_token", "expires_in", "scope", "token_type"]);
    }
}

/// A resource server's library, with nothing but the metadata.
#[tokio::test]
async fn the_published_keys_verify_the_token() {
    let world = World::start().await;
    let token = redeem(&world, &code(&world, "web", WEB_CALLBACK).await).await.json();
    let token = text(&token, "access_token");

    let metadata = curl(&[&world.url("/.well-known/oauth-authorization-server")]).await;
    assert_eq!((metadata.status, metadata.header("content-type")), (200, "application/json"));
    let keys = curl(&[text(&metadata.json(), "jwks_uri")]).await;
    assert_eq!((keys.status, keys.header("content-type")), (200, "application/jwk-set+json"));

    let keys: JwkSet = serde_json::from_str(&keys.body).unwrap();
    let header = jsonwebtoken::decode_header(token).unwrap();
    assert_eq!(header.typ.as_deref(), Some("at+jwt"));
    let key = keys.find(&header.kid.unwrap()).expect("the key that signed is published");
    let mut validation = Validation::new(Algorithm::from_str("ES256").unwrap());
    validation.set_issuer(&[&world.issuer]);
    validation.validate_aud = false;
    let claims = jsonwebtoken::decode::<Value>(token, &DecodingKey::from_jwk(key).unwrap(), &validation)
        .unwrap()
        .claims;
    assert_eq!(claims["sub"], "alice-1");
    assert_eq!(claims["client_id"], "web");
    assert_eq!(claims["scope"], "profile calendar");
    assert_eq!(claims["tier"], 3);
}

#[tokio::test]
async fn the_metadata_names_what_is_there() {
    let world = World::start().await;

    let metadata = curl(&[&world.url("/.well-known/oauth-authorization-server")]).await.json();

    let methods = ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"];
    let algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"];
    assert_eq!(
        metadata,
        json!({
            "issuer": world.issuer,
            "authorization_endpoint": world.url("/authorize"),
            "token_endpoint": world.url("/token"),
            "revocation_endpoint": world.url("/revoke"),
            "introspection_endpoint": world.url("/introspect"),
            "jwks_uri": world.url("/jwks.json"),
            "scopes_supported": ["profile", "calendar"],
            "response_types_supported": ["code"],
            "response_modes_supported": ["query", "fragment", "form_post"],
            "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
            "token_endpoint_auth_methods_supported": methods,
            "token_endpoint_auth_signing_alg_values_supported": algorithms,
            "revocation_endpoint_auth_methods_supported": methods,
            "revocation_endpoint_auth_signing_alg_values_supported": algorithms,
            "introspection_endpoint_auth_methods_supported": methods[..3],
            "introspection_endpoint_auth_signing_alg_values_supported": algorithms,
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": true,
        })
    );
}

#[tokio::test]
async fn introspection_tells_what_a_token_is() {
    let world = World::start().await;
    let token = redeem(&world, &code(&world, "web", WEB_CALLBACK).await).await.json();

    let access_token = format!("token={}", text(&token, "access_token"));
    let introspection = world.curl_as_web("/introspect", &[&access_token]).await.json();
    assert_eq!(introspection["active"], true);
    assert_eq!(introspection["sub"], "alice-1");
    assert_eq!(introspection["client_id"], "web");
    assert_eq!(introspection["scope"], "profile calendar");
    assert_eq!(introspection["token_type"], "Bearer");
    assert_eq!(introspection["iss"], world.issuer);

    // RFC 7662 §2.2: nothing is told of a token that is not active.
    let unknown = world.curl_as_web("/introspect", &["token=unknown"]).await;
    assert_eq!((unknown.status, unknown.body.as_str()), (200, "{\"active\":false}"));
}

#[tokio::test]
async fn revoking_a_refresh_token_ends_its_access_token_too() {
    let world = World::start().await;
    let token = redeem(&world, &code(&world, "web", WEB_CALLBACK).await).await.json();
    let (access_token, refresh_token) = (text(&token, "access_token"), text(&token, "refresh_token"));
    assert!(is_active(&world, access_token).await);

    let form = [format!("token={refresh_token}"), "token_type_hint=refresh_token".to_owned()];
    let revoked = world.curl_as_web("/revoke", &[&form[0], &form[1]]).await;

    assert_eq!(revoked.status, 200, "{revoked:?}");
    assert!(!is_active(&world, access_token).await);
    assert!(!is_active(&world, refresh_token).await);
    let refresh_token = format!("refresh_token={refresh_token}");
    let refused = world.curl_as_web("/token", &["grant_type=refresh_token", &refresh_token]).await;
    assert_eq!((refused.status, text(&refused.json(), "error")), (400, "invalid_grant"));
    // RFC 7009 §2.2: an unknown token is no error.
    assert_eq!(world.curl_as_web("/revoke", &["token=unknown"]).await.status, 200);
}

/// RFC 6749 §4.1.2: "If an authorization code is used more than once, the authorization server MUST deny the request and
/// SHOULD revoke (when possible) all tokens previously issued based on that authorization code."
#[tokio::test]
async fn a_code_works_once_and_its_tokens_die_with_the_second_use() {
    let world = World::start().await;
    let code = code(&world, "web", WEB_CALLBACK).await;
    let token = redeem(&world, &code).await.json();

    let again = redeem(&world, &code).await;

    assert_eq!((again.status, text(&again.json(), "error")), (400, "invalid_grant"));
    again.assert_uncached_json();
    assert!(!is_active(&world, text(&token, "access_token")).await);
}
