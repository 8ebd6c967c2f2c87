//! `#[token_generator(jwt, …)]`, `#[token_generator(jwe, …)]`, `#[token_generator(opaque, …)]`.

use proc_macro2::{Span, TokenStream};

use crate::args::{Arg, Args, Attempted, Value};
use crate::diagnostics::{Diagnostics, did_you_mean};
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
    pub(super) decisions: Decisions,
    pub(super) krate: Krate,
    pub(super) attempted: Attempted,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Jwt,
    Jwe,
    Opaque,
}

impl Format {
    const ALL: [Self; 3] = [Self::Jwe, Self::Jwt, Self::Opaque];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Jwt => "jwt",
            Self::Jwe => "jwe",
            Self::Opaque => "opaque",
        }
    }
}

const KNOWN: [&str; 11] = [
    "issuer",
    "audience",
    "algorithm",
    "expires_in",
    "claims",
    "alg",
    "enc",
    "prefix",
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
            decisions,
            krate,
            attempted: Attempted::default(),
        };
        attr.attempted = args.finish("#[token_generator]", &KNOWN, diagnostics);
        attr
    }
}

fn take_format(args: &mut Args, item: &Struct, diagnostics: &Diagnostics) -> Option<(Format, Span)> {
    let mut given =
        Format::ALL.into_iter().filter_map(|format| Some((format, args.take(format.name(), diagnostics)?)));
    let (first, second) = (given.next(), given.next());
    given.for_each(drop);
    for (_, arg) in first.iter().chain(&second) {
        arg.bare(diagnostics);
    }
    match (first, second) {
        (Some((kept, _)), Some((other, arg))) => {
            let message = format!("a generator has one format: keep `{}` or `{}`", kept.name(), other.name());
            diagnostics.error(arg.span, message);
            None
        }
        (Some((format, arg)), None) => Some((format, arg.span)),
        (None, _) => {
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
    let meant = did_you_mean(&name.to_ascii_lowercase(), Format::ALL.map(Format::name));
    format!(
        "there is no token format `{name}`{meant}\nthe formats are `jwt` (RFC 9068), `jwe` (the same, encrypted: RFC 7516) and `opaque` (random, looked up in the store)"
    )
}
