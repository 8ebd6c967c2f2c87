//! Keys of the provider that are in its store.

use std::path::Path;

use axum::http::StatusCode;
use serde_json::Value;
use tempfile::TempDir;

use crate::provider::sample;
use crate::support::{Example, run_with};

const KEK: &str = "2026:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const OTHER: &str = "2027:8PHy8/T19vf4+fr7/P3+/+Dh4uPk5ebn6Onq6+zt7u8=";

fn arguments(store: &Path) -> Vec<String> {
    let (clients, users) = (sample("clients.json"), sample("users.json"));
    let store = format!("sqlite:{}", store.display());
    let files = ["--clients", clients.to_str().unwrap(), "--users", users.to_str().unwrap()];
    let rest = [
        "--listen",
        "127.0.0.1:0",
        "--issuer",
        "https://auth.example.com",
        "--profile",
        "openid",
        "--store",
        &store,
    ];
    files.into_iter().chain(rest).map(str::to_owned).collect()
}

fn start(directory: TempDir, store: &Path, keks: &str) -> Example {
    let arguments = arguments(store);
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    Example::start_with_env(directory, "provider", &arguments, "provider: serving", &[("OAUTH_KEKS", keks)])
}

async fn published(example: &Example) -> Value {
    let answer = example.browser().get("/jwks.json").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()
}

#[tokio::test]
async fn providers_on_one_store_share_their_keys_and_write_no_files() {
    let shared = tempfile::tempdir().unwrap();
    let store = shared.path().join("oauth.db");
    let folder = || tempfile::tempdir().unwrap();
    let one = start(folder(), &store, KEK);
    let two = start(folder(), &store, &format!("{OTHER},{KEK}"));
    let keys = published(&one).await;
    assert_eq!(keys["keys"].as_array().unwrap().len(), 2, "{keys}");
    assert_eq!(published(&two).await, keys);
    // The next run has them, too.
    one.stop();
    assert_eq!(published(&start(folder(), &store, KEK)).await, keys);
    let files = std::fs::read_dir(shared.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let files: Vec<_> = files.map(|name| name.into_string().unwrap()).collect();
    assert!(files.iter().all(|name| name.starts_with("oauth.db") && !name.contains(".pem")), "{files:?}");
}

#[test]
fn a_wrong_kek_is_one_line() {
    let shared = tempfile::tempdir().unwrap();
    let store = shared.path().join("oauth.db");
    drop(start(tempfile::tempdir().unwrap(), &store, KEK));
    let arguments = arguments(&store);
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let fails = |keks: &str| {
        let (code, _, errors) = run_with("provider", &arguments, shared.path(), &[("OAUTH_KEKS", keks)]);
        assert_eq!(code, Some(1), "{errors}");
        assert!(!errors.contains(&KEK[5..]) && !errors.contains(&OTHER[5..]));
        errors
    };
    let missing = fails(OTHER);
    assert!(missing.contains("sealed by the KEK `2026`, which is not given, but `2027`"), "{missing}");
    let malformed = fails("secret");
    assert!(malformed.contains("provider: OAUTH_KEKS: the KEK number 1 has no name"), "{malformed}");
}

#[test]
fn keys_are_administered_beside_the_providers() {
    let shared = tempfile::tempdir().unwrap();
    let store = shared.path().join("oauth.db");
    drop(start(tempfile::tempdir().unwrap(), &store, KEK));
    let at = format!("sqlite:{}", store.display());
    let both = format!("{OTHER},{KEK}");
    let admin = |keks: Option<&str>, command: &[&str]| {
        let arguments = [&["admin", "--store", &at], command].concat();
        let environment: Vec<_> = keks.iter().map(|keks| ("OAUTH_KEKS", *keks)).collect();
        let (code, output, errors) = run_with("provider", &arguments, shared.path(), &environment);
        assert!(
            [&output, &errors].iter().all(|text| !text.contains(&KEK[5..]) && !text.contains(&OTHER[5..]))
        );
        (code.unwrap(), output, errors)
    };
    let list = || {
        let (code, output, errors) = admin(None, &["key", "list", "--json"]);
        assert_eq!((code, errors.as_str()), (0, ""));
        output.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect::<Vec<_>>()
    };
    let of = |keys: &[Value], purpose: &str| -> Vec<Value> {
        keys.iter().filter(|key| key["purpose"] == purpose).cloned().collect()
    };
    let first = of(&list(), "sign:ES256");
    assert_eq!((first.len(), &first[0]["state"]), (1, &Value::from("active")));

    // Who reads needs no KEK, and who makes keys does.
    let (code, _, errors) = admin(None, &["key", "rotate", "ES256"]);
    assert_eq!(code, 2, "{errors}");
    assert!(errors.starts_with("provider admin: OAUTH_KEKS is not set"), "{errors}");
    let (code, _, errors) = admin(Some(OTHER), &["key", "rotate", "ES256"]);
    assert_eq!(code, 2, "{errors}");
    assert!(errors.contains("sealed by the KEK `2026`, which is not given"), "{errors}");
    let (code, _, errors) = admin(Some(KEK), &["key", "rotate", "ES999"]);
    assert_eq!((code, errors.as_str()), (2, "provider admin: `ES999` is no algorithm such as ES256\n"));
    let (code, _, errors) = admin(Some(KEK), &["key", "rotate", "EdDSA"]);
    let expected = "provider admin: no key of this store signs by EdDSA: a server that is to sign by it makes the first when it \
                    starts, or `key import` brings one\n";
    assert_eq!((code, errors.as_str()), (3, expected));

    let (code, output, errors) = admin(Some(KEK), &["key", "rotate", "ES256"]);
    assert_eq!(
        (code, output.starts_with("the next key of ES256 signs from ")),
        (0, true),
        "{output}{errors}"
    );
    let two = of(&list(), "sign:ES256");
    assert_eq!((two.len(), &two[1]["state"]), (2, &Value::from("pending")));
    let signs_for = |key: &Value| key["sign_until"].as_u64().unwrap() - key["sign_from"].as_u64().unwrap();
    assert_eq!(signs_for(&two[1]), signs_for(&first[0]), "as long as those that servers make");

    // A key of a file of yours, after that.
    let pem = shared.path().join("mine.pem");
    let mine = oauth_core::prelude::SigningKey::generate(oauth_core::prelude::Algorithm::ES256).unwrap();
    std::fs::write(&pem, mine.to_pkcs8_pem().unwrap().expose()).unwrap();
    let import = ["key", "import", pem.to_str().unwrap()];
    let (code, output, errors) = admin(Some(KEK), &import);
    assert_eq!(code, 0, "{errors}");
    let expected = format!("imported {}, which signs by ES256 from 20", mine.kid().unwrap());
    assert!(output.starts_with(&expected), "{output}");
    let three = of(&list(), "sign:ES256");
    assert_eq!(
        (&three[2]["kid"], &three[2]["state"]),
        (&Value::from(mine.kid().unwrap()), &Value::from("pending"))
    );
    assert_eq!(signs_for(&three[2]), signs_for(&first[0]));
    assert!(three[2]["sign_from"].as_u64() >= two[1]["sign_from"].as_u64());
    let (code, _, errors) = admin(Some(KEK), &import);
    assert_eq!((code, errors.contains("is in the store already")), (3, true), "{errors}");
    let theirs = oauth_core::prelude::SigningKey::generate(oauth_core::prelude::Algorithm::ES256).unwrap();
    std::fs::write(&pem, theirs.to_pkcs8_pem().unwrap().expose()).unwrap();
    let (code, _, errors) = admin(Some(OTHER), &import);
    assert_eq!(
        (code, errors.contains("sealed by the KEK `2026`, which is not given")),
        (2, true),
        "{errors}"
    );
    assert_eq!(of(&list(), "sign:ES256"), three, "no server could open it");
    let (code, _, errors) = admin(Some(KEK), &[&import[..], &["--alg", "RS256"]].concat());
    assert_eq!((code, errors.contains("cannot sign with RS256")), (2, true), "{errors}");
    std::fs::write(&pem, "no key").unwrap();
    let (code, _, errors) = admin(Some(KEK), &import);
    assert_eq!((code, errors.contains("mine.pem")), (2, true), "{errors}");

    let kid = first[0]["kid"].as_str().unwrap();
    let (code, _, errors) = admin(Some(KEK), &["key", "revoke", kid]);
    assert_eq!(code, 0, "{errors}");
    let (code, _, errors) = admin(Some(KEK), &["key", "revoke", "nobody"]);
    assert_eq!(
        (code, errors.contains("no key that signs is called `nobody`: there are ")),
        (3, true),
        "{errors}"
    );

    let activated = |rows: String| rows.matches("key.activated").count();
    let told = || activated(admin(None, &["events", "tail", "-n", "1000", "--json"]).1);
    let before = told();

    let (code, output, errors) = admin(Some(&both), &["key", "rewrap"]);
    assert_eq!((code, output.starts_with("sealed ")), (0, true), "{output}{errors}");
    assert!(list().iter().all(|key| key["kek"] == "2027"), "{:?}", list());
    assert_eq!(told(), before, "an operator has activated none");
    drop(start(tempfile::tempdir().unwrap(), &store, OTHER));
}
