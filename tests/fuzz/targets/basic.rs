//! `Authorization: Basic`, RFC 6749 §2.3.1: only the identifier and the secret of a client authenticate it.

#![no_main]

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, StatusCode, header};
use libfuzzer_sys::fuzz_target;
use oauth_fuzz::{SECRET, World, form};

static WORLD: LazyLock<World> = LazyLock::new(World::new);

fuzz_target!(|input: &[u8]| {
    WORLD.forget_attempts();
    let Ok(value) = HeaderValue::from_bytes(input) else { return };
    let request = form("/token").header(header::AUTHORIZATION, value);
    let answer = WORLD.send(request, "grant_type=client_credentials").unwrap();
    if answer.status == StatusCode::OK {
        assert!(names_client(input).is_some_and(|is_client| is_client), "it is no client");
    } else {
        assert_ne!(names_client(input), Some(true), "the client is refused: {}", answer.status);
        // §5.2: "the authorization server MUST respond with an HTTP 401 (Unauthorized) status code and include the
        // "WWW-Authenticate" response header field".
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert!(answer.header("www-authenticate").starts_with("Basic "));
    }
});

/// Tells whether the header names a client and its secret; `None` if it is malformed.
fn names_client(header: &[u8]) -> Option<bool> {
    let header = std::str::from_utf8(header).ok()?;
    let (scheme, encoded) = header.split_at_checked("Basic ".len())?;
    if !scheme.eq_ignore_ascii_case("Basic ") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(encoded.trim_matches([' ', '\t'])).ok()?).ok()?;
    let (id, secret) = pair.split_once(':')?;
    if !is_escaped(id) || !is_escaped(secret) {
        return None;
    }
    // Form encoding of one word: a reader of whole forms takes it for a name, with its `&` and `=` out of the way.
    let decode = |word: &str| {
        let word = word.replace('&', "%26").replace('=', "%3D");
        form_urlencoded::parse(word.as_bytes()).next().map(|(word, _)| word.into_owned()).unwrap_or_default()
    };
    Some(["robot", "web"].contains(&&*decode(id)) && decode(secret) == SECRET)
}

/// Tells whether each `%` begins an escape; `form_urlencoded` takes any other for itself, and the server refuses it.
fn is_escaped(word: &str) -> bool {
    word.split('%').skip(1).all(|rest| rest.len() >= 2 && rest.bytes().take(2).all(|digit| digit.is_ascii_hexdigit()))
}
