//! What is no JSON, or none of these files.

use std::fs;

use super::world::{GOOD, mistakes, of_client, of_clients, of_users};

#[test]
fn what_is_no_json() {
    assert_eq!(of_clients("[\n  {\"client_id\": \"a\",}\n]"), ["clients.json:2:21: key must be a string"]);
    assert_eq!(
        of_clients("[\n  {\"client_id\": \"é\" \"b\"}\n]"),
        ["clients.json:2:21: expected `,` or `}`"]
    );
    assert_eq!(of_clients("[\n  {\"client_id\": "), ["clients.json:2:16: EOF while parsing a value"]);
    assert_eq!(
        of_clients(" \n"),
        ["clients.json: the file is empty: it is an array of clients, `[{…}, {…}]`"]
    );
    assert_eq!(
        of_clients("{}"),
        ["clients.json:1:1: invalid type: object: the file is an array of clients, `[{…}, {…}]`"]
    );
    assert_eq!(of_clients("[\n\n 3]"), ["clients.json:3:2: each of the clients is an object, `{…}`"]);
}

/// Some editors begin a file with one.
#[test]
fn a_byte_order_mark_is_no_mistake() {
    assert_eq!(of_clients("\u{feff}[3]"), ["clients.json:1:2: each of the clients is an object, `{…}`"]);
}

#[test]
fn misspelt_and_repeated_members() {
    assert_eq!(
        of_client(
            &format!(r#""client_id": "a", "redirect_uri": "https://a.example/cb", {GOOD}"#),
            "\"https://a.example/cb\", \"client_secret"
        ),
        "`redirect_uri`: there is no such member; is it `redirect_uris`?"
    );
    assert!(of_client(&format!(r#""client_id": "a", "colour": "red", {GOOD}"#), "\"red\"").starts_with(
        "`colour`: there is no such member; there are client_id, client_secret, origins, first_party, introspects, require_pkce, redirect_uris,"
    ));
    assert_eq!(
        of_client(&format!(r#""client_id": "a", {GOOD}, "client_id": "b""#), "\"b\""),
        "`client_id`: this member is there twice"
    );
}

#[test]
fn wrong_types() {
    assert_eq!(
        of_client(r#""client_id": "a", "redirect_uris": "https://a.example/cb""#, "\"https://a"),
        "`redirect_uris`: invalid type: string \"https://a.example/cb\", expected an array"
    );
    assert_eq!(
        of_client(
            r#""client_id": "a", "redirect_uris": ["https://a.example/cb"], "token_endpoint_auth_method": "client_secret_jvt""#,
            "\"client_secret_jvt"
        )
        .split(" that is known here").next(),
        Some("`token_endpoint_auth_method`: token_endpoint_auth_method `client_secret_jvt` is none")
    );
    assert_eq!(of_client(r#""client_id": 3"#, "3"), "`client_id`: this must be a string");
    // Whatever it is, it may have been meant as a secret.
    assert_eq!(
        of_client(r#""client_id": "a", "client_secret": 1234567890123456"#, "1234"),
        "`client_secret`: this must be a string"
    );
}

#[test]
fn duplicates_are_named() {
    assert_eq!(
        of_clients(&format!("[\n {{\"client_id\": \"a\", {GOOD}}},\n {{\"client_id\": \"a\", {GOOD}}}\n]")),
        ["clients.json:3:16: client `a`: `client_id`: this is the client of line 2 already"]
    );
    assert_eq!(
        of_users(
            r#"[
 {"sub": "1", "username": "a", "password": "x"},
 {"sub": "1", "username": "b", "password": "x"},
 {"sub": "2", "username": "a", "password": "x"}
]"#
        ),
        [
            "users.json:3:10: `sub`: `1` is the user of line 2 already",
            "users.json:4:27: `username`: `a` is the user of line 2 already",
        ]
    );
}

#[test]
fn both_files_are_read_before_anything_is_said() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("clients.json"), "[3, {\"client_id\": 3}]").unwrap();
    fs::write(directory.path().join("users.json"), b"[\n\xff").unwrap();
    let said = |clients, users| mistakes(&directory, &["--clients", clients, "--users", users]);

    assert_eq!(
        said("clients.json", "users.json"),
        [
            "clients.json:1:2: each of the clients is an object, `{…}`",
            "clients.json:1:19: `client_id`: this must be a string",
            "users.json:2: this line is not UTF-8 text",
        ]
    );
    assert_eq!(
        said("absent.json", "."),
        ["absent.json: there is no such file", ".: this is a directory, not a file"]
    );
}
