//! Signatures of hooks, claims and token generators. What the compiler would say in words of its own, or not at the user's
//! token, is said here, with the signature that was expected.

use quote::ToTokens as _;
use syn::{GenericArgument, GenericParam, PathArguments, Type};

use super::method::{Method, Receiver};
use crate::diagnostics::Diagnostics;
use crate::rules;

/// The way in which a hook says what it decided.
const GO_ON: &str =
    "\nto go on, return `Ok(())`; to refuse, an `Err`, such as `Err(Error::access_denied(\"…\"))`";

/// `&self`, the right number of parameters, a return type, nothing generic; one mistake a method.
pub(super) fn check_signature(
    method: &Method,
    expected: &str,
    parameters: &[(&str, &str)],
    diagnostics: &Diagnostics,
) -> bool {
    let write = format!("write `{expected}`, or `async fn`");
    check_not_generic(method, &write, diagnostics)
        && check_shared(method, &write, diagnostics)
        && check_receiver(method, &write, diagnostics)
        && check_arity(method, parameters.len(), &write, diagnostics)
        && check_output(method, expected, &write, diagnostics)
        && check_parameter_types(method, parameters, &write, diagnostics)
}

/// Refuses type parameters: who would choose the type?
fn check_not_generic(method: &Method, write: &str, diagnostics: &Diagnostics) -> bool {
    let is_type = |parameter: &&GenericParam| !matches!(parameter, GenericParam::Lifetime(_));
    let parameter = method.generics.params.iter().find(is_type);
    if let Some(parameter) = parameter {
        let name = method.name();
        diagnostics.error_over(parameter, rules::validator::a_hook_is_not_generic.says(&[&name, &write]));
    }
    parameter.is_none()
}

/// One validator answers all requests.
fn check_shared(method: &Method, write: &str, diagnostics: &Diagnostics) -> bool {
    let Receiver::Other(receiver) = &method.receiver else { return true };
    let name = method.name();
    diagnostics.error_over(receiver, rules::validator::a_hook_shares_its_validator.says(&[&name, &write]));
    false
}

/// A hook without `self` could not reach the stores.
fn check_receiver(method: &Method, write: &str, diagnostics: &Diagnostics) -> bool {
    let is_missing = matches!(method.receiver, Receiver::None);
    if is_missing {
        diagnostics
            .error(method.ident.span(), rules::validator::a_hook_takes_self.says(&[&method.name(), &write]));
    }
    !is_missing
}

fn check_arity(method: &Method, arity: usize, write: &str, diagnostics: &Diagnostics) -> bool {
    let (name, found) = (method.name(), method.parameters.len());
    if found != arity {
        let plural = if arity == 1 { "" } else { "s" };
        diagnostics.error(
            method.parentheses,
            rules::validator::a_hook_has_the_arguments_of_its_name
                .says(&[&name, &arity, &plural, &found, &write]),
        );
    }
    found == arity
}

/// A hook that returns nothing could refuse nothing.
fn check_output(method: &Method, expected: &str, write: &str, diagnostics: &Diagnostics) -> bool {
    if method.output.is_none() {
        let hint = if expected.ends_with("-> Result<()>") { GO_ON } else { "" };
        diagnostics.error(
            method.ident.span(),
            rules::validator::a_hook_returns_something.says(&[&method.name(), &hint, &write]),
        );
    }
    method.output.is_some()
}

/// Types that are plainly others. The compiler would find them too, but would suggest conversions in the signature.
fn check_parameter_types(
    method: &Method,
    expected: &[(&str, &str)],
    write: &str,
    diagnostics: &Diagnostics,
) -> bool {
    for (parameter, (name, ty)) in method.parameters.iter().zip(expected) {
        if let Some(found) = plain_type(&parameter.ty) {
            // `&mut Request` may be taken as `&Request`.
            let ty = ty.trim_end_matches("<'_>");
            if found != ty && found != ty.replace("&mut ", "&") {
                let message =
                    rules::validator::an_argument_of_a_hook_has_its_type.says(&[&name, &ty, &found, &write]);
                diagnostics.error_over(&parameter.ty, message);
                // The signature is there to copy: arguments in another order are one mistake.
                return false;
            }
        }
    }
    true
}

/// A return type that is plainly another.
pub(super) fn check_output_type(
    method: &Method,
    output: &str,
    expected: &str,
    diagnostics: &Diagnostics,
) -> bool {
    let Some(ty) = &method.output else { return true };
    let is_result = output.starts_with("Result<");
    let found = plain_output(ty).or_else(|| option(ty).filter(|_| is_result));
    let Some(found) = found.filter(|found| found != output) else { return true };
    let name = method.name();
    let hint = if output == "Result<()>" && (found.contains("bool") || found == "()") {
        GO_ON
    } else if output == format!("Result<{found}>") {
        "\nwrap what it returns in `Ok(…)`"
    } else {
        ""
    };
    let message = rules::validator::a_hook_returns_its_type.says(&[&name, &output, &found, &hint, &expected]);
    diagnostics.error_over(ty, message);
    false
}

/// The return type as text, where all of it is plain: `bool`, `Result<()>`, `Option<String>`.
fn plain_output(ty: &Type) -> Option<String> {
    match ty {
        Type::Tuple(tuple) if tuple.elems.is_empty() => Some("()".to_owned()),
        Type::Path(path) => {
            let last = path.path.segments.last()?;
            match &last.arguments {
                PathArguments::None => plain_type(ty),
                PathArguments::AngleBracketed(arguments)
                    if ["Result", "Option", "Arc"].iter().any(|name| last.ident == name) =>
                {
                    let mut arguments = arguments.args.iter();
                    let (Some(GenericArgument::Type(only)), None) = (arguments.next(), arguments.next())
                    else {
                        return None;
                    };
                    plain_output(only).map(|only| format!("{}<{only}>", last.ident))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// The text of an `Option`, whatever is in it.
fn option(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let is_option = path.path.segments.last()?.ident == "Option";
    is_option.then(|| ty.to_token_stream().to_string().replace(' ', ""))
}

/// The type as text, where it is one of those in the hooks' signatures, so that no alias is behind it.
pub(super) fn plain_type(ty: &Type) -> Option<String> {
    const KNOWN: [&str; 13] = [
        "String",
        "str",
        "Client",
        "Request",
        "ScopeSet",
        "GrantType",
        "SecretString",
        "TokenResponse",
        "TokenExtras",
        "AuthorizationExtras",
        "AuthorizationRequest",
        "bool",
        "Uri",
    ];
    match ty {
        Type::Reference(reference) => {
            let mutability = if reference.mutability.is_some() { "mut " } else { "" };
            plain_type(&reference.elem).map(|ty| format!("&{mutability}{ty}"))
        }
        Type::Path(path) => {
            let last = path.path.segments.last()?.ident.to_string();
            KNOWN.contains(&last.as_str()).then_some(last)
        }
        _ => None,
    }
}
