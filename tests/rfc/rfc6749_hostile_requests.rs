//! Malformed and hostile requests get the RFC's error and nothing else.

use http::{Request, StatusCode, header};
use oauth_core::prelude::*;
use oauth_core::request::Params;
use oauth_tests::{App, basic};
use proptest::prelude::*;

#[tokio::test]
async fn section_3_2_malformed_bodies() {
    let app = App::new().await;
    for body in [
        "",
        "grant_type",
        "scope=jobs",
        "grant_type=client_credentials&grant_type=client_credentials",
        "grant_type=client_credentials&scope=jobs&scope=jobs",
        "grant_type=client_credentials&scope=%",
        "grant_type=client_credentials&scope=%4",
        "grant_type=client_credentials&scope=%GG",
        "grant_type=client_credentials&scope=%ff",
        "grant_type=client_credentials&%ff=x",
    ] {
        app.post_raw("/token", &basic("machine"), body).await.assert_error(400, "invalid_request");
    }
}

#[tokio::test]
async fn section_3_2_bodies_that_are_no_form() {
    let app = App::new().await;
    for content_type in
        ["application/json", "text/plain", "multipart/form-data", "application/x-www-form-urlencodedx"]
    {
        let request = Request::post("/token")
            .header(header::CONTENT_TYPE, content_type)
            .header(header::AUTHORIZATION, basic("machine"));
        app.send(request, "grant_type=client_credentials").await.assert_error(400, "invalid_request");
    }
    let request = Request::post("/token").header(header::AUTHORIZATION, basic("machine"));
    app.send(request, "grant_type=client_credentials").await.assert_error(400, "invalid_request");
    let request = Request::post("/token")
        .header(header::CONTENT_TYPE, "Application/X-WWW-Form-URLEncoded; charset=UTF-8")
        .header(header::AUTHORIZATION, basic("machine"));
    assert_eq!(app.send(request, "grant_type=client_credentials").await.status, 200);
}

#[tokio::test]
async fn section_2_3_1_parameters_in_the_query_of_a_post() {
    let app = App::new().await;
    let answer = app.post_raw("/token?scope=jobs", &basic("machine"), "grant_type=client_credentials").await;
    answer.assert_error(400, "invalid_request");
    let answer = app.post_raw("/introspect?token=x", &basic("machine"), "token=x").await;
    answer.assert_error(400, "invalid_request");
}

#[tokio::test]
async fn section_3_2_the_method_must_be_post() {
    let app = App::new().await;
    for path in ["/token", "/revoke", "/introspect"] {
        let answer = app.get(path).await;
        answer.assert_error(405, "invalid_request");
        assert_eq!(answer.header("allow"), "POST");
    }
}

#[tokio::test]
async fn a_body_over_the_limit() {
    let app = App::new().await;
    let body = format!("grant_type=client_credentials&x={}", "x".repeat(64 * 1024));
    for path in ["/token", "/revoke", "/introspect", "/authorize"] {
        let answer = app.post_raw(path, &basic("machine"), &body).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(answer.member("error"), "invalid_request");
    }
}

#[tokio::test]
async fn thousands_of_parameters_or_scopes() {
    let app = App::new().await;
    let names: Vec<_> = (0..10_000).map(|n| format!("{n}=")).collect();
    app.post_raw("/token", "", &names.join("&")).await.assert_error(400, "invalid_request");
    let scopes: Vec<_> = (0..10_000).map(|n| n.to_string()).collect();
    let body = format!("grant_type=client_credentials&scope={}", scopes.join("+"));
    app.post_raw("/token", &basic("machine"), &body).await.assert_error(400, "invalid_scope");
}

#[tokio::test]
async fn a_form_posted_to_the_authorization_endpoint_cannot_replace_its_query() {
    let app = App::new().await;
    let query = "response_type=code&client_id=web&scope=profile&code_challenge_method=S256&code_challenge=";
    let path = format!("/authorize?{query}{}", oauth_tests::CHALLENGE);
    let form =
        [("scope", "profile calendar"), ("client_id", "other"), ("redirect_uri", "https://other.example/cb")];
    let answer = app.post(&path, "", &form).await;
    assert!(answer.location().to_string().starts_with("https://web.example/cb?code="), "{answer:?}");
    let token = app.redeem_without_redirect_uri(&answer.params()["code"]).await;
    assert_eq!(token.member("scope"), "profile");
}

#[tokio::test]
async fn two_authorization_headers() {
    let app = App::new().await;
    let request = Request::post("/token")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::AUTHORIZATION, basic("machine"))
        .header(header::AUTHORIZATION, basic("web"));
    app.send(request, "grant_type=client_credentials").await.assert_error(400, "invalid_request");
}

#[tokio::test]
async fn descriptions_stay_within_their_characters() {
    let app = App::new().await;
    let answer = app.post_raw("/token", &basic("machine"), "a%22%5C%0A%C3%A9=1&a%22%5C%0A%C3%A9=1").await;
    answer.assert_error(400, "invalid_request");
    let description = answer.member("error_description");
    assert!(
        description.bytes().all(|b| matches!(b, 0x20..=0x21 | 0x23..=0x5B | 0x5D..=0x7E)),
        "{description}"
    );
}

proptest! {
    /// Whatever arrives, the parser answers, and what it accepts it does not change.
    #[test]
    fn any_bytes_parse_or_are_refused(input in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(params) = Params::parse(&input) {
            for (name, value) in params.iter() {
                prop_assert!(params.get(name) == Some(value) || value.is_empty());
            }
        }
    }

    #[test]
    fn what_is_encoded_decodes(pairs in proptest::collection::btree_map(".{1,8}", ".{1,20}", 0..6)) {
        let encoded = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
        let params = Params::parse(encoded.as_bytes()).unwrap();
        for (name, value) in &pairs {
            prop_assert_eq!(params.get(name), Some(value.as_str()));
        }
    }

    #[test]
    fn scopes_round_trip(tokens in proptest::collection::vec("[!#-\\[\\]-~]{1,12}", 0..8)) {
        let text = tokens.join(" ");
        let scopes = ScopeSet::parse(&text).unwrap();
        prop_assert!(scopes.len() <= tokens.len());
        prop_assert_eq!(ScopeSet::parse(&scopes.to_string()).unwrap(), scopes);
    }

    #[test]
    fn redirect_uris_match_themselves_only(uri in "https://[a-z]{1,8}(:[1-9][0-9]{1,3})?/[a-z0-9/?=&._~-]{0,20}", at in 0usize..40, with in "[ -~]") {
        if let Ok(client) = Client::public("c").redirect_uri(uri.clone()).build() {
            prop_assert!(client.may_redirect_to(&uri));
            let at = at.min(uri.len() - 1);
            let mut other = uri.clone();
            other.replace_range(at..=at, &with);
            prop_assert_eq!(client.may_redirect_to(&other), other == uri);
        }
    }
}
