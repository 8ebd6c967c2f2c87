//! RFC 6749 §3.1, §4.1.1, §4.1.2; RFC 9207.

use http::{Request, StatusCode, header};
use oauth_tests::{App, CHALLENGE, ISSUER};

const GOOD: [(&str, &str); 7] = [
    ("response_type", "code"),
    ("client_id", "web"),
    ("redirect_uri", "https://web.example/cb"),
    ("scope", "profile"),
    ("state", "a b&c=d%"),
    ("code_challenge", CHALLENGE),
    ("code_challenge_method", "S256"),
];
const CALLBACK: &str = "https://web.example/cb";

/// The good request with one parameter replaced; an empty value leaves it out.
fn with<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut params: Vec<_> = GOOD.into_iter().filter(|(known, _)| *known != name).collect();
    if !value.is_empty() {
        params.push((name, value));
    }
    params
}

#[tokio::test]
async fn section_4_1_2_a_grant_redirects_with_code_state_and_iss() {
    let answer = App::new().await.authorize(&GOOD).await;
    assert_eq!(answer.status, StatusCode::FOUND);
    assert!(answer.location().to_string().starts_with("https://web.example/cb?"));
    let params = answer.params();
    assert_eq!(params.keys().collect::<Vec<_>>(), ["code", "iss", "state"]);
    assert_eq!(params["state"], "a b&c=d%");
    assert_eq!(params["iss"], ISSUER);
    assert_eq!(params["code"].len(), 43, "256 bits");
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn section_4_1_2_a_query_of_the_redirect_uri_is_retained() {
    let app = App::new().await;
    let mut params = with("client_id", "post");
    params.retain(|(name, _)| *name != "redirect_uri");
    let answer = app.authorize(&params).await;
    assert!(answer.location().to_string().starts_with("https://post.example/cb?keep=1&code="), "{answer:?}");
}

#[tokio::test]
async fn section_4_1_2_1_no_state_comes_back_where_none_was_sent() {
    let params = App::new().await.authorize(&with("state", "")).await.params();
    assert!(!params.contains_key("state"));
}

#[tokio::test]
async fn section_4_1_2_1_errors_of_the_client_or_its_redirect_uri_are_a_page() {
    let app = App::new().await;
    for (name, value) in [
        ("client_id", ""),
        ("client_id", "nobody"),
        ("redirect_uri", "https://evil.example/cb"),
        ("redirect_uri", "https://web.example/cb/"),
        ("redirect_uri", "https://web.example/c"),
        ("redirect_uri", "https://web.example/cB"),
        ("redirect_uri", "https://web.example/cb?x=1"),
        ("redirect_uri", "https://web.example/cb#"),
        ("redirect_uri", "http://web.example/cb"),
        ("redirect_uri", "https://web.example:443/cb"),
        ("redirect_uri", "https://web.example/../cb"),
        ("redirect_uri", "https://web.example/cb\r\nx: y"),
        ("redirect_uri", "javascript:alert(1)//"),
    ] {
        app.authorize(&with(name, value)).await.assert_page(400);
    }
}

/// Checks that whoever may not be told which clients there are is not told here, either: an unknown client,
/// one that has another redirect URI, and one that has none are one page.
#[tokio::test]
async fn an_unknown_client_looks_like_one_that_is_not_registered_there() {
    let app = App::new().await;
    let page = async |client_id: &str, redirect_uri: &str| {
        let mut params = with("client_id", client_id);
        params.retain(|(name, _)| *name != "redirect_uri");
        if !redirect_uri.is_empty() {
            params.push(("redirect_uri", redirect_uri));
        }
        let answer = app.authorize(&params).await;
        answer.assert_page(400);
        answer.text().to_owned()
    };
    let unknown = page("nobody", CALLBACK).await;
    assert!(unknown.contains("client_id is not registered, or"), "{unknown}");
    for (client_id, redirect_uri) in [
        ("nobody", ""),
        ("web", "https://evil.example/cb"),
        ("machine", CALLBACK),
        ("machine", ""),
        ("two", ""),
        ("native", "http://127.0.0.1/other"),
    ] {
        assert_eq!(page(client_id, redirect_uri).await, unknown, "{client_id} {redirect_uri}");
    }
}

#[tokio::test]
async fn section_3_1_2_3_a_redirect_uri_may_be_left_out_only_if_one_is_registered() {
    let app = App::new().await;
    assert!(app.authorize(&with("redirect_uri", "")).await.params().contains_key("code"));
    let two = [("response_type", "code"), ("client_id", "two")];
    app.authorize(&two).await.assert_page(400);
}

#[tokio::test]
async fn section_3_1_a_repeated_parameter_redirects_nowhere() {
    let app = App::new().await;
    for repeated in ["client_id=web", "redirect_uri=https://web.example/cb", "state=x", "scope=profile"] {
        let query =
            "response_type=code&client_id=web&redirect_uri=https://web.example/cb&state=s&scope=profile";
        app.get(&format!("/authorize?{query}&{repeated}")).await.assert_page(400);
    }
}

#[tokio::test]
async fn section_4_1_2_1_every_other_error_goes_to_the_client_with_its_state() {
    let app = App::new().await;
    for (name, value, code) in [
        ("response_type", "", "invalid_request"),
        ("response_type", "token", "unsupported_response_type"),
        ("response_type", "code token", "unsupported_response_type"),
        ("scope", "unheard-of", "invalid_scope"),
        ("scope", "admin", "invalid_scope"),
        ("scope", "a\"b", "invalid_scope"),
        ("scope", "profile  calendar", "invalid_scope"),
        ("code_challenge", "", "invalid_request"),
        ("code_challenge", "short", "invalid_request"),
        ("code_challenge_method", "", "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("code_challenge_method", "s256", "invalid_request"),
    ] {
        let answer = app.authorize(&with(name, value)).await;
        answer.assert_redirected_error(CALLBACK, code);
        assert_eq!(answer.params()["state"], "a b&c=d%");
    }
    let machine = [("response_type", "code"), ("client_id", "machine"), ("redirect_uri", CALLBACK)];
    app.authorize(&machine).await.assert_page(400);
}

#[tokio::test]
async fn section_4_1_2_1_a_refusal_is_access_denied() {
    let app = App::new().await;
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(GOOD).finish();
    let request = Request::get(format!("/authorize?{query}")).header("x-test-decision", "deny");
    app.send(request, "").await.assert_redirected_error(CALLBACK, "access_denied");
}

#[tokio::test]
async fn section_3_1_a_post_goes_on_as_a_get() {
    let app = App::new().await;
    let answer = app.post("/authorize", "", &GOOD).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let next = answer.location();
    assert_eq!(next.path(), "/authorize");
    assert!(app.get(&next.to_string()).await.params().contains_key("code"));
}

#[tokio::test]
async fn section_3_1_other_methods_are_refused() {
    let answer = App::new().await.send(Request::put("/authorize?client_id=web"), "").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("allow"), "GET, POST");
    assert!(!answer.headers.contains_key(header::LOCATION));
}

#[tokio::test]
async fn section_3_1_parameters_without_a_value_count_as_absent() {
    let app = App::new().await;
    let mut params = with("redirect_uri", "");
    params.push(("redirect_uri", ""));
    assert!(app.authorize(&params).await.params().contains_key("code"));
}

#[tokio::test]
async fn section_3_1_malformed_encodings_are_a_page() {
    let app = App::new().await;
    for query in ["client_id=%zz", "client_id=%f", "client_id=%", "client_id=web&state=%ff%fe"] {
        app.get(&format!("/authorize?{query}")).await.assert_page(400);
    }
}
