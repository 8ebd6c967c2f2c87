//! The mistakes in the two files and in the arguments: each mistake by its place, all of them at once.

use std::fs;

use tempfile::TempDir;

use crate::provider::sample;
use crate::support::{Example, run};

const GOOD: &str =
    r#""client_secret": "sixteen-or-more-characters", "redirect_uris": ["https://a.example/cb"]"#;

/// Runs it where it must fail, and returns what it says before its last line.
fn mistakes(directory: &TempDir, args: &[&str]) -> Vec<String> {
    let (code, output, errors) = run("provider", args, directory.path());
    assert_eq!((code, output.as_str()), (Some(1), ""), "{errors}");
    assert!(!errors.contains("panicked"), "{errors}");
    let mut lines: Vec<_> = errors.lines().map(str::to_owned).collect();
    assert_eq!(lines.pop().as_deref(), Some("provider: not started: correct the above and start again"));
    lines
}

/// The messages about these clients, and about good users.
fn of_clients(json: &str) -> Vec<String> {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("clients.json"), json).unwrap();
    let users = sample("users.json");
    let found = mistakes(&directory, &["--clients", "clients.json", "--users", users.to_str().unwrap()]);
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "it must not leave anything behind");
    found
}

/// The messages about the one client with these members, at the place where `value` is.
fn of_client(members: &str, value: &str) -> String {
    let json = format!("[{{{members}}}]");
    let found = of_clients(&json);
    let [line] = found.as_slice() else { panic!("not one mistake: {found:#?}") };
    let column = json.find(value).unwrap() + 1;
    let message = line.strip_prefix(&format!("clients.json:1:{column}: "));
    let message = message.unwrap_or_else(|| panic!("not at column {column}: {line}"));
    // Without an identifier, it has no name.
    message.strip_prefix("client `a`: ").unwrap_or(message).to_owned()
}

fn of_users(json: &str) -> Vec<String> {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("users.json"), json).unwrap();
    let clients = sample("clients.json");
    mistakes(&directory, &["--clients", clients.to_str().unwrap(), "--users", "users.json"])
}

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
fn users() {
    let of_user = |members: &str| {
        let found = of_users(&format!("[{{{members}}}]"));
        let [line] = found.as_slice() else { panic!("not one mistake: {found:#?}") };
        line.strip_prefix("users.json:1:").unwrap_or_else(|| panic!("not of the file: {line}")).to_owned()
    };
    assert_eq!(of_user(r#""username": "a", "password": "x""#), "2: the member `sub`, a string, is missing");
    assert_eq!(
        of_user(r#""sub": "é", "username": "a", "password": "x""#),
        "10: `sub`: this must have 1 to 255 ASCII characters (OpenID Connect Core §2)"
    );
    assert_eq!(
        of_user(r#""sub": "1", "username": "a", "password": 1234"#),
        "44: `password`: this must be a string"
    );
    assert_eq!(
        of_user(r#""sub": "1", "username": "a", "password": """#),
        "44: `password`: this must have 1 to 1024 bytes"
    );
    assert_eq!(
        of_user(r#""sub": "1", "username": "a", "password": "x", "claims": ["name"]"#),
        "59: `claims`: this must be an object, such as {\"name\": \"Alice\"}"
    );
    assert_eq!(
        of_user(r#""sub": "1", "user_name": "a", "password": "x""#),
        "28: `user_name`: there is no such member; is it `username`?"
    );
}

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

#[test]
fn arguments() {
    let directory = tempfile::tempdir().unwrap();
    let (clients, users) = (sample("clients.json"), sample("users.json"));
    let files = ["--clients", clients.to_str().unwrap(), "--users", users.to_str().unwrap()];
    let fails = |args: &[&str]| {
        let (code, output, errors) = run("provider", args, directory.path());
        assert_eq!((code, output.as_str()), (Some(1), ""), "{errors}");
        let line = errors.strip_suffix('\n').expect("a line");
        assert!(!line.contains('\n') && !line.contains("panicked"), "{errors}");
        line.strip_prefix("provider: ").expect("it says who speaks").to_owned()
    };
    let with_files = |args: &[&str]| fails(&[&files[..], args].concat());

    assert_eq!(
        with_files(&["--profile", "oauth3"]),
        "`oauth3` is not a profile: use `oauth2.0`, `oauth2.1`, `openid`, `mcp`, `fapi2`"
    );
    assert_eq!(
        with_files(&["--profile"]),
        "--profile needs `oauth2.0`, `oauth2.1`, `openid`, `mcp`, `fapi2`"
    );
    assert_eq!(
        with_files(&["--profile", "mcp"]),
        "--profile mcp needs an MCP server that tokens are for (RFC 8707 §2): add --resource URI, such as --resource \
         http://127.0.0.1:3000/mcp"
    );
    assert_eq!(with_files(&["--resource"]), "--resource needs a URI, or URI=SCOPE,SCOPE");
    assert_eq!(fails(&["--client", "c.json"]), "unknown argument `--client`: try --help");
    assert_eq!(fails(&[]), "--clients is missing: try --help, which shows such a file");
    assert_eq!(fails(&["--clients"]), "--clients needs a file");
    assert_eq!(fails(&["--clients", "c.json"]), "--users is missing: try --help, which shows such a file");
    assert_eq!(
        with_files(&["--listen", "9000"]),
        "`9000` is not an address to listen on, such as 127.0.0.1:9000"
    );
    assert_eq!(
        with_files(&["--store", "mysql:x"]),
        "`mysql:x` is not a store: use `memory`, `sqlite:FILE`, `postgres://…` or `valkey://…`, such as sqlite:oauth.db"
    );
    assert_eq!(
        with_files(&["--store", "sqlite:"]),
        "`sqlite:` is not a store: use `memory`, `sqlite:FILE`, `postgres://…` or `valkey://…`, such as sqlite:oauth.db"
    );
    #[cfg(feature = "valkey")]
    assert_eq!(
        with_files(&["--store", "valkey://oauth:hunter2@127.0.0.1?replicas=one"]),
        "--store valkey://…?replicas= needs the number of replicas that confirm a revocation, such as 1"
    );
    assert_eq!(
        with_files(&["--access-tokens", "jwe"]),
        "`jwe` is not a format of access tokens: use `jwt`, `opaque` or `jwe:FILE`"
    );
    let no_key = with_files(&["--access-tokens", "jwe:nowhere.pem"]);
    assert!(no_key.starts_with("cannot use the key file `nowhere.pem`: "), "{no_key}");
    assert_eq!(
        with_files(&["--issuer", "http://auth.example.com"]),
        "--issuer the issuer `http://auth.example.com` is http off loopback, where anyone on the way can change it (RFC 8414 \
         §2): use `https://`, or `http://127.0.0.1` for development"
    );
    assert_eq!(
        with_files(&["--listen", "127.0.0.1:0", "--store", "sqlite:nowhere/oauth.db"]),
        "cannot open the SQLite database `nowhere/oauth.db`: its directory does not exist"
    );
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0, "it must not leave anything behind");
}

#[test]
fn a_port_in_use() {
    let directory = tempfile::tempdir().unwrap();
    let (clients, users) = (sample("clients.json"), sample("users.json"));
    let files = ["--clients", clients.to_str().unwrap(), "--users", users.to_str().unwrap()];
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();

    let args = [&files[..], &["--listen", &address, "--store", "sqlite:oauth.db"]].concat();
    let (code, _, errors) = run("provider", &args, directory.path());

    assert_eq!(code, Some(1));
    assert_eq!(
        errors,
        format!(
            "provider: cannot listen on {address}: another program uses this port; stop it, or choose another port\n"
        )
    );
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0, "it must not touch a database");
}
