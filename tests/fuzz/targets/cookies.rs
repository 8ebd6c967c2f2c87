//! `Cookie`, RFC 6265 §4.2: only the cookie of the session, sent once, makes somebody signed in.

#![no_main]

use std::sync::LazyLock;

use http::{HeaderValue, Request, StatusCode, header};
use libfuzzer_sys::fuzz_target;
use oauth_fuzz::World;

static WORLD: LazyLock<(World, String, String)> = LazyLock::new(|| {
    let world = World::new();
    let (name, id) = world.log_in();
    (world, name, id)
});

fuzz_target!(|input: &[u8]| {
    let (world, name, id) = &*WORLD;
    // The identifier is random: `$` stands for it, and `@` for the name of its cookie.
    let mut line = Vec::new();
    for byte in input {
        match byte {
            b'$' => line.extend(id.bytes()),
            b'@' => line.extend(name.bytes()),
            byte => line.push(*byte),
        }
    }
    let Ok(value) = HeaderValue::from_bytes(&line) else { return };
    let answer = world.send(Request::get("/logout").header(header::COOKIE, value), "").unwrap();
    assert_eq!(answer.status, StatusCode::OK);
    let html = std::str::from_utf8(&answer.body).unwrap();
    assert!(!html.contains(id), "the page tells the identifier");
    let is_signed_in = html.contains("name=\"csrf\"");
    assert_eq!(is_signed_in, has_session(&line, name, id), "{}", String::from_utf8_lossy(input));
});

/// Tells whether the line has one cookie of this name, and it is this one.
fn has_session(line: &[u8], name: &str, id: &str) -> bool {
    // Cookies are ASCII, and a line that is not is nobody's.
    if !line.iter().all(|byte| (0x20..0x7F).contains(byte) || *byte == b'\t') {
        return false;
    }
    let line = std::str::from_utf8(line).unwrap();
    let pairs = line.split(';').filter_map(|pair| pair.trim_matches([' ', '\t']).split_once('='));
    let values: Vec<_> = pairs.filter(|(found, _)| *found == name).map(|(_, value)| value).collect();
    values == [id]
}
