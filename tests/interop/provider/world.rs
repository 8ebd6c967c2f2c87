//! The provider on the clients and the user of this directory, and the scripts that are its clients.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::browser::{Browser, Reply};
use crate::support::{Example, finish};

/// A file of this directory.
pub(crate) fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("interop/provider").join(name)
}

/// The real program, on a free port.
pub(crate) fn start() -> Example {
    start_with(&json("clients.json"), &[])
}

/// The real program with these clients, and these arguments beside the usual ones.
pub(crate) fn start_with(clients: &Value, more: &[&str]) -> Example {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("clients.json"), clients.to_string()).unwrap();
    let users = file("users.json");
    let files = ["--clients", "clients.json", "--users", users.to_str().unwrap()];
    let args = [&files[..], &["--listen", "127.0.0.1:0", "--store", "sqlite:oauth.db"], more].concat();
    Example::start_logging_in(directory, "provider", &args, "provider: serving", "debug")
}

/// Runs a script against a provider: it must succeed, and say that each of these works.
pub(crate) fn run(
    mut interpreter: Command,
    script: &str,
    provider: &Example,
    more: &[&str],
    expected: &[&str],
) {
    interpreter
        .arg(file(script))
        .arg(&provider.origin)
        .args(more)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .current_dir(provider.directory.path())
        .stdin(Stdio::null());
    let (code, output, errors) = finish(interpreter);
    assert_eq!(code, Some(0), "{script}: {output}\n{errors}\nThe provider's log:\n{}", provider.log());
    assert_eq!(output.lines().collect::<Vec<_>>(), expected, "{errors}");
}

/// The JSON of a file of this directory.
pub(crate) fn json(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(file(name)).unwrap()).unwrap()
}

/// `client_secret` of a client; null if it has none.
pub(crate) fn secret(client_id: &str) -> Value {
    let clients = json("clients.json");
    let client = clients.as_array().unwrap().iter().find(|client| client["client_id"] == client_id).unwrap();
    client["client_secret"].clone()
}

/// The facts known of Alice.
pub(crate) fn alice(member: &str) -> String {
    json("users.json")[0][member].as_str().unwrap().to_owned()
}

/// A claim of Alice's.
pub(crate) fn alice_claim(name: &str) -> String {
    json("users.json")[0]["claims"][name].as_str().unwrap().to_owned()
}

/// Alice logs in at a browser of her own, and agrees: where the browser is sent in the end.
pub(crate) async fn alice_agrees(provider: &Example, authorization_url: &str, callback: &str) -> String {
    alice_agrees_at(provider.browser(), authorization_url, callback).await
}

/// The same at this browser.
pub(crate) async fn alice_agrees_at(browser: Browser, authorization_url: &str, callback: &str) -> String {
    let consent = alice_logs_in(&browser, authorization_url, callback).await;
    // She is asked once for each client and scope.
    if consent.status.is_redirection() {
        return consent.location().to_owned();
    }
    let answered = browser.submit(&consent, &[("decision", "allow")]).await;
    browser.follow(answered, callback).await.location().to_owned()
}

/// Alice logs in at a browser of her own, and enters the code that her device shows.
pub(crate) async fn alice_connects(provider: &Example, verification_uri: &str, user_code: &str) {
    let browser = provider.browser();
    let page = alice_logs_in(&browser, verification_uri, "-").await;
    let confirmation = browser.submit(&page, &[("user_code", user_code)]).await;
    let connected = browser.submit(&confirmation, &[("decision", "allow")]).await;
    assert!(connected.body.contains("Your device is connected"), "{}", connected.body);
}

/// The page that comes after the login.
async fn alice_logs_in(browser: &Browser, url: &str, callback: &str) -> Reply {
    let login = browser.follow(browser.get(url).await, callback).await;
    let fields = [("username", &*alice("username")), ("password", &*alice("password"))];
    browser.follow(browser.submit(&login, &fields).await, callback).await
}
