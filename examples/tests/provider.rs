//! The provider, run as a user runs it on the two files that `--help` shows.

use std::fs;
use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::jose::{ContentEncryption, DecryptionKey, KeyManagement};
use oauth_core::secret::TokenHash;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::browser::{Browser, encode, query_param};
use crate::support::{Example, run};

const CALLBACK: &str = "http://127.0.0.1:3000/callback";
const WEB: (&str, &str) = ("web", "web-secret-for-development-only");
pub(crate) const PASSWORD: &str = "alice-for-development-only";
pub(crate) const VERIFIER: &str = "a-code-verifier-has-43-characters-or-more-of-them";

/// A file beside the example.
pub(crate) fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("provider").join(name)
}

pub(crate) fn start(directory: TempDir, store: &str) -> Example {
    start_with(directory, &["--store", store])
}

fn start_with(directory: TempDir, args: &[&str]) -> Example {
    let (clients, users) = (sample("clients.json"), sample("users.json"));
    let (clients, users) = (clients.to_str().unwrap(), users.to_str().unwrap());
    let files = ["--listen", "127.0.0.1:0", "--clients", clients, "--users", users];
    Example::start_in(directory, "provider", &[&files[..], args].concat(), "provider: serving")
}

fn in_memory() -> Example {
    start(tempfile::tempdir().unwrap(), "memory")
}

/// Alice logs in and agrees, and `web` redeems the code.
pub(crate) async fn tokens(browser: &Browser) -> Value {
    let challenge = URL_SAFE_NO_PAD.encode(TokenHash::of(VERIFIER).as_bytes());
    let query = encode(&[
        ("response_type", "code"),
        ("client_id", "web"),
        ("redirect_uri", CALLBACK),
        ("scope", "profile calendar"),
        ("state", "state-of-the-client"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ]);
    let login = browser.follow(browser.get(&format!("/authorize?{query}")).await, CALLBACK).await;
    let sent = browser.submit(&login, &[("username", "alice"), ("password", PASSWORD)]).await;
    let consent = browser.follow(sent, CALLBACK).await;
    let back = browser.submit(&consent, &[("decision", "allow")]).await;
    let code = query_param(back.location(), "code").expect("a code");
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    let answer = browser.post_as(WEB, "/token", &form).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()
}

async fn is_active(browser: &Browser, token: &Value) -> bool {
    browser.post_as(WEB, "/introspect", &[("token", token.as_str().unwrap())]).await.json()["active"] == true
}

#[test]
fn help_shows_the_sample_files_and_leaves_nothing_behind() {
    let directory = tempfile::tempdir().unwrap();

    let (code, output, errors) = run("provider", &["--help"], directory.path());

    assert_eq!((code, errors.as_str()), (Some(0), ""));
    for name in ["clients.json", "users.json", "scopes.json", "resources.json"] {
        assert!(output.contains(&fs::read_to_string(sample(name)).unwrap()), "{output}");
    }
    for argument in [
        "--clients FILE",
        "--users FILE",
        "--listen ADDRESS",
        "--issuer URL",
        "--store STORE",
        "--registration",
        "--profile PROFILE",
        "--scopes FILE",
        "--resource URI[=SCOPE,SCOPE]",
        "--resources FILE",
    ] {
        assert!(output.contains(argument), "{output}");
    }
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn the_clients_and_users_of_the_files_get_tokens() {
    let example = in_memory();

    let token = tokens(&example.browser()).await;
    let robot = [
        ("grant_type", "client_credentials"),
        ("client_id", "robot"),
        ("client_secret", "robot-secret-for-development-only"),
    ];
    let machine = example.browser().post("/token", &robot).await;

    assert_eq!(token["scope"], "profile calendar");
    assert!(token["refresh_token"].is_string());
    assert_eq!(machine.json()["scope"], "calendar", "{}", machine.body);
    let access_token = token["access_token"].as_str().unwrap();
    let calendar = example.browser().get_with_token("/calendar", access_token).await;
    assert_eq!(calendar.json()["owner"], "248289761001", "{}", calendar.body);
    assert_eq!(example.browser().get("/calendar").await.status, StatusCode::UNAUTHORIZED);
}

/// RFC 7591 §2.
#[tokio::test]
async fn a_client_without_a_scope_may_have_every_scope() {
    let directory = tempfile::tempdir().unwrap();
    let client = r#"[{
        "client_id": "bare",
        "client_secret": "a-secret-for-this-test-only",
        "grant_types": ["client_credentials"]
    }]"#;
    fs::write(directory.path().join("clients.json"), client).unwrap();
    let users = sample("users.json");
    let args = ["--listen", "127.0.0.1:0", "--clients", "clients.json", "--users", users.to_str().unwrap()];
    let example = Example::start_in(directory, "provider", &args, "provider: serving");

    let form = [("grant_type", "client_credentials"), ("scope", "calendar phone")];
    let token =
        example.browser().post_as(("bare", "a-secret-for-this-test-only"), "/token", &form).await.json();

    assert_eq!(token["scope"], "calendar phone", "{token}");
}

/// The files say who there is, whatever an earlier run has put into the database.
#[tokio::test]
async fn a_restart_on_the_same_database_keeps_tokens_and_keys() {
    let first = start(tempfile::tempdir().unwrap(), "sqlite:oauth.db");
    let token = tokens(&first.browser()).await;
    let keys = first.browser().get("/jwks.json").await.json();

    let second = start(first.stop(), "sqlite:oauth.db");

    let browser = second.browser();
    assert_eq!(browser.get("/jwks.json").await.json(), keys);
    assert!(is_active(&browser, &token["access_token"]).await);
    let refresh =
        [("grant_type", "refresh_token"), ("refresh_token", token["refresh_token"].as_str().unwrap())];
    let refreshed = browser.post_as(WEB, "/token", &refresh).await;
    assert_eq!(refreshed.status, StatusCode::OK, "{}", refreshed.body);
}

#[tokio::test]
async fn a_client_that_is_gone_from_the_file_is_gone() {
    let first = start(tempfile::tempdir().unwrap(), "sqlite:oauth.db");
    let token = tokens(&first.browser()).await;
    let directory = first.stop();
    let clients = fs::read_to_string(sample("clients.json")).unwrap().replace("\"web\"", "\"other\"");
    fs::write(directory.path().join("clients.json"), clients).unwrap();
    let users = sample("users.json");
    let args = ["--listen", "127.0.0.1:0", "--clients", "clients.json", "--users", users.to_str().unwrap()];
    let args = [&args[..], &["--store", "sqlite:oauth.db"]].concat();

    let second = Example::start_in(directory, "provider", &args, "provider: serving");

    let refresh =
        [("grant_type", "refresh_token"), ("refresh_token", token["refresh_token"].as_str().unwrap())];
    let refused = second.browser().post_as(WEB, "/token", &refresh).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert_eq!(refused.json()["error"], "invalid_client");
    let other = second.browser().post_as(("other", WEB.1), "/token", &refresh).await;
    assert_eq!(other.json()["error"], "invalid_grant", "{}", other.body);
}

/// `sub` is the user, whatever the user name is.
#[tokio::test]
async fn a_user_who_is_gone_from_the_file_is_gone() {
    let first = start(tempfile::tempdir().unwrap(), "sqlite:oauth.db");
    let token = tokens(&first.browser()).await;
    let directory = first.stop();
    let users = fs::read_to_string(sample("users.json")).unwrap().replace("248289761001", "248289761003");
    fs::write(directory.path().join("users.json"), users).unwrap();
    let clients = sample("clients.json");
    let args = ["--listen", "127.0.0.1:0", "--clients", clients.to_str().unwrap(), "--users", "users.json"];
    let args = [&args[..], &["--store", "sqlite:oauth.db"]].concat();

    let second = Example::start_in(directory, "provider", &args, "provider: serving");

    let refresh =
        [("grant_type", "refresh_token"), ("refresh_token", token["refresh_token"].as_str().unwrap())];
    let refused = second.browser().post_as(WEB, "/token", &refresh).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert_eq!(refused.json()["error"], "invalid_grant");
}

/// Nor do they share subject identifiers.
#[tokio::test]
async fn databases_in_one_directory_share_no_keys() {
    let production = start(tempfile::tempdir().unwrap(), "sqlite:oauth.production");
    let keys = production.browser().get("/jwks.json").await.json();

    let staging = start(production.stop(), "sqlite:oauth.staging");

    let kids = |keys: &Value| {
        keys["keys"].as_array().unwrap().iter().map(|key| key["kid"].clone()).collect::<Vec<_>>()
    };
    let (production, staging) = (kids(&keys), kids(&staging.browser().get("/jwks.json").await.json()));
    assert_eq!(production.len(), staging.len());
    assert!(production.iter().all(|kid| !staging.contains(kid)), "{production:?} {staging:?}");
}

#[tokio::test]
async fn memory_forgets_at_the_end() {
    let first = in_memory();
    let token = tokens(&first.browser()).await;
    assert!(is_active(&first.browser(), &token["access_token"]).await);

    let second = start(first.stop(), "memory");

    assert!(!is_active(&second.browser(), &token["access_token"]).await);
}

#[tokio::test]
async fn an_issuer_with_a_path_is_where_everything_is() {
    let directory = tempfile::tempdir().unwrap();
    let example = start_with(directory, &["--issuer", "https://auth.example.com/tenant"]);

    let metadata = example.browser().get("/.well-known/oauth-authorization-server/tenant").await.json();

    assert_eq!(metadata["issuer"], "https://auth.example.com/tenant");
    assert_eq!(metadata["token_endpoint"], "https://auth.example.com/tenant/token");
    let openid = example.browser().get("/tenant/.well-known/openid-configuration").await.json();
    assert_eq!(openid["userinfo_endpoint"], "https://auth.example.com/tenant/userinfo");
    assert_eq!(example.browser().get("/tenant/jwks.json").await.status, StatusCode::OK);
    assert_eq!(example.browser().get("/jwks.json").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn access_tokens_come_in_three_formats() {
    let key = DecryptionKey::generate(KeyManagement::EcdhEsA256KW, ContentEncryption::A256GCM).unwrap();
    let directory = tempfile::tempdir().unwrap();
    let public = serde_json::to_string(&key.encryption_key().public_jwk().unwrap()).unwrap();
    fs::write(directory.path().join("api.jwk.json"), public).unwrap();
    let encrypted = start_with(directory, &["--access-tokens", "jwe:api.jwk.json"]);
    let opaque = start_with(tempfile::tempdir().unwrap(), &["--access-tokens", "opaque"]);
    let signed = in_memory();

    let [encrypted_token, opaque_token, signed_token] = [&encrypted, &opaque, &signed]
        .map(async |example| tokens(&example.browser()).await["access_token"].clone());
    let (encrypted_token, opaque_token, signed_token) =
        (encrypted_token.await, opaque_token.await, signed_token.await);

    let inside = key.decrypt_jwt(encrypted_token.as_str().unwrap()).unwrap();
    assert_eq!(inside.expose().split('.').count(), 3);
    assert_eq!(signed_token.as_str().unwrap().split('.').count(), 3);
    assert_eq!(opaque_token.as_str().unwrap().split('.').count(), 1);
    for (example, token) in
        [(&encrypted, &encrypted_token), (&opaque, &opaque_token), (&signed, &signed_token)]
    {
        assert!(is_active(&example.browser(), token).await);
        let calendar = example.browser().get_with_token("/calendar", token.as_str().unwrap()).await;
        assert_eq!(calendar.status, StatusCode::OK, "{}", calendar.body);
    }
}

/// A request under way is answered; then the program ends by itself, with success.
#[cfg(unix)]
#[tokio::test]
async fn signals_end_it_when_what_is_under_way_is_done() {
    use std::io::{Read as _, Write as _};

    use rustix::process::Signal;

    for (signal, store) in [(Signal::TERM, "sqlite:oauth.db"), (Signal::INT, "memory")] {
        let mut example = start(tempfile::tempdir().unwrap(), store);
        let address = example.origin.strip_prefix("http://").unwrap().to_owned();
        let mut slow = std::net::TcpStream::connect(&address).unwrap();
        let body =
            "grant_type=client_credentials&client_id=robot&client_secret=robot-secret-for-development-only";
        let head = format!(
            "POST /token HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\n\r\n",
            body.len()
        );
        slow.write_all(head.as_bytes()).unwrap();
        // The server says this once it wants the body: then the request is under way.
        let mut wanted = [0; b"HTTP/1.1 100 Continue\r\n\r\n".len()];
        slow.read_exact(&mut wanted).unwrap();
        assert_eq!(&wanted, b"HTTP/1.1 100 Continue\r\n\r\n");
        slow.write_all(&body.as_bytes()[..20]).unwrap();

        assert_eq!(example.browser().get("/health/ready").await.status, StatusCode::OK);
        example.signal(signal);
        // First, so that nobody is sent here who would find nobody.
        let mut ready = example.browser().get("/health/ready").await;
        while ready.status == StatusCode::OK {
            ready = example.browser().get("/health/ready").await;
        }
        assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(ready.json()["problems"], serde_json::json!(["it is draining"]));
        example.wait_until_deaf();
        slow.write_all(&body.as_bytes()[20..]).unwrap();
        let mut answer = String::new();
        slow.read_to_string(&mut answer).unwrap();

        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert_eq!(example.wait().code(), Some(0));
        assert!(std::net::TcpStream::connect(&address).is_err(), "nothing listens any more");
        // A database that was closed has no log beside it.
        assert!(!example.directory.path().join("oauth.db-wal").exists());
    }
}

#[cfg(unix)]
#[test]
fn the_key_files_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let example = start(tempfile::tempdir().unwrap(), "sqlite:oauth.db");

    for name in ["oauth.db.rs256.key.pem", "oauth.db.es256.key.pem", "oauth.db.pairwise.key.pem", "oauth.db"]
    {
        let file = example.directory.path().join(name).metadata().unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600, "{name}");
    }
}
