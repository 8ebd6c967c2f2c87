//! The format: `jwt`, `jwe` or `opaque`.

use proc_macro2::Span;

use super::attr::KNOWN;
use crate::args::{Arg, Args, Value};
use crate::diagnostics::{Diagnostics, did_you_mean};
use crate::item::Struct;
use crate::rules;

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

pub(super) fn take_format(
    args: &mut Args,
    item: &Struct,
    diagnostics: &Diagnostics,
) -> Option<(Format, Span)> {
    let given: Vec<_> = Format::ALL
        .into_iter()
        .filter_map(|format| Some((format, args.take(format.name(), diagnostics)?)))
        .collect();
    for (format, arg) in &given {
        check_alone(*format, arg, diagnostics);
    }
    match given.as_slice() {
        // What it lists is unknown, but not missing.
        [(_, Arg { value: Value::List(_), .. })] => None,
        [(format, arg)] => Some((*format, arg.span)),
        [] => {
            // A bare name that is no argument was meant to be the format.
            let is_unknown =
                |arg: &Arg| matches!(arg.value, Value::None) && !KNOWN.contains(&arg.name.as_str());
            match args.take_first(is_unknown) {
                Some(unknown) => check_known(&unknown, diagnostics),
                None => check_given(args, item, diagnostics),
            }
            None
        }
        several => {
            check_one(several, diagnostics);
            None
        }
    }
}

/// The other arguments follow it.
fn check_alone(format: Format, arg: &Arg, diagnostics: &Diagnostics) {
    if let Value::List(_) = arg.value {
        let name = format.name();
        let message = format!(
            "arguments stand beside the format, after a comma: write `#[token_generator({name}, …)]`"
        );
        diagnostics.error(arg.span, message);
    } else {
        arg.bare(diagnostics);
    }
}

/// A generator makes tokens that look alike.
fn check_one(given: &[(Format, Arg)], diagnostics: &Diagnostics) {
    if let [(kept, _), (other, arg), ..] = given {
        let message = rules::token_generator::a_generator_has_one_format.says(&[&kept.name(), &other.name()]);
        diagnostics.error(arg.span, message);
    }
}

/// RFC 9068 and RFC 7516 have their formats; what has none is opaque.
fn check_known(unknown: &Arg, diagnostics: &Diagnostics) {
    let name = &unknown.name;
    if unknown.is_string && Format::ALL.iter().any(|format| format.name() == name) {
        diagnostics.error(unknown.span, format!("the format is a name, not a string: write `{name}`"));
        return;
    }
    let meant = did_you_mean(&name.to_ascii_lowercase(), Format::ALL.map(Format::name));
    diagnostics
        .error(unknown.span, rules::token_generator::a_generator_has_a_known_format.says(&[&name, &meant]));
}

/// Checks that a format is given: what a token tells, and to whom, is the first decision about it.
fn check_given(args: &Args, item: &Struct, diagnostics: &Diagnostics) {
    // Else the first argument has a mistake, or another name: it was meant to be the format.
    if args.is_legible() && !args.mean("#[token_generator]", "format") {
        diagnostics.error_over(item.ident(), rules::token_generator::a_generator_names_its_format.words);
    }
}
