//! The things that a server does otherwise than a specification wants, on purpose and whatever its
//! configuration.

use super::Report;

/// A deviation from a specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deviation {
    /// The section.
    pub section: &'static str,
    /// The statement of what is done instead, and why.
    pub statement: &'static str,
}

const REDIRECTED_ERRORS: Deviation = Deviation {
    section: "RFC 9700 §4.11.2",
    statement: "errors are redirected before the login to clients that the operator registered: their redirect URIs are \
                trusted. Who would go to a client that came by itself is asked on a page",
};

pub(super) fn of(report: &Report) -> Vec<Deviation> {
    if report.response_types.is_empty() { Vec::new() } else { vec![REDIRECTED_ERRORS] }
}
