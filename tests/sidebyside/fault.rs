//! The faults of a request.

use oauth_tests::{basic, secret};

use crate::call::{Call, Endpoint, Fault, Value};
use crate::rng::Rng;
use crate::state::State;

/// Values that a parameter should not have, or has seldom.
const VALUES: [(&str, &[&str]); 17] = [
    ("client_id", &["other", "machine", "spa", "browser", "nobody", "WEB", "web ", " ", "w\u{e9}b", "web\0"]),
    (
        "redirect_uri",
        &[
            "https://other.example/cb",
            "https://web.example/cb/",
            "https://web.example/cb?x=1",
            "https://web.example/cb#f",
            "HTTPS://WEB.EXAMPLE/cb",
            "https://web.example:443/cb",
            "https://web.example.evil.example/cb",
            "https://two.example/b",
            "http://127.0.0.1:5000/cb",
            "http://localhost/cb",
            "javascript:alert(1)",
            "/cb",
            "cb",
        ],
    ),
    (
        "response_type",
        &["token", "none", "code", "code token", "CODE", "code code", "id_token", "bogus", " code", "xcodex"],
    ),
    (
        "scope",
        &[
            "profile",
            "calendar",
            "jobs",
            "admin",
            "profile admin",
            "unheard-of",
            "calendar profile",
            "profile profile",
            "profile  calendar",
            " profile",
            "profile\tcalendar",
            "\"",
            "pro\\file",
            "caf\u{e9}",
            " ",
        ],
    ),
    ("state", &["a b&c=d#e+f%25", "\u{e9}\u{1f511}", "<script>\"'", " "]),
    (
        "code_challenge",
        &[
            "short",
            "0000000000000000000000000000000000000000000",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
        ],
    ),
    ("code_challenge_method", &["plain", "s256", "S512"]),
    ("code_verifier", &["short", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "0 0", "\u{e9}"]),
    (
        "grant_type",
        &[
            "authorization_code",
            "refresh_token",
            "client_credentials",
            "password",
            "implicit",
            "PASSWORD",
            "bogus",
            "urn:x",
        ],
    ),
    ("code", &["garbage", " ", "\u{e9}"]),
    ("refresh_token", &["garbage", " ", "\u{e9}"]),
    ("token", &["garbage", " ", "\u{e9}"]),
    ("token_type_hint", &["access_token", "refresh_token", "bogus", "ACCESS_TOKEN"]),
    ("client_secret", &["wrong-wrong-wrong-wrong", "\u{e9}", " "]),
    ("username", &["bob", "USER0", " user0", "\u{e9}"]),
    ("password", &["wrong", " ", "\u{e9}"]),
    ("device_code", &["garbage", " ", "\u{e9}"]),
];

/// Parameters that belong to other requests, or to none.
const STRANGERS: [(&str, &str); 10] = [
    ("foo", "bar"),
    ("response_mode", "fragment"),
    ("response_mode", "query"),
    ("response_mode", "sideways"),
    ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
    ("code_challenge_method", "S256"),
    ("scope", "profile"),
    ("client_secret", "wrong-wrong-wrong-wrong"),
    ("access_token", "x"),
    ("client_id", "other"),
];

/// Appended as it is: some of it is not `application/x-www-form-urlencoded`.
const RAW: [&str; 9] = ["&&", "&x", "&=x", "&x=%zz", "&x=%", "&x=%ff", "&x=[1]", "&x={}", "&x=1;y=2"];

/// Makes a request go wrong in one way.
pub(crate) fn inflict(call: &mut Call, rng: &mut Rng, state: &State) {
    let names: Vec<String> = call.params().iter().map(|(name, _)| name.clone()).collect();
    if names.is_empty() {
        return;
    }
    let chosen = rng.pick(&names).clone();
    let at = names.iter().position(|name| *name == chosen).unwrap();
    let (kind, param) = match rng.below(20) {
        0 | 1 => {
            call.params().remove(at);
            ("missing", chosen)
        }
        2 => {
            call.params()[at].1 = "".into();
            ("empty", chosen)
        }
        3 => {
            let same = call.params()[at].clone();
            call.params().push(same);
            ("repeated", chosen)
        }
        4 => {
            let value = unusual(&chosen, rng);
            call.params().push((chosen.clone(), value));
            ("repeated", chosen)
        }
        5..=10 => {
            call.params()[at].1 = unusual(&chosen, rng);
            ("value", chosen)
        }
        11 => return foreign(call, rng, state),
        12 | 13 => {
            let (name, value) = rng.pick(&STRANGERS);
            let kind = if names.iter().any(|known| known == name) { "repeated" } else { "stranger" };
            call.params().push(((*name).to_owned(), (*value).into()));
            (kind, (*name).to_owned())
        }
        14 => {
            call.raw = *rng.pick(&RAW);
            ("raw", call.raw.to_owned())
        }
        15 => return method(call, rng),
        _ if call.endpoint == Endpoint::Authorize => {
            call.is_denied = true;
            ("denied", String::new())
        }
        16 => {
            let moved = call.form.remove(at);
            call.query.push(moved);
            ("query", chosen)
        }
        17 => {
            let types = [
                None,
                Some("application/json"),
                Some("text/plain"),
                Some("application/x-www-form-urlencoded; charset=utf-8"),
            ];
            call.content_type = *rng.pick(&types);
            ("content type", call.content_type.unwrap_or_default().to_owned())
        }
        _ => return authentication(call, rng),
    };
    call.faults.push(Fault { kind, param });
}

fn unusual(name: &str, rng: &mut Rng) -> Value {
    let values = VALUES.iter().find(|(known, _)| *known == name).map_or(&["x"][..], |(_, values)| values);
    (*rng.pick(values)).into()
}

/// A code or token that is another's, or of another kind, or used.
fn foreign(call: &mut Call, rng: &mut Rng, state: &State) {
    let all = state.of(call.server, |_| true);
    let latest = &all[all.len().saturating_sub(40)..];
    let at = call.params().iter().position(|(_, value)| matches!(value, Value::Issued(_)));
    if let (Some(at), false) = (at, latest.is_empty()) {
        let index = *rng.pick(latest);
        let param = call.params()[at].0.clone();
        call.params()[at].1 = Value::Issued(index);
        call.faults.push(Fault { kind: "foreign", param });
    }
}

fn method(call: &mut Call, rng: &mut Rng) {
    let is_authorize = call.endpoint == Endpoint::Authorize;
    call.method = *if is_authorize {
        rng.pick(&["POST", "POST", "PUT", "DELETE"])
    } else {
        rng.pick(&["GET", "PUT", "DELETE"])
    };
    if call.method == "POST" {
        call.form = std::mem::take(&mut call.query);
        call.content_type = Some("application/x-www-form-urlencoded");
    } else if call.method == "GET" && rng.percent(50) {
        call.query = std::mem::take(&mut call.form);
        call.content_type = None;
    }
    call.faults.push(Fault { kind: "method", param: call.method.to_owned() });
}

/// The client proves itself in another way, or not.
fn authentication(call: &mut Call, rng: &mut Rng) {
    let form = [("client_id", "web"), ("client_secret", secret())];
    let (what, authorization): (&str, Option<String>) = match rng.below(12) {
        0 => ("nothing", None),
        1 => ("wrong secret", Some(header("web:wrong-wrong-wrong-wrong"))),
        2 => ("no secret", Some(header("web:"))),
        3 => ("unknown client", Some(header(&format!("nobody:{}", secret())))),
        4 => ("another client", Some(basic("other"))),
        5 => ("another client", Some(basic("machine"))),
        6 => ("public client with a secret", Some(basic("spa"))),
        7 => ("no colon", Some(header("web"))),
        8 => ("bad base64", Some("Basic ???".to_owned())),
        9 => ("bearer", Some("Bearer web".to_owned())),
        10 => ("lower case", call.authorization.as_ref().map(|header| header.replacen("Basic", "basic", 1))),
        _ => {
            if rng.percent(50) {
                call.authorization = None;
            }
            call.form.retain(|(name, _)| name != "client_id" && name != "client_secret");
            call.form.extend(form.map(|(name, value)| (name.to_owned(), value.into())));
            call.faults.push(Fault { kind: "authentication", param: "in the body".to_owned() });
            return;
        }
    };
    call.authorization = authorization;
    call.faults.push(Fault { kind: "authentication", param: what.to_owned() });
}

fn header(credentials: &str) -> String {
    use base64::Engine as _;
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(credentials))
}
