//! Scopes, RFC 6749 §3.3.

#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use oauth_core::scope::ScopeSet;

fuzz_target!(|input: &str| {
    let is_token = |token: &str| {
        !token.is_empty() && token.bytes().all(|byte| matches!(byte, 0x21 | 0x23..=0x5B | 0x5D..=0x7E))
    };
    let tokens: Vec<_> = input.split(' ').filter(|_| !input.is_empty()).collect();
    let is_scope = tokens.len() <= ScopeSet::LIMIT && tokens.iter().all(|token| is_token(token));
    assert_eq!(ScopeSet::parse(input).is_ok(), is_scope);
    let Ok(scopes) = ScopeSet::parse(input) else { return };
    let distinct: BTreeSet<_> = tokens.iter().copied().collect();
    assert!(scopes.len() == distinct.len() && scopes.iter().all(|token| distinct.contains(token)));
    assert_eq!(ScopeSet::parse(&scopes.to_string()).unwrap(), scopes);
    let json = serde_json::to_string(&scopes).unwrap();
    assert_eq!(serde_json::from_str::<ScopeSet>(&json).unwrap(), scopes);
});
