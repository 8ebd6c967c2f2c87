//! The rules of `registration(initial_access_token, path = "/register")`.

use super::attr::Attr;
use super::model::Registration;
use crate::args::Value;
use crate::diagnostics::Diagnostics;
use crate::literal::limited;
use crate::rules::lifetime::OF_REGISTRATION;
use crate::rules::path;

/// The options; none of them is needed.
pub(super) fn check(attr: &Attr, diagnostics: &Diagnostics) -> Option<Registration> {
    let arg = attr.registration.as_ref()?;
    let mut registration =
        Registration { span: arg.span, path: None, initial_access_token: None, durations: Vec::new() };
    if matches!(arg.value, Value::None) {
        return Some(registration);
    }
    let mut args = arg.list("initial_access_token", diagnostics)?;
    if let Some(flag) = args.take("initial_access_token", diagnostics) {
        flag.bare(diagnostics);
        registration.initial_access_token = Some(flag.span);
    }
    if let Some(given) = args.take("path", diagnostics) {
        registration.path =
            given.text("\"/register\"", diagnostics).filter(|text| match path::check(&text.value) {
                Ok(()) => true,
                Err(words) => {
                    diagnostics.error(text.span, words);
                    false
                }
            });
    }
    for limits in OF_REGISTRATION {
        let given = args.take(limits.name, diagnostics);
        registration.durations.extend(given.and_then(|given| limited(&given, limits, diagnostics)));
    }
    let durations = OF_REGISTRATION.iter().map(|limits| limits.name);
    let known: Vec<_> = ["initial_access_token", "path"].into_iter().chain(durations).collect();
    // A token that was meant keeps strangers out.
    if args.finish("registration", &known, diagnostics).contains("initial_access_token") {
        registration.initial_access_token = Some(arg.span);
    }
    Some(registration)
}
