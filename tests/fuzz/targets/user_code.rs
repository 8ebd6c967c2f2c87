//! User codes as people type them, RFC 8628 §6.1.

#![no_main]

use libfuzzer_sys::fuzz_target;
use oauth_core::grant::UserCode;

fuzz_target!(|typed: &str| {
    let letters: String = typed.chars().filter(|typed| typed.is_alphanumeric()).collect();
    let is_code = letters.len() == 8
        && letters.bytes().all(|letter| b"BCDFGHJKLMNPQRSTVWXZ".contains(&letter.to_ascii_uppercase()))
        && typed.len() <= 64;
    let code = UserCode::parse(typed);
    assert_eq!(code.is_some(), is_code, "{typed:?}");
    let Some(code) = code else { return };
    assert_eq!(code.expose().replace('-', ""), letters.to_ascii_uppercase());
    let again = UserCode::parse(&code.expose()).unwrap();
    assert!(again.hash() == code.hash() && again.expose() == code.expose());
});
