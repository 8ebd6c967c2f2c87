//! RFC 8252: redirect URIs of native applications.

use oauth_core::client::ApplicationType;
use oauth_core::prelude::*;
use oauth_tests::{App, CHALLENGE, VERIFIER};

fn public(redirect_uri: &str) -> Client {
    Client::public("c").redirect_uri(redirect_uri).build().unwrap()
}

#[test]
fn section_7_3_the_port_of_a_loopback_address_is_free() {
    let v4 = public("http://127.0.0.1/cb");
    for same in ["http://127.0.0.1/cb", "http://127.0.0.1:1/cb", "http://127.0.0.1:65535/cb"] {
        assert!(v4.may_redirect_to(same), "{same}");
    }
    for other in [
        "http://127.0.0.1:80/cb/",
        "http://127.0.0.1:8080/cbx",
        "http://127.0.0.1:/cb",
        "http://127.0.0.1:65536/cb",
        "http://127.0.0.1:80:80/cb",
        "http://127.0.0.1:80@evil.example/cb",
        "http://127.0.0.1.evil.example/cb",
        "http://127.0.0.2/cb",
        "http://localhost:8080/cb",
        "http://[::1]:8080/cb",
        "https://127.0.0.1:8080/cb",
    ] {
        assert!(!v4.may_redirect_to(other), "{other}");
    }
    let v6 = public("http://[::1]:7000/cb");
    assert!(v6.may_redirect_to("http://[::1]:9999/cb") && v6.may_redirect_to("http://[::1]/cb"));
    let web = public("https://web.example:8443/cb");
    assert!(!web.may_redirect_to("https://web.example:8444/cb"));
}

/// RFC 9700 §2.1: "except for port numbers in localhost redirection URIs of native apps".
#[test]
fn the_port_of_localhost_is_free_for_native_applications_only() {
    let (registered, requested) = ("http://localhost/callback", "http://localhost:58135/callback");
    let client = || Client::public("c").redirect_uri(registered);
    let inferred = client().redirect_uri("http://127.0.0.1/callback").redirect_uri("com.example.app:/cb");
    assert!(inferred.build().unwrap().may_redirect_to(requested));
    let mixed = || client().redirect_uri("https://app.example/callback");
    assert!(!mixed().build().unwrap().may_redirect_to(requested), "for development of a web application");
    let declared = mixed().application_type(ApplicationType::Native);
    assert!(declared.build().unwrap().may_redirect_to(requested));
    // Some that say `web` have no redirect URI of the web.
    let mistaken = client().application_type(ApplicationType::Web).build().unwrap();
    assert!(mistaken.may_redirect_to(requested));
    for other in [
        "http://localhost:58135/other",
        "http://localhost.evil.example:1/callback",
        "http://localhost:1@evil.example/callback",
        "https://localhost:58135/callback",
        "http://127.0.0.1:58135/callback",
    ] {
        assert!(!mistaken.may_redirect_to(other), "{other}");
    }
}

/// A secret is no reason to let another program on the device have the answer.
#[test]
fn the_port_of_a_confidential_client_is_its_own() {
    let secret = ClientSecret::generate();
    for uri in ["http://127.0.0.1:3000/cb", "http://[::1]:3000/cb", "http://localhost:3000/cb"] {
        let client = Client::confidential("c", &secret).redirect_uri(uri);
        let client = client.application_type(ApplicationType::Native).build().unwrap();
        assert!(client.may_redirect_to(uri));
        assert!(!client.may_redirect_to(&uri.replace("3000", "6666")), "{uri}");
    }
}

#[test]
fn section_7_1_what_may_be_registered() {
    for good in
        ["https://a.example", "https://a.example:8443/cb?x=1", "http://localhost:1/", "com.example.app:/cb"]
    {
        assert!(RedirectUri::parse(good).is_ok(), "{good}");
    }
    for (bad, reason) in [
        ("/cb", "absolute"),
        ("https://a.example/#x", "fragment"),
        ("http://a.example/cb", "loopback"),
        ("http://127.0.0.1@evil.example/cb", "user information"),
        ("https://", "no host"),
        ("https:/a.example", "no host"),
        ("https://a.example:99999/", "port"),
        ("https://[::1/", "IPv6"),
        ("javascript:alert(1)", "scheme"),
        ("data:text/html,x", "scheme"),
        ("myapp:/cb", "scheme"),
        ("https://a.example/ b", "characters"),
        ("https://a.example/\u{e9}", "characters"),
        ("https://*.example/cb", "wildcards"),
        ("https://a.example/cb\\", "characters"),
    ] {
        let error = RedirectUri::parse(bad).unwrap_err().to_string();
        assert!(error.contains(reason) && error.contains(bad), "{error}");
    }
}

/// Checks that what two readers could read differently is nothing to compare with.
#[test]
fn rfc3986_what_is_no_uri_is_not_registered() {
    for (bad, reason) in [
        ("https://a.example/%", "characters"),
        ("https://a.example/%4", "characters"),
        ("https://a.example/cb?x=%zz", "characters"),
        ("https://a.example/{tenant}", "characters"),
        ("https://a.example/a|b", "characters"),
        ("https://a.example/[", "characters"),
        ("https://a.example/cb?x[]=1", "characters"),
        ("com.example.app:/[x]", "characters"),
        ("https://[[::1]/", "IPv6"),
        ("https://a.example:+80/", "port"),
        ("http://127.0.0.1:+80/", "port"),
        ("https://[::1]:+80/", "port"),
    ] {
        let error = RedirectUri::parse(bad).map(|uri| panic!("{uri} is accepted")).unwrap_err().to_string();
        assert!(error.contains(reason) && error.contains(bad), "{error}");
    }
    for good in
        ["https://a.example/%E2%82%AC?x=%5B%5D", "https://[::1]:8443/", "https://a.example/a;b=c,d'(e)!*$&@:"]
    {
        assert!(RedirectUri::parse(good).is_ok(), "{good}");
    }
}

#[tokio::test]
async fn section_7_3_end_to_end() {
    let app = App::new().await;
    let redirect_uri = "http://127.0.0.1:51234/cb";
    let code = app.code("native", redirect_uri).await;
    let form = |redirect_uri| {
        [
            ("grant_type", "authorization_code"),
            ("client_id", "native"),
            ("code", code.as_str()),
            ("redirect_uri", redirect_uri),
            ("code_verifier", VERIFIER),
        ]
    };
    assert_eq!(app.post("/token", "", &form(redirect_uri)).await.status, 200);
}

#[tokio::test]
async fn section_8_1_public_clients_need_pkce() {
    let app = App::new().await;
    let params =
        [("response_type", "code"), ("client_id", "spa"), ("redirect_uri", "https://spa.example/cb")];
    app.authorize(&params).await.assert_redirected_error("https://spa.example/cb", "invalid_request");
    let plain = [&params[..], &[("code_challenge", CHALLENGE), ("code_challenge_method", "plain")]].concat();
    app.authorize(&plain).await.assert_redirected_error("https://spa.example/cb", "invalid_request");
}
