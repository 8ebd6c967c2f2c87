//! The argument by which no store keeps the tokens.

use super::attr::Attr;
use super::format::Format;
use crate::args::Text;
use crate::diagnostics::Diagnostics;
use crate::rules::Rule;
use crate::rules::algorithm::is_symmetric;
use crate::rules::token_generator::{
    rfc7516_section_2_a_self_contained_token_can_be_read_by_its_server,
    rfc9068_section_2_1_a_self_contained_token_is_written_by_its_server_alone,
};

/// Tells whether the argument is right, if it is there. Of an opaque token, it is [reported](super::opaque) with all that those lack.
pub(super) fn check(
    attr: &Attr,
    format: Format,
    algorithm: Option<&Text>,
    diagnostics: &Diagnostics,
) -> bool {
    let Some(arg) = &attr.self_contained else { return true };
    arg.bare(diagnostics);
    let broken = broken(format, algorithm);
    if let Some(rule) = broken {
        diagnostics.error(arg.span, rule.words);
    }
    broken.is_none()
}

/// Only the server writes it, and the server can read it.
fn broken(format: Format, algorithm: Option<&Text>) -> Option<&'static Rule> {
    if format == Format::Jwe {
        return Some(&rfc7516_section_2_a_self_contained_token_can_be_read_by_its_server);
    }
    algorithm
        .is_some_and(|algorithm| is_symmetric(&algorithm.value))
        .then_some(&rfc9068_section_2_1_a_self_contained_token_is_written_by_its_server_alone)
}
