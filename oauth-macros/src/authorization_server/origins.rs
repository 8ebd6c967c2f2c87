//! The rules of `allowed_origins("https://app.example.com")`.

use super::attr::Attr;
use crate::args::{Arg, Text};
use crate::diagnostics::Diagnostics;
use crate::rules;

const EXAMPLE: &str = "\"https://app.example.com\"";

/// Origins that browsers send, each once.
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
        if let Err(reason) = rules::origin::check(&arg.name) {
            diagnostics.error(arg.span, format!("the origin `{}` {reason}", arg.name));
            continue;
        }
        if !is_repeated(&arg, &origins, diagnostics) {
            origins.push(Text { value: arg.name, span: arg.span });
        }
    }
    origins
}

/// An empty list allows what no list allows.
fn reject_empty(arg: &Arg, diagnostics: &Diagnostics) {
    diagnostics.error(
        arg.span,
        format!(
            "`allowed_origins()` is empty: name the origins of your pages, such as {EXAMPLE}, or remove it for those that \
             clients registered"
        ),
    );
}

fn is_repeated(arg: &Arg, earlier: &[Text], diagnostics: &Diagnostics) -> bool {
    let is_repeated = earlier.iter().any(|known| known.value == arg.name);
    if is_repeated {
        diagnostics.error(arg.span, format!("the origin `{}` is given twice: keep one", arg.name));
    }
    is_repeated
}
