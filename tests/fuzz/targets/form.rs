//! Forms and queries: two readers of one request agree on what it says.

#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use oauth_core::request::Params;

fuzz_target!(|input: &[u8]| {
    // What the URL Standard, which is lenient, makes of it.
    let lenient: Vec<_> = form_urlencoded::parse(input).collect();
    let names: BTreeSet<_> = lenient.iter().map(|(name, _)| name).collect();
    let is_strict = is_encoded(input) && names.len() == lenient.len() && lenient.len() <= Params::LIMIT;
    let Ok(params) = Params::parse(input) else {
        assert!(!is_strict, "what is right is refused");
        return;
    };
    assert!(is_strict, "what is wrong is accepted");
    assert!(
        params.iter().eq(lenient.iter().map(|(name, value)| (&**name, &**value))),
        "it says something else"
    );
    for (name, value) in params.iter() {
        assert_eq!(params.get(name), Some(value).filter(|value| !value.is_empty()));
    }
    let again = form_urlencoded::Serializer::new(String::new()).extend_pairs(params.iter()).finish();
    assert!(Params::parse(again.as_bytes()).unwrap() == params, "it does not survive");
});

/// Tells whether each `%` begins a byte, and the bytes of each name and each value are UTF-8.
fn is_encoded(input: &[u8]) -> bool {
    input.split(|byte| matches!(byte, b'&' | b'=')).all(|part| {
        let mut bytes = Vec::new();
        let mut rest = part;
        while let Some((first, more)) = rest.split_first() {
            rest = more;
            if *first != b'%' {
                bytes.push(*first);
                continue;
            }
            let Some((digits, more)) = rest.split_first_chunk::<2>() else { return false };
            if !digits.iter().all(u8::is_ascii_hexdigit) {
                return false;
            }
            let digits = std::str::from_utf8(digits).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
            rest = more;
        }
        std::str::from_utf8(&bytes).is_ok()
    })
}
