//! The rules of `allowed_origins("https://app.example.com")`.

use super::attr::Attr;
use crate::args::{Arg, Text};
use crate::diagnostics::Diagnostics;
use crate::rules;

const EXAMPLE: &str = "\"https://app.example.com\"";

/// The origins as they are given.
pub(super) fn check(attr: &Attr, diagnostics: &Diagnostics) -> Vec<Text> {
    let mut origins: Vec<Text> = Vec::new();
    let Some(arg) = &attr.allowed_origins else { return origins };
    let Some(args) = arg.list(EXAMPLE, diagnostics) else { return origins };
    if args.is_empty() {
        reject_empty(arg, diagnostics);
    }
    for arg in args {
        arg.bare(diagnostics);
        if !arg.is_string {
            diagnostics.error(arg.span, format!("an origin is a string: write `{EXAMPLE}`, for example"));
            continue;
        }
        origins.push(Text { value: arg.name, span: arg.span });
    }
    origins
}

/// An empty list allows what no list allows.
fn reject_empty(arg: &Arg, diagnostics: &Diagnostics) {
    diagnostics.error(arg.span, rules::origin::a_list_of_origins_is_not_empty.says(&[&EXAMPLE]));
}
