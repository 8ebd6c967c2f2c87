//! The argument by which no store keeps the tokens.

use proc_macro2::Span;

use super::attr::Attr;
use super::format::Format;
use crate::args::Text;
use crate::diagnostics::Diagnostics;
use crate::rules;

/// The place of the argument, if it is there and right. Of an opaque token, it is [reported](super::opaque) with all that those lack.
pub(super) fn check(
    attr: &Attr,
    format: Format,
    algorithm: Option<&Text>,
    diagnostics: &Diagnostics,
) -> Option<Span> {
    let arg = attr.self_contained.as_ref()?;
    arg.bare(diagnostics);
    if format == Format::Jwe {
        let rule = &rules::token_generator::rfc7516_section_2_a_self_contained_token_can_be_read_by_its_server;
        diagnostics.error(arg.span, rule.words);
        return None;
    }
    check_is_not_shared(arg.span, algorithm, diagnostics)
}

/// RFC 9068 §2.1: of a shared secret, every verifier is an issuer.
fn check_is_not_shared(span: Span, algorithm: Option<&Text>, diagnostics: &Diagnostics) -> Option<Span> {
    let is_shared = algorithm.is_some_and(|algorithm| rules::algorithm::is_symmetric(&algorithm.value));
    if is_shared {
        let rule =
            &rules::token_generator::rfc9068_section_2_1_a_self_contained_token_is_written_by_its_server_alone;
        diagnostics.error(span, rule.words);
        return None;
    }
    Some(span)
}
