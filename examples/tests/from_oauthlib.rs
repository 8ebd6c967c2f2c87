//! The port of oauthlib's tutorial.

use std::fs;
use std::path::Path;

use axum::http::StatusCode;

use crate::support::Example;
use crate::support::browser::{encode, query_param};

const CALLBACK: &str = "http://127.0.0.1:3000/callback";

#[tokio::test]
async fn a_person_grants_the_scope_and_the_view_shows_their_pictures() {
    let example = Example::start("from_oauthlib", &["127.0.0.1:0"], "GET");
    let browser = example.browser();
    let secret = example.word_after("secret ").trim_end_matches(',');
    let query = encode(&[
        ("response_type", "code"),
        ("client_id", "gallery"),
        ("redirect_uri", CALLBACK),
        ("scope", "images"),
        ("state", "s"),
        // RFC 7636 Appendix B.
        ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
        ("code_challenge_method", "S256"),
    ]);

    let login = browser.follow(browser.get(&format!("/authorize?{query}")).await, CALLBACK).await;
    let sent = browser.submit(&login, &[("username", "alice"), ("password", secret)]).await;
    let consent = browser.follow(sent, CALLBACK).await;
    assert!(consent.body.contains("See your pictures"), "{}", consent.body);
    let back = browser.submit(&consent, &[("decision", "allow")]).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &query_param(back.location(), "code").expect("a code")),
        ("redirect_uri", CALLBACK),
        ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
    ];
    let token = browser.post_as(("gallery", secret), "/token", &form).await.json();

    assert_eq!(token["scope"], "images");
    let token = token["access_token"].as_str().expect("a token");
    let pictures = browser.get_with_token("/images", token).await;
    assert_eq!(
        (pictures.status, pictures.body.as_str()),
        (StatusCode::OK, "pictures of the cats of alice-1")
    );
    assert_eq!(browser.get("/images").await.status, StatusCode::UNAUTHORIZED);
}

#[test]
fn the_manual_shows_this_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this crate is in the workspace");
    let read = |path: &str| fs::read_to_string(root.join(path)).expect("the file is there");
    let chapter = read("oauth-core/src/manual/oauthlib.rs");
    let lines = chapter.lines().filter_map(|line| line.strip_prefix("//!"));
    let text: String = lines.flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"]).collect();
    let (_, rest) = text.split_once("# use oauth_core::prelude::*;\n").expect("the chapter has a program");
    let (program, _) = rest.split_once("```").expect("it ends");

    assert!(
        read("examples/from_oauthlib.rs").contains(program),
        "copy examples/from_oauthlib.rs into the chapter"
    );
}
