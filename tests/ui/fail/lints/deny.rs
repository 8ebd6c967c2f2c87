//! The words that `deny(…)` takes.
use oauth_core::prelude::*;

#[token_generator(opaque, deny())]
struct Empty;

#[token_generator(opaque, deny)]
struct Bare;

#[token_generator(opaque, deny = rfc9700)]
struct Assigned;

#[token_generator(opaque, deny(rfc9700 = true))]
struct Value;

#[token_generator(opaque, deny(rfc6570))]
struct Misspelt;

#[token_generator(opaque, deny(long_lived_tokens))]
struct MisspeltRule;

#[token_generator(opaque, deny(unused))]
struct OfTheCompiler;

#[token_generator(opaque, deny(rfc6750, reason = "our policy"))]
struct Reason;

#[token_generator(opaque, deny(rfc6750), deny(rfc6750))]
struct Twice;

#[token_generator(opaque, deny(danger_query_token))]
struct Elsewhere;

#[token_generator(opaque, deny(rfc8414_section_2_the_issuer_is_an_https_url))]
struct AnError;

fn main() {}
