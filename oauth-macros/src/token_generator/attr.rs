//! `#[token_generator(jwt, …)]`, `#[token_generator(jwe, …)]`, `#[token_generator(opaque, …)]`.

use proc_macro2::{Span, TokenStream};

use super::format::{Format, take_format};
use crate::args::{Arg, Args, Attempted};
use crate::diagnostics::Diagnostics;
use crate::item::Struct;
use crate::krate::Krate;
use crate::lints::Decisions;

pub(super) struct Attr {
    /// `None`: an error, already reported.
    pub(super) format: Option<(Format, Span)>,
    pub(super) issuer: Option<Arg>,
    pub(super) audience: Option<Arg>,
    pub(super) algorithm: Option<Arg>,
    pub(super) expires_in: Option<Arg>,
    pub(super) claims: Option<Arg>,
    pub(super) alg: Option<Arg>,
    pub(super) enc: Option<Arg>,
    pub(super) prefix: Option<Arg>,
    pub(super) entropy: Option<Arg>,
    pub(super) self_contained: Option<Arg>,
    pub(super) decisions: Decisions,
    pub(super) krate: Krate,
    pub(super) attempted: Attempted,
}

pub(super) const KNOWN: [&str; 13] = [
    "issuer",
    "audience",
    "algorithm",
    "expires_in",
    "claims",
    "alg",
    "enc",
    "prefix",
    "entropy",
    "self_contained",
    "allow",
    "deny",
    "crate",
];

impl Attr {
    pub(super) fn parse(args: TokenStream, item: &Struct, diagnostics: &Diagnostics) -> Self {
        let mut args = Args::parse(args, diagnostics);
        let krate = Krate::take(&mut args, diagnostics);
        let format = take_format(&mut args, item, diagnostics);
        let decisions = Decisions::take("token_generator", &mut args, diagnostics);
        let mut take = |name| args.take(name, diagnostics);
        let mut attr = Self {
            format,
            issuer: take("issuer"),
            audience: take("audience"),
            algorithm: take("algorithm"),
            expires_in: take("expires_in"),
            claims: take("claims"),
            alg: take("alg"),
            enc: take("enc"),
            prefix: take("prefix"),
            entropy: take("entropy"),
            self_contained: take("self_contained"),
            decisions,
            krate,
            attempted: Attempted::default(),
        };
        attr.attempted = args.finish("#[token_generator]", &KNOWN, diagnostics);
        attr
    }
}
