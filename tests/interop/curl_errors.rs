//! The refusals, with status, headers and body.

use crate::browser::{encode, query_param};
use crate::curl::{Output, curl};
use crate::world::{WEB_CALLBACK, World};

type Query = &'static [(&'static str, &'static str)];

/// Checks that an endpoint for clients refused, as RFC 6749 §5.2 says.
fn assert_refused(what: &str, output: &Output, status: u16, error: &str) {
    assert_eq!(output.status, status, "{what}: {output:?}");
    output.assert_uncached_json();
    let body = output.json();
    assert_eq!(body["error"], error, "{what}: {body}");
    let names: Vec<_> = body.as_object().unwrap().keys().collect();
    assert!(names == ["error"] || names == ["error", "error_description"], "{what}: {body}");
    assert_eq!(output.header("www-authenticate").starts_with("Basic "), status == 401, "{what}: {output:?}");
}

#[tokio::test]
async fn token_requests() {
    let world = World::start().await;
    let cases: &[(&str, &[&str], u16, &str)] = &[
        ("no grant_type", &["scope=calendar"], 400, "invalid_request"),
        (
            "a parameter twice",
            &["grant_type=client_credentials", "scope=a", "scope=b"],
            400,
            "invalid_request",
        ),
        (
            "an unknown grant",
            &["grant_type=password", "username=a", "password=b"],
            400,
            "unsupported_grant_type",
        ),
        ("an unknown scope", &["grant_type=client_credentials", "scope=admin"], 400, "invalid_scope"),
        ("a malformed scope", &["grant_type=client_credentials", "scope=a  b"], 400, "invalid_scope"),
        ("no code", &["grant_type=authorization_code"], 400, "invalid_request"),
        ("an unknown code", &["grant_type=authorization_code", "code=x"], 400, "invalid_grant"),
        ("an unknown refresh token", &["grant_type=refresh_token", "refresh_token=x"], 400, "invalid_grant"),
        ("basic and post", &["grant_type=client_credentials", "client_secret=x"], 400, "invalid_request"),
    ];
    for (what, form, status, error) in cases {
        assert_refused(what, &world.curl_as_web("/token", form).await, *status, error);
    }
}

/// Nothing tells an unknown client from a wrong secret.
#[tokio::test]
async fn clients_that_do_not_prove_who_they_are() {
    let world = World::start().await;
    let url = world.url("/token");
    let grant = "grant_type=client_credentials";

    let wrong = curl(&["--user", "web:a wrong secret", "-d", grant, &url]).await;
    let unknown = curl(&["--user", "nobody:a wrong secret", "-d", grant, &url]).await;
    let nobody = curl(&["-d", grant, &url]).await;
    // `poster` registered client_secret_post.
    let other_method = format!("poster:{}", world.secret.expose());
    let other_method = curl(&["--user", &other_method, "-d", grant, &url]).await;

    for output in [&wrong, &unknown, &nobody, &other_method] {
        assert_refused("client authentication", output, 401, "invalid_client");
        assert_eq!(output.body, wrong.body);
        assert_eq!(output.header("www-authenticate"), "Basic realm=\"oauth\", charset=\"UTF-8\"");
    }
}

#[tokio::test]
async fn requests_that_are_no_forms() {
    let world = World::start().await;
    let (user, url) = (world.web(), world.url("/token"));
    let grant = "grant_type=client_credentials";

    let get = curl(&["--user", &user, &url]).await;
    assert_refused("a GET", &get, 405, "invalid_request");
    assert_eq!(get.header("allow"), "POST");

    let json = ["--user", &user, "-H", "Content-Type: application/json", "-d", "{}", &url];
    assert_refused("JSON", &curl(&json).await, 400, "invalid_request");

    let in_query = format!("{url}?{grant}");
    assert_refused(
        "a query",
        &curl(&["--user", &user, "-d", grant, &in_query]).await,
        400,
        "invalid_request",
    );

    let encoding = curl(&["--user", &user, "-d", "grant_type=%zz", &url]).await;
    assert_refused("malformed encoding", &encoding, 400, "invalid_request");
    let utf8 = curl(&["--user", &user, "-d", "grant_type=%ff", &url]).await;
    assert_refused("malformed UTF-8", &utf8, 400, "invalid_request");

    let large = world.directory.path().join("large");
    std::fs::write(&large, vec![b'a'; 65 * 1024]).unwrap();
    let large = format!("@{}", large.display());
    assert_refused(
        "65 KiB",
        &curl(&["--user", &user, "--data-binary", &large, &url]).await,
        413,
        "invalid_request",
    );
}

#[tokio::test]
async fn revocation_and_introspection() {
    let world = World::start().await;

    for path in ["/revoke", "/introspect"] {
        let url = world.url(path);
        assert_refused(
            path,
            &world.curl_as_web(path, &["token_type_hint=access_token"]).await,
            400,
            "invalid_request",
        );
        assert_refused(path, &curl(&["-d", "token=x", &url]).await, 401, "invalid_client");
        assert_refused(
            path,
            &curl(&["-u", "web:a wrong secret", "-d", "token=x", &url]).await,
            401,
            "invalid_client",
        );
    }
    // RFC 7662 §2.1: whoever can ask without proving who they are could try tokens out.
    let public = curl(&["-d", "token=x", "-d", "client_id=native", &world.url("/introspect")]).await;
    assert_refused("a public client", &public, 401, "invalid_client");
}

/// RFC 6749 §4.1.2.1: with no place to send it to, a person reads the error.
#[tokio::test]
async fn authorization_requests_that_lead_nowhere() {
    let world = World::start().await;
    let cases = [
        ("no client", vec![("response_type", "code")]),
        ("an unknown client", vec![("response_type", "code"), ("client_id", "nobody")]),
        (
            "another URI",
            vec![("response_type", "code"), ("client_id", "web"), ("redirect_uri", "https://evil.example/")],
        ),
        (
            "one more character",
            vec![
                ("response_type", "code"),
                ("client_id", "web"),
                ("redirect_uri", "https://web.example/callback/"),
            ],
        ),
        ("a parameter twice", vec![("client_id", "web"), ("client_id", "web")]),
    ];
    for (what, query) in cases {
        let page = curl(&[&world.url(&format!("/authorize?{}", encode(&query)))]).await;
        assert_eq!(page.status, 400, "{what}: {page:?}");
        assert_eq!(page.header("location"), "", "{what}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{what}");
    }
}

/// Everything else goes to the client, with `state` and `iss`.
#[tokio::test]
async fn authorization_requests_that_lead_back() {
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let world = World::start().await;
    let cases: &[(&str, Query, &str)] = &[
        ("no response_type", &[], "invalid_request"),
        ("an unknown response_type", &[("response_type", "token")], "unsupported_response_type"),
        ("no PKCE", &[("response_type", "code")], "invalid_request"),
        ("plain", &[("response_type", "code"), ("code_challenge", CHALLENGE)], "invalid_request"),
        (
            "an unknown scope",
            &[
                ("response_type", "code"),
                ("scope", "admin"),
                ("code_challenge", CHALLENGE),
                ("code_challenge_method", "S256"),
            ],
            "invalid_scope",
        ),
    ];
    for (what, query, error) in cases {
        let mut all = vec![("client_id", "web"), ("redirect_uri", WEB_CALLBACK), ("state", "x y&z")];
        all.extend(*query);
        let back = curl(&[&world.url(&format!("/authorize?{}", encode(&all)))]).await;
        assert_eq!(back.status, 302, "{what}: {back:?}");
        let location = back.header("location");
        assert!(location.starts_with(&format!("{WEB_CALLBACK}?")), "{what}: {location}");
        assert_eq!(query_param(location, "error").as_deref(), Some(*error), "{what}: {location}");
        assert_eq!(query_param(location, "state").as_deref(), Some("x y&z"), "{what}");
        assert_eq!(query_param(location, "iss").as_deref(), Some(world.issuer.as_str()), "{what}");
    }
}
