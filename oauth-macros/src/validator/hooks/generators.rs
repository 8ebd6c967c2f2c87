//! The rules of `#[token_generator]` methods.

use proc_macro2::{Span, TokenStream};

use super::method::Method;
use super::model::{Generator, TokenKind};
use super::signature::{check_output_type, check_signature};
use crate::args::Args;
use crate::diagnostics::Diagnostics;
use crate::rules;

pub(super) fn check_generator<'a>(
    method: &'a Method,
    args: TokenStream,
    span: Span,
    generators: &[Generator<'_>],
    diagnostics: &Diagnostics,
) -> Option<Generator<'a>> {
    let mut args = Args::parse(args, diagnostics);
    let kind = match args.take("refresh", diagnostics) {
        Some(refresh) => {
            refresh.bare(diagnostics);
            TokenKind::Refresh
        }
        None => TokenKind::Access,
    };
    let expected = format!("fn {}(&self, request: &Request) -> Result<String>", method.ident);
    let is_right = check_no_format(&mut args, diagnostics)
        && args.finish("#[token_generator] fn", &["refresh"], diagnostics).is_empty()
        && check_one_generator(kind, span, generators, diagnostics)
        && check_signature(method, &expected, &[("request", "&Request")], diagnostics)
        && check_output_type(method, "Result<String>", &expected, diagnostics);
    is_right.then_some(Generator { method, kind, span })
}

/// A method writes its tokens itself; a format is for the framework to write.
fn check_no_format(args: &mut Args, diagnostics: &Diagnostics) -> bool {
    let format = args.take_first(|arg| matches!(arg.name.as_str(), "jwt" | "jwe" | "opaque"));
    if let Some(format) = &format {
        diagnostics.error(
            format.span,
            rules::validator::a_method_that_makes_tokens_has_no_format.says(&[&format.name]),
        );
    }
    format.is_none()
}

/// RFC 6749 §5.1: a response has one `access_token`, and one generator makes it.
fn check_one_generator(
    kind: TokenKind,
    span: Span,
    generators: &[Generator<'_>],
    diagnostics: &Diagnostics,
) -> bool {
    let is_repeated = generators.iter().any(|generator| generator.kind == kind);
    if is_repeated {
        let (what, hint) = match kind {
            TokenKind::Access => (
                "access",
                "mark the one for refresh tokens with `#[token_generator(refresh)]`, or remove one",
            ),
            TokenKind::Refresh => ("refresh", "remove one"),
        };
        diagnostics.error(
            span,
            rules::validator::rfc6749_section_5_1_one_method_makes_the_access_tokens.says(&[&what, &hint]),
        );
    }
    !is_repeated
}
