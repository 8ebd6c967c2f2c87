//! The things that clients can get at the provider: the scopes and resources of its arguments and files, and what its profile has.

use std::fs;

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::secret::TokenHash;
use serde_json::{Value, json};

use crate::provider::{PASSWORD, VERIFIER, sample, tokens};
use crate::support::Example;
use crate::support::browser::{Browser, encode};

const MAILER: (&str, &str) = ("mailer", "a-secret-for-this-test-only");
const CALLBACK: &str = "http://127.0.0.1:3000/callback";

/// A provider with these files in its directory, and these arguments.
fn start(files: &[(&str, Value)], args: &[&str]) -> Example {
    let directory = tempfile::tempdir().unwrap();
    for (name, json) in files {
        fs::write(directory.path().join(name), json.to_string()).unwrap();
    }
    let (clients, users) = (sample("clients.json"), sample("users.json"));
    let given = directory.path().join("clients.json");
    let clients = if given.exists() { given } else { clients };
    let (clients, users) = (clients.to_str().unwrap(), users.to_str().unwrap());
    let all = [&["--listen", "127.0.0.1:0", "--clients", clients, "--users", users], args].concat();
    Example::start_in(directory, "provider", &all, "provider: serving")
}

fn mailer() -> Value {
    json!([{
        "client_id": MAILER.0,
        "client_secret": MAILER.1,
        "redirect_uris": [CALLBACK],
        "grant_types": ["authorization_code", "client_credentials"],
        "resources": ["https://api.example.com/mail"]
    }])
}

fn scopes() -> Value {
    json!([{ "name": "mail.read", "description": "Read what they wrote to you" }, { "name": "mail.send" }])
}

async fn metadata(browser: &Browser) -> Value {
    browser.get("/.well-known/oauth-authorization-server").await.json()
}

#[tokio::test]
async fn the_scopes_are_those_of_the_file_and_people_are_told_its_words() {
    let client = json!([{
        "client_id": MAILER.0,
        "client_secret": MAILER.1,
        "redirect_uris": [CALLBACK],
        "grant_types": ["authorization_code", "client_credentials"]
    }]);
    let files = [("clients.json", client), ("scopes.json", scopes())];
    let example = start(&files, &["--profile", "oauth2.1", "--scopes", "scopes.json"]);
    let browser = example.browser();

    assert_eq!(metadata(&browser).await["scopes_supported"], json!(["mail.read", "mail.send"]));
    assert_eq!(browser.get("/calendar").await.status, StatusCode::NOT_FOUND);
    let grant = [("grant_type", "client_credentials"), ("scope", "mail.send")];
    assert_eq!(browser.post_as(MAILER, "/token", &grant).await.json()["scope"], "mail.send");
    let grant = [("grant_type", "client_credentials"), ("scope", "calendar")];
    assert_eq!(browser.post_as(MAILER, "/token", &grant).await.json()["error"], "invalid_scope");
    let challenge = URL_SAFE_NO_PAD.encode(TokenHash::of(VERIFIER).as_bytes());
    let query = encode(&[
        ("response_type", "code"),
        ("client_id", MAILER.0),
        ("redirect_uri", CALLBACK),
        ("scope", "mail.read"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ]);
    let login = browser.follow(browser.get(&format!("/authorize?{query}")).await, CALLBACK).await;
    let sent = browser.submit(&login, &[("username", "alice"), ("password", PASSWORD)]).await;
    let consent = browser.follow(sent, CALLBACK).await;
    assert!(consent.body.contains("Read what they wrote to you"), "{}", consent.body);
}

#[tokio::test]
async fn tokens_are_for_declared_resources_and_clients_have_lists_of_theirs() {
    let files = [
        ("clients.json", mailer()),
        ("scopes.json", scopes()),
        ("resources.json", json!([{ "resource": "https://api.example.com/files" }])),
    ];
    let args = ["--profile", "oauth2.1", "--scopes", "scopes.json", "--resources", "resources.json"];
    let example =
        start(&files, &[&args[..], &["--resource", "https://api.example.com/mail=mail.read"]].concat());
    let browser = example.browser();
    let get = async |resource: &str| {
        let grant =
            [("grant_type", "client_credentials"), ("scope", "mail.read mail.send"), ("resource", resource)];
        browser.post_as(MAILER, "/token", &grant).await.json()
    };

    let declared = json!(["https://api.example.com/files", "https://api.example.com/mail"]);
    assert_eq!(metadata(&browser).await["protected_resources"], declared);
    let token = get("https://api.example.com/mail").await;
    assert_eq!(token["scope"], "mail.read", "{token}");
    let claims = token["access_token"].as_str().unwrap().split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    assert_eq!(claims["aud"], "https://api.example.com/mail");
    // The one is not in the list of the client, the other is nobody's.
    assert_eq!(get("https://api.example.com/files").await["error"], "invalid_target");
    assert_eq!(get("https://api.example.com/other").await["error"], "invalid_target");
}

/// The sample files are for each of them.
#[tokio::test]
async fn a_profile_says_which_grants_and_endpoints_there_are() {
    let plain = ["authorization_code", "client_credentials", "refresh_token"];
    let old = [&plain[..], &["implicit", "password"]].concat();
    for (profile, has, lacks, is_openid, by_document) in [
        ("oauth2.0", &old[..], &[][..], true, false),
        ("openid", &plain, &["implicit", "password"], true, false),
        ("oauth2.1", &plain, &["implicit", "password"], false, false),
        ("mcp", &plain, &["implicit", "password"], false, true),
    ] {
        let resource: &[&str] =
            if profile == "mcp" { &["--resource", "http://127.0.0.1:3000/mcp"] } else { &[] };
        let example = start(&[], &[&["--profile", profile, "--registration"], resource].concat());
        let browser = example.browser();

        let found = metadata(&browser).await;
        let grants: Vec<_> =
            found["grant_types_supported"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert!(has.iter().all(|grant| grants.contains(grant)), "{profile}: {grants:?}");
        assert!(!lacks.iter().any(|grant| grants.contains(grant)), "{profile}: {grants:?}");
        let discovery = browser.get("/.well-known/openid-configuration").await.status;
        assert_eq!(discovery == StatusCode::OK, is_openid, "{profile}");
        let scopes = found["scopes_supported"].as_array().unwrap();
        assert_eq!(scopes.contains(&json!("openid")), is_openid, "{profile}");
        assert_eq!(found["client_id_metadata_document_supported"] == true, by_document, "{profile}");
        assert_eq!(found["response_types_supported"] == json!(["code"]), profile != "oauth2.0", "{profile}");
        for endpoint in ["registration_endpoint", "pushed_authorization_request_endpoint"] {
            assert!(found[endpoint].is_string(), "{profile} has no {endpoint}");
        }
        assert_eq!(tokens(&browser).await["scope"], "profile calendar", "{profile}");
    }
}

/// RFC 8707 §2.2: a token without a resource is for the issuer, whose API is the calendar; one for another is not.
#[tokio::test]
async fn a_token_for_another_resource_is_refused_at_the_calendar() {
    let example = start(&[], &["--resource", "https://api.example.com/calendar=calendar"]);
    let browser = example.browser();
    let robot = ("robot", "robot-secret-for-development-only");
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", robot.0),
        ("client_secret", robot.1),
        ("resource", "https://api.example.com/calendar"),
    ];
    let elsewhere = browser.post("/token", &form).await.json();
    let here = browser.post("/token", &form[..3]).await.json();

    let status = async |token: &Value| {
        let token = token["access_token"].as_str().unwrap();
        browser.get_with_token("/calendar", token).await.status
    };
    assert_eq!(status(&here).await, StatusCode::OK);
    assert_eq!(status(&elsewhere).await, StatusCode::UNAUTHORIZED);
}

/// RFC 6750 §3.1.
#[tokio::test]
async fn a_token_without_its_scope_is_refused_at_the_calendar() {
    let client = json!([{
        "client_id": MAILER.0,
        "client_secret": MAILER.1,
        "grant_types": ["client_credentials"],
        "scope": "phone"
    }]);
    let example = start(&[("clients.json", client)], &[]);
    let browser = example.browser();
    let token = browser.post_as(MAILER, "/token", &[("grant_type", "client_credentials")]).await.json();

    let refused = browser.get_with_token("/calendar", token["access_token"].as_str().unwrap()).await;

    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let challenge = refused.headers["www-authenticate"].to_str().unwrap();
    assert!(challenge.contains("insufficient_scope"), "{challenge}");
}

#[tokio::test]
async fn fapi2_is_for_clients_with_keys() {
    let client = json!([{
        "client_id": "bank",
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": "ES256",
        // RFC 7517, appendix A.1.
        "jwks": { "keys": [{
            "kty": "EC",
            "crv": "P-256",
            "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
            "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"
        }] },
        "redirect_uris": ["https://bank.example/callback"],
        "grant_types": ["authorization_code", "refresh_token"],
        "scope": "profile"
    }]);
    let example = start(&[("clients.json", client)], &["--profile", "fapi2"]);
    let browser = example.browser();

    let metadata = metadata(&browser).await;
    assert_eq!(metadata["token_endpoint_auth_methods_supported"], json!(["private_key_jwt"]));
    assert_eq!(metadata["require_pushed_authorization_requests"], true);
    assert_eq!(metadata["authorization_response_iss_parameter_supported"], true);
    let algorithms = metadata["dpop_signing_alg_values_supported"].as_array().unwrap();
    assert!(!algorithms.is_empty() && !algorithms.contains(&json!("RS256")), "{metadata}");
    let query = encode(&[("response_type", "code"), ("client_id", "bank"), ("scope", "profile")]);
    let refused = browser.get(&format!("/authorize?{query}")).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{}", refused.body);
    assert!(refused.headers.get("location").is_none(), "what was not pushed goes nowhere");
    let pushed = browser.post("/par", &[("client_id", "bank"), ("response_type", "code")]).await;
    assert_eq!(
        (pushed.status, &pushed.json()["error"]),
        (StatusCode::UNAUTHORIZED, &json!("invalid_client"))
    );
}
