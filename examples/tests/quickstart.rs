//! The README's main job.

use axum::http::StatusCode;
use serde_json::Value;

use crate::support::browser::{Reply, query_param};
use crate::support::{Example, run};

fn start() -> Example {
    Example::start("quickstart", &["--port", "0"], LAST)
}

/// The beginning of the last line that it prints at the start.
const LAST: &str = "Stop it";

/// `client:secret` of the curl line that it prints.
fn credentials(example: &Example) -> (&str, &str) {
    example.word_after("curl -u ").split_once(':').expect("client:secret")
}

/// The text that stands beside a claim's name on the page.
fn claim<'a>(page: &'a Reply, name: &str) -> &'a str {
    let row = format!("<code>{name}</code></th><td><code>");
    let (_, rest) = page.body.split_once(&row).unwrap_or_else(|| panic!("no {name} in {}", page.body));
    rest.split_once("</code>").expect("the cell ends").0
}

#[tokio::test]
async fn the_url_leads_through_login_and_consent_to_the_decoded_token() {
    let example = start();
    let browser = example.browser();

    let login = browser.follow(browser.get("/").await, "-").await;
    assert_eq!(login.status, StatusCode::OK);
    assert!(login.body.contains("Password"), "{}", login.body);
    let (username, password) = (example.word_after("User name"), example.word_after("Password"));
    let sent = browser.submit(&login, &[("username", username), ("password", password)]).await;
    let consent = browser.follow(sent, "-").await;
    assert!(consent.body.contains("Demo calendar"), "{}", consent.body);
    assert!(consent.body.contains("See your calendar"), "{}", consent.body);
    let allowed = browser.submit(&consent, &[("decision", "allow")]).await;
    let page = browser.follow(allowed, "-").await;

    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(claim(&page, "typ"), "at+jwt");
    assert_eq!(claim(&page, "alg"), "ES256");
    assert_eq!(claim(&page, "iss"), example.origin);
    assert_eq!(claim(&page, "client_id"), "demo");
    assert_eq!(claim(&page, "scope"), "profile calendar");
    assert_eq!(claim(&page, "name"), "Alice Adams");
    assert_eq!(claim(&page, "environment"), "quickstart");
    assert!(page.body.contains("A refresh token came with it."));
    assert!(page.body.contains("href=\"/logout\""));
}

#[tokio::test]
async fn a_reload_of_the_callback_does_not_send_the_code_again() {
    let example = start();
    let browser = example.browser();
    let callback = log_in(&example, &browser, "allow").await;
    let callback = callback.location().to_owned();
    assert_eq!(browser.get(&callback).await.status, StatusCode::OK);

    let again = browser.get(&callback).await;

    assert_eq!(again.status, StatusCode::BAD_REQUEST);
    assert!(again.body.contains("This login is over"), "{}", again.body);
}

#[tokio::test]
async fn a_refusal_leads_back_to_the_application_without_a_token() {
    let example = start();
    let browser = example.browser();

    let callback = log_in(&example, &browser, "deny").await;

    assert_eq!(query_param(callback.location(), "error").as_deref(), Some("access_denied"));
    let page = browser.get(callback.location()).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(page.body.contains("access_denied"), "{}", page.body);
}

/// The callback takes no answer to a login that this browser did not start, and none from another server.
#[tokio::test]
async fn a_forged_callback_is_refused() {
    let example = start();
    let (browser, other) = (example.browser(), example.browser());
    let callback = log_in(&example, &browser, "allow").await;
    let callback = callback.location().to_owned();

    let stranger = other.get(&callback).await;
    assert_eq!(stranger.status, StatusCode::BAD_REQUEST);
    other.get("/").await;
    let mixed_up = other.get(&callback).await;
    assert!(mixed_up.body.contains("its state is not ours"), "{}", mixed_up.body);

    let iss = query_param(&callback, "iss").expect("RFC 9207");
    let elsewhere = callback
        .replace(&crate::support::browser::encode(&[("iss", &iss)]), "iss=https%3A%2F%2Fevil.example");
    let elsewhere = browser.get(&elsewhere).await;
    assert!(elsewhere.body.contains("its iss is not ours"), "{}", elsewhere.body);
}

#[tokio::test]
async fn signing_out_makes_the_next_login_ask_for_the_password() {
    let example = start();
    let browser = example.browser();
    let callback = log_in(&example, &browser, "allow").await;
    browser.follow(callback, "-").await;

    let logout = browser.get("/logout").await;
    let out = browser.submit(&logout, &[]).await;
    browser.follow(out, "-").await;

    let login = browser.follow(browser.get("/").await, "-").await;
    assert!(login.body.contains("name=\"password\""), "{}", login.body);
}

/// The curl line, sent by this test's own client.
#[tokio::test]
async fn the_curl_line_fetches_a_token_for_a_program() {
    let example = start();
    let browser = example.browser();
    let form = [("grant_type", "client_credentials"), ("scope", "calendar")];

    assert!(
        example.printed.contains(&format!(
            " -d grant_type=client_credentials -d scope=calendar {}/token",
            example.origin
        ))
    );
    let token = browser.post_as(credentials(&example), "/token", &form).await;

    assert_eq!(token.status, StatusCode::OK, "{}", token.body);
    let token = token.json();
    assert_eq!(token["token_type"], "Bearer");
    assert_eq!(token["scope"], "calendar");
    assert_eq!(token["expires_in"], 900);
    let introspection = browser
        .post_as(credentials(&example), "/introspect", &[("token", token["access_token"].as_str().unwrap())])
        .await;
    assert_eq!(introspection.json()["active"], Value::Bool(true));
}

/// A second start on the same database: new secrets, the same key, and what was issued before is still known.
#[tokio::test]
async fn a_restart_on_the_same_database_goes_on() {
    let first = start();
    let form = [("grant_type", "client_credentials")];
    let old_credentials = (credentials(&first).0.to_owned(), credentials(&first).1.to_owned());
    let token = first.browser().post_as(credentials(&first), "/token", &form).await.json();
    let keys = first.browser().get("/jwks.json").await.json();

    let second = Example::start_in(first.stop(), "quickstart", &["--port", "0"], LAST);

    let browser = second.browser();
    assert_eq!(browser.get("/jwks.json").await.json(), keys);
    let access_token = token["access_token"].as_str().unwrap();
    let introspection =
        browser.post_as(credentials(&second), "/introspect", &[("token", access_token)]).await;
    assert_eq!(introspection.json()["active"], Value::Bool(true));
    let refused = browser.post_as((&old_credentials.0, &old_credentials.1), "/token", &form).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
}

/// Also while someone is in the middle of a request, and stays there.
#[cfg(unix)]
#[tokio::test]
async fn it_stops_when_told_to() {
    use std::io::Write as _;

    use rustix::process::Signal;

    for signal in [Signal::TERM, Signal::INT] {
        let mut example = start();
        let address = example.origin.strip_prefix("http://").unwrap();
        let mut unfinished = std::net::TcpStream::connect(address).unwrap();
        unfinished.write_all(b"GET /login HTTP/1.1\r\nHost:").unwrap();
        assert_eq!(example.browser().get("/login").await.status, StatusCode::OK);

        example.signal(signal);

        assert!(example.wait().success());
        drop(unfinished);
    }
}

/// The key can sign tokens of anyone: nobody else on the machine may read it.
#[cfg(unix)]
#[test]
fn the_key_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let example = start();
    let key = example.directory.path().join("quickstart.key.pem").metadata().unwrap();

    assert_eq!(key.permissions().mode() & 0o777, 0o600);
}

/// Logs in and answers the consent page; returns the redirect to the callback.
async fn log_in(example: &Example, browser: &crate::support::browser::Browser, decision: &str) -> Reply {
    let stop = format!("{}/callback", example.origin);
    let login = browser.follow(browser.get("/").await, &stop).await;
    let (username, password) = (example.word_after("User name"), example.word_after("Password"));
    let sent = browser.submit(&login, &[("username", username), ("password", password)]).await;
    let consent = browser.follow(sent, &stop).await;
    let answered = browser.submit(&consent, &[("decision", decision)]).await;
    browser.follow(answered, &stop).await
}

#[test]
fn it_reports_what_it_is_made_of() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let (code, output, errors) = run("quickstart", &["--report", "--port", "0"], directory.path());

    assert_eq!((code, errors.as_str()), (Some(0), ""));
    for line in [
        "The authorization server http://127.0.0.1:",
        "  authorization_code\n",
        "  /token ",
        "  calendar  See your calendar\n",
        "  access tokens   signed, ES256\n",
        "  access token                       15m\n",
        "Rules that it enforces (`{:#}` names each)\n",
        "  an http issuer  ",
    ] {
        assert!(output.contains(line), "{line:?} is not in\n{output}");
    }
    let kept = std::fs::read_dir(directory.path()).expect("the directory").count();
    assert_eq!(kept, 0, "a report needs no database and no key");
}
