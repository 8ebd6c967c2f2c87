//! Clients that break a rule.

use std::fs;

use super::world::{GOOD, mistakes, of_client, of_clients};
use crate::provider::sample;
use crate::support::Example;

/// RFC 9700 §4.15: the token of such a client would be taken for the person's.
#[test]
fn a_client_is_not_called_as_a_person_is() {
    assert_eq!(
        of_client(&format!(r#""client_id": "248289761001", {GOOD}"#), "\"248289761001\""),
        "client `248289761001`: `client_id`: this is the `sub` of a user, for whom an API would take the client (RFC 9700 §4.15)"
    );
}

#[test]
fn who_is_told_by_introspection() {
    for value in [r#""any""#, "true", r#"{"audience": "https://a.example"}"#] {
        assert_eq!(
            of_client(&format!(r#""client_id": "a", {GOOD}, "introspects": {value}"#), value),
            "`introspects`: this must be an array of audiences, such as [\"https://api.example\"], or \"all\""
        );
    }
}

#[test]
fn values_that_break_a_rule() {
    assert_eq!(
        of_clients(
            r#"[
  {
    "client_id": "a",
    "client_secret": "sixteen-or-more-characters",
    "redirect_uris": [
      "https://a.example/cb",
      "http://a.example/cb"
    ]
  }
]"#
        ),
        [
            "clients.json:7:7: client `a`: `redirect_uris[1]`: redirect_uri `http://a.example/cb` is http outside loopback: use https (RFC 9700 §2.6)"
        ]
    );
    assert_eq!(
        of_client(
            r#""client_id": "a", "client_secret": "short", "redirect_uris": ["https://a.example/cb"]"#,
            "\"short"
        ),
        "`client_secret`: client_secret has 5 characters and needs at least 16 random ones, as ClientSecret::generate() \
         makes them (RFC 6749 §10.10)"
    );
    assert_eq!(
        of_client(&format!(r#""client_id": "a", {GOOD}, "scope": "profile calender""#), "\"profile")
            .split("; ")
            .next(),
        Some("`scope`: this server has no scope `calender`")
    );
    assert_eq!(
        of_client(
            &format!(r#""client_id": "a", {GOOD}, "grant_types": ["authorization_code", "magic"]"#),
            "\"magic"
        )
        .split("; ")
        .next(),
        Some("`grant_types[1]`: this server has no grant `magic`")
    );
    assert_eq!(
        of_client(
            &format!(r#""client_id": "a", {GOOD}, "origins": ["https://a.example/"]"#),
            "\"https://a.example/\""
        )
        .split(": it is")
        .next(),
        Some("`origins[0]`: origin `https://a.example/` is malformed")
    );
}

#[test]
fn what_this_server_does_not_do() {
    for member in ["id_token_signed_response_alg", "userinfo_signed_response_alg"] {
        assert_eq!(
            of_client(&format!(r#""client_id": "a", {GOOD}, "{member}": "ES384""#), "\"ES384"),
            format!("`{member}`: this server does not sign with ES384, only with [RS256, ES256]")
        );
    }
    assert_eq!(
        of_client(
            &format!(r#""client_id": "a", {GOOD}, "tls_client_certificate_bound_access_tokens": true"#),
            "true"
        ),
        "`tls_client_certificate_bound_access_tokens`: this server cannot do what this asks for"
    );
    let jwks = r#"{"keys": [{"kty": "oct", "k": "a-secret"}]}"#;
    let signer = r#""client_id": "a", "token_endpoint_auth_method": "private_key_jwt", "grant_types": ["client_credentials"]"#;
    let jwks = of_client(&format!(r#"{signer}, "jwks": {jwks}"#), jwks);
    assert!(jwks.starts_with("`jwks`: ") && !jwks.contains("a-secret"), "{jwks}");
}

#[test]
fn values_that_contradict_each_other() {
    assert_eq!(
        of_client(r#""client_id": "a", "redirect_uris": ["https://a.example/cb"]"#, "{"),
        "a client with token_endpoint_auth_method `client_secret_basic`, which is also the default, needs a client_secret; \
         one that can keep no secret has the method `none` or `private_key_jwt` (RFC 7591 §2)"
    );
    assert_eq!(
        of_client(r#""client_id": "a", "client_secret": "sixteen-or-more-characters""#, "{"),
        "a client with the grant `authorization_code` needs at least one of redirect_uris (RFC 7591 §2); one that needs \
         none states its grant_types, whose default is authorization_code"
    );
    assert_eq!(
        of_client(&format!(r#""client_id": "a", "token_endpoint_auth_method": "none", {GOOD}"#), "\"none"),
        "`token_endpoint_auth_method`: token_endpoint_auth_method `none` is for clients without a client_secret (RFC 7591 \
         §2): leave one of them out"
    );
    assert_eq!(
        of_client(
            &format!(r#""client_id": "a", {GOOD}, "response_types": ["code", "id_token"]"#),
            "\"id_token"
        ),
        "`response_types[1]`: the response type `id_token` needs the grant `implicit`, which grant_types lacks (RFC 7591 \
         §2.1)"
    );
}

#[test]
fn members_of_clients_that_come_with_newer_standards() {
    let client = format!(r#""client_id": "a", {GOOD}"#);
    for (member, value) in [
        ("require_pushed_authorization_requests", "1"),
        ("dpop_bound_access_tokens", "\"yes\""),
        ("jwks_uri", "[]"),
        ("resources", "\"https://a.example\""),
    ] {
        let found = of_client(&format!(r#"{client}, "{member}": {value}"#), value);
        assert!(found.starts_with(&format!("`{member}`: invalid type: ")), "{found}");
    }
    assert_eq!(
        of_client(&format!(r#"{client}, "require_pkce": "no""#), "\"no"),
        "`require_pkce`: this must be true or false"
    );
    assert_eq!(
        of_client(&format!(r#"{client}, "resources": ["https://mail.example"]"#), "\"https://mail"),
        "`resources[0]`: this server issues no tokens for the resource `https://mail.example` (RFC 8707 §2): declare it, as \
         `--resource https://mail.example`"
    );
    let signer = r#""client_id": "a", "token_endpoint_auth_method": "private_key_jwt", "grant_types": ["client_credentials"]"#;
    let insecure = of_client(&format!(r#"{signer}, "jwks_uri": "http://a.example/jwks""#), "\"http://a");
    assert!(insecure.starts_with("`jwks_uri`: ") && insecure.contains("https"), "{insecure}");
}

/// OAuth 2.1 §4.1.1.
#[test]
fn no_client_does_without_pkce_where_the_profile_wants_it() {
    let directory = tempfile::tempdir().unwrap();
    let json = format!(r#"[{{"client_id": "a", {GOOD}, "require_pkce": false}}]"#);
    fs::write(directory.path().join("clients.json"), &json).unwrap();
    let users = sample("users.json");
    let args = ["--clients", "clients.json", "--users", users.to_str().unwrap(), "--profile", "oauth2.1"];
    let column = json.find("false").unwrap() + 1;
    assert_eq!(
        mistakes(&directory, &args),
        [format!(
            "clients.json:1:{column}: client `a`: `require_pkce`: under the profile `oauth2.1` every client sends PKCE (OAuth 2.1 \
             §4.1.1); without do clients under `--profile openid`, and send a nonce"
        )]
    );
}

#[test]
fn a_mistake_in_a_client_names_the_client() {
    assert_eq!(
        of_clients(&format!(
            r#"[{{"client_id": "web", {GOOD}, "scope": "calender"}}, {{"client_id": "tv", "colour": 1}}]"#
        ))
        .iter()
        .filter_map(|line| line.split(": ").nth(1))
        .collect::<Vec<_>>(),
        ["client `web`", "client `tv`"]
    );
}

/// Checks that what is registered and changes nothing here is no mistake; the log says so.
#[test]
fn metadata_without_effect_is_logged() {
    let directory = tempfile::tempdir().unwrap();
    let json = format!(
        r#"[{{"client_id": "a", "logo_uri": "https://a.example/logo", "client_name#ja": "カレンダー", {GOOD}}}]"#
    );
    fs::write(directory.path().join("clients.json"), json).unwrap();
    let users = sample("users.json");
    let args = ["--listen", "127.0.0.1:0", "--clients", "clients.json", "--users", users.to_str().unwrap()];

    let example = Example::start_logging_in(directory, "provider", &args, "provider: serving", "warn");

    let log = example.log();
    assert!(log.contains("clients.json: `logo_uri` has no effect line=1"), "{log}");
    assert!(log.contains("clients.json: `client_name#ja` has no effect line=1"), "{log}");
}
