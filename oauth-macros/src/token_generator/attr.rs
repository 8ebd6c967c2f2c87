//! `#[token_generator(jwt, …)]`, `#[token_generator(opaque, …)]`.

use proc_macro2::{Span, TokenStream};

use crate::args::{Arg, Args, Attempted, Value};
use crate::diagnostics::{Diagnostics, did_you_mean};
use crate::item::Struct;
use crate::krate::Krate;

pub(super) struct Attr {
    /// `None`: an error, already reported.
    pub(super) format: Option<(Format, Span)>,
    pub(super) issuer: Option<Arg>,
    pub(super) audience: Option<Arg>,
    pub(super) algorithm: Option<Arg>,
    pub(super) expires_in: Option<Arg>,
    pub(super) claims: Option<Arg>,
    pub(super) prefix: Option<Arg>,
    pub(super) krate: Krate,
    pub(super) attempted: Attempted,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Jwt,
    Opaque,
}

const KNOWN: [&str; 7] = ["issuer", "audience", "algorithm", "expires_in", "claims", "prefix", "crate"];

impl Attr {
    pub(super) fn parse(args: TokenStream, item: &Struct, diagnostics: &Diagnostics) -> Self {
        let mut args = Args::parse(args, diagnostics);
        let krate = Krate::take(&mut args, diagnostics);
        let format = take_format(&mut args, item, diagnostics);
        let mut take = |name| args.take(name, diagnostics);
        let mut attr = Self {
            format,
            issuer: take("issuer"),
            audience: take("audience"),
            algorithm: take("algorithm"),
            expires_in: take("expires_in"),
            claims: take("claims"),
            prefix: take("prefix"),
            krate,
            attempted: Attempted::default(),
        };
        attr.attempted = args.finish("#[token_generator]", &KNOWN, diagnostics);
        attr
    }
}

fn take_format(args: &mut Args, item: &Struct, diagnostics: &Diagnostics) -> Option<(Format, Span)> {
    let jwt = args.take("jwt", diagnostics);
    let opaque = args.take("opaque", diagnostics);
    match (jwt, opaque) {
        (Some(jwt), Some(opaque)) => {
            diagnostics.error(opaque.span, "a generator has one format: keep `jwt` or `opaque`");
            jwt.bare(diagnostics);
            None
        }
        (Some(jwt), None) => {
            jwt.bare(diagnostics);
            Some((Format::Jwt, jwt.span))
        }
        (None, Some(opaque)) => {
            opaque.bare(diagnostics);
            Some((Format::Opaque, opaque.span))
        }
        (None, None) => {
            // A bare name that is no argument was meant to be the format.
            let unknown = args
                .take_first(|arg| matches!(arg.value, Value::None) && !KNOWN.contains(&arg.name.as_str()));
            match unknown {
                Some(unknown) => diagnostics.error(unknown.span, unknown_format(&unknown.name)),
                // The first argument has a mistake: it was meant to be the format.
                None if !args.is_legible() => {}
                None => diagnostics.error_over(
                    item.ident(),
                    "the format is missing: write `#[token_generator(opaque)]` or `#[token_generator(jwt, issuer = \"https://…\")]`",
                ),
            }
            None
        }
    }
}

fn unknown_format(name: &str) -> String {
    if name.eq_ignore_ascii_case("jwe") {
        return "encrypted tokens (RFC 7516) are not available in this version: write `jwt`, and keep what is secret out of its claims".into();
    }
    let meant = did_you_mean(&name.to_ascii_lowercase(), ["jwt", "opaque"]);
    format!(
        "there is no token format `{name}`{meant}\nthe formats are `jwt` (RFC 9068) and `opaque` (random, looked up in the store)"
    )
}
