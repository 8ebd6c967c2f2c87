//! The rules of `response_types("code", "code id_token")`.

use proc_macro2::Span;

use super::attr::Attr;
use crate::args::Arg;
use crate::diagnostics::{Diagnostics, did_you_mean, list};
use crate::rules;
use crate::rules::response_type::{self, StandardResponseType};

/// Response types that are known, each where it was asked for.
pub(super) struct ResponseTypes {
    pub(super) asked: Vec<(&'static StandardResponseType, Span)>,
    /// True if these response types are all, and at least one.
    pub(super) are_all: bool,
}

const EXAMPLE: &str = "\"code\", \"code id_token\"";

/// Known response types.
pub(super) fn check(attr: &Attr, diagnostics: &Diagnostics) -> ResponseTypes {
    let mut response_types = ResponseTypes { asked: Vec::new(), are_all: false };
    let Some(arg) = &attr.response_types else { return response_types };
    let Some(args) = arg.list(EXAMPLE, diagnostics) else { return response_types };
    response_types.are_all = args.is_legible() && !args.is_empty();
    if args.is_empty() {
        reject_empty(arg, diagnostics);
    }
    for arg in args {
        arg.bare(diagnostics);
        match known(&arg, diagnostics) {
            Some(response_type) => response_types.asked.push((response_type, arg.span)),
            None => response_types.are_all = false,
        }
    }
    response_types
}

fn reject_empty(arg: &Arg, diagnostics: &Diagnostics) {
    diagnostics.error(arg.span, rules::parts::a_list_of_response_types_is_not_empty.says(&[&EXAMPLE]));
}

/// RFC 6749 §3.1.1: "the order of values does not matter".
fn known(arg: &Arg, diagnostics: &Diagnostics) -> Option<&'static StandardResponseType> {
    let found = response_type::find(&arg.name);
    match found {
        None => {
            let names = || response_type::ALL.iter().map(|known| known.name);
            let (meant, names) = (did_you_mean(&arg.name, names()), list(names()));
            let rule = &rules::parts::rfc6749_section_3_1_1_a_response_type_is_a_known_one;
            diagnostics.error(arg.span, rule.says(&[&arg.name, &meant, &names]));
        }
        Some(found) if !arg.is_string => {
            let name = found.name;
            diagnostics.error(arg.span, format!("a response type is a string: write `\"{name}\"`"));
        }
        Some(_) => {}
    }
    found
}
