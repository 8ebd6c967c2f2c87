//! Scopes and resources.

use std::fs;

use super::world::mistakes;
use crate::provider::sample;

/// Runs it with these scopes, or resources.
fn of_offer(argument: &str, json: &str, more: &[&str]) -> Vec<String> {
    let directory = tempfile::tempdir().unwrap();
    let (clients, users) = (sample("clients.json"), sample("users.json"));
    let file = format!("{argument}.json");
    fs::write(directory.path().join(&file), json).unwrap();
    let args = ["--clients", clients.to_str().unwrap(), "--users", users.to_str().unwrap()];
    let flag = format!("--{argument}");
    mistakes(&directory, &[&args[..], &[&flag, &file], more].concat())
}

#[test]
fn scopes() {
    let of_scopes = |json: &str| of_offer("scopes", json, &[]);
    assert_eq!(
        of_scopes("{}"),
        ["scopes.json:1:1: invalid type: object: the file is an array of scopes, `[{…}, {…}]`"]
    );
    assert_eq!(
        of_scopes(
            r#"[
 {"description": "Read your mail"},
 {"name": "mail read"},
 {"name": "mail.read", "description": " "},
 {"name": "mail.send", "strangers": "yes"},
 {"name": "files", "stranger": true},
 {"name": "mail"},
 {"name": "mail"}
]"#
        ),
        [
            "scopes.json:2:2: the member `name`, a string, is missing",
            "scopes.json:3:11: scope `mail read`: `name`: this must be one word of ASCII characters, without `\"` and `\\` (RFC 6749 §3.3), such as \
             \"mail.read\"",
            "scopes.json:4:39: scope `mail.read`: `description`: this must tell people what they allow, such as \"Read your \
             mail\"; without it, they are told the name",
            "scopes.json:5:37: scope `mail.send`: `strangers`: this must be true or false",
            "scopes.json:6:32: scope `files`: `stranger`: there is no such member; is it `strangers`?",
            "scopes.json:8:11: scope `mail`: `name`: this is the scope of line 7 already",
        ]
    );
}

/// RFC 7591 §5: without a word about strangers they would have every scope.
#[test]
fn strangers_get_nothing_that_was_not_given_to_them() {
    let sentence = |why: &str| {
        format!(
            "scopes.json: no scope is for clients that come by themselves, as they do {why} (RFC 7591 §5): write `\"strangers\": true` at \
             those that they may ask people for"
        )
    };
    let scopes = r#"[{"name": "admin", "strangers": false}]"#;
    assert_eq!(of_offer("scopes", scopes, &["--registration"]), [sentence("with `--registration`")]);
    let mcp = ["--profile", "mcp", "--resource", "https://a.example"];
    assert_eq!(of_offer("scopes", scopes, &mcp), [sentence("with `--profile mcp`")]);
}

#[test]
fn resources() {
    let of_resources = |json: &str| of_offer("resources", json, &[]);
    assert_eq!(
        of_resources(
            r#"[
 {"scopes": ["calendar"]},
 {"resource": "https://a.example/#x"},
 {"resource": "http://a.example"},
 {"resource": "https://a.example"},
 {"resource": "https://A.example/"},
 {"resource": "https://b.example", "scopes": ["calendar", "calender"]},
 {"resource": "https://c.example", "scopes": "calendar"},
 {"uri": "https://d.example"}
]"#
        ),
        [
            "resources.json:2:2: the member `resource`, a string, is missing",
            "resources.json:3:15: `resource`: the resource `https://a.example/#x` has a fragment, which RFC 8707 §2 forbids: leave \
             it out",
            "resources.json:4:15: `resource`: the resource `http://a.example` is http off loopback, where anyone on the way reads \
             its tokens: use `https://`, or `http://127.0.0.1` for development",
            "resources.json:6:15: `resource`: the resource `https://a.example` is declared twice: keep one",
            "resources.json:7:59: `scopes[1]`: the resource `https://b.example` knows the scope `calender`, which the server does \
             not have (RFC 8707 §2.2): it has openid, profile, email, address, phone, offline_access, calendar, or those of --scopes",
            "resources.json:8:46: `scopes`: this must be an array of strings, such as [\"mail.read\"]",
            "resources.json:9:10: `uri`: there is no such member; there are resource, scopes",
        ]
    );
    assert_eq!(
        of_offer("resources", "[]", &["--resource", "https://a.example=calender", "--resource", "a"]),
        [
            "--resource https://a.example=calender: the resource `https://a.example` knows the scope `calender`, which the server \
             does not have (RFC 8707 §2.2): it has openid, profile, email, address, phone, offline_access, calendar, or those of \
             --scopes",
            "--resource a: the resource `a` is not an https URL (RFC 8707 §2, RFC 9728 §1.2): start it with `https://`",
        ]
    );
}
