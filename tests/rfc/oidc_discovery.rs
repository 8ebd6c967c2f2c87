//! OIDC Discovery §3 and §4.

use http::StatusCode;
use oauth_tests::App;
use serde_json::{Value, json};

use crate::oidc_op::{ISSUER, World};

const PATH: &str = "/tenant/.well-known/openid-configuration";

#[tokio::test]
async fn section_3_the_document() {
    let world = World::new().await;
    let answer = world.app.get(PATH).await;
    assert_eq!(answer.status, StatusCode::OK, "§4: the path comes after that of the issuer");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let document = answer.json();
    let expected = json!({
        "issuer": ISSUER,
        "jwks_uri": format!("{ISSUER}/jwks.json"),
        "userinfo_endpoint": format!("{ISSUER}/userinfo"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public", "pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "userinfo_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "profile", "email", "address", "phone", "admin", "offline_access"],
        "claim_types_supported": ["normal"],
        "claims_parameter_supported": true,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "prompt_values_supported": ["none", "login", "consent", "select_account"],
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(document[name], *value, "{name}");
    }
    let claims: Vec<_> =
        document["claims_supported"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
    for claim in
        ["sub", "iss", "auth_time", "name", "email_verified", "address", "phone_number", "tenant", "roles"]
    {
        assert_eq!(claims.iter().filter(|known| **known == claim).count(), 1, "{claim}: {claims:?}");
    }
    assert_no_nulls(&document);
    for absent in [
        "end_session_endpoint",
        "check_session_iframe",
        "frontchannel_logout_supported",
        "backchannel_logout_supported",
    ] {
        assert!(document.get(absent).is_none(), "{absent}: the interaction has no sessions");
    }
    let oauth = world.app.get("/.well-known/oauth-authorization-server/tenant").await.json();
    assert_eq!(oauth, document, "RFC 8414 §5: one document at two places");
}

#[tokio::test]
async fn every_advertised_endpoint_is_routed() {
    let world = World::new().await;
    let document = world.app.get(PATH).await.json();
    for (name, url) in document.as_object().unwrap() {
        if name.ends_with("_endpoint") || name == "jwks_uri" {
            let path = url.as_str().unwrap().strip_prefix("https://op.example").unwrap();
            assert_ne!(world.app.get(path).await.status, StatusCode::NOT_FOUND, "{name}");
        }
    }
}

#[tokio::test]
async fn another_server_has_no_such_document() {
    let app = App::new().await;
    for path in ["/.well-known/openid-configuration", "/userinfo", "/end_session", "/check_session"] {
        assert_eq!(app.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let document = app.get("/.well-known/oauth-authorization-server").await.json();
    assert!(document.get("userinfo_endpoint").is_none() && document.get("subject_types_supported").is_none());
}

fn assert_no_nulls(value: &Value) {
    match value {
        Value::Null => panic!("a null"),
        Value::Array(items) => items.iter().for_each(assert_no_nulls),
        Value::Object(members) => members.values().for_each(assert_no_nulls),
        _ => {}
    }
}
