//! The rules of a server's scopes.

use super::attr::Attr;
use crate::args::{Arg, Value};
use crate::diagnostics::{Diagnostics, did_you_mean};
use crate::rules::server::scopes::rfc6749_section_3_3_default_scopes_are_declared;
use crate::rules::{self, strangers};
use crate::scope_list::{self, Scope};

pub(super) fn check_scopes(attr: &Attr, diagnostics: &Diagnostics) -> Vec<Scope> {
    const EXAMPLE: &str = "\"profile\", \"calendar\" = \"See your calendar\"";
    let Some(arg) = &attr.scopes else { return Vec::new() };
    reject_empty(arg, diagnostics);
    scope_list::parse(arg, EXAMPLE, true, diagnostics)
}

/// RFC 6749 §3.3: a server without scopes says so by having no list.
fn reject_empty(arg: &Arg, diagnostics: &Diagnostics) {
    if !is_empty(arg) {
        return;
    }
    diagnostics.error(
        arg.span,
        match arg.name.as_str() {
            "default_scopes" => {
                "`default_scopes()` is empty: name the scopes of a request without any (RFC 6749 §3.3), such as \
                 `default_scopes(\"profile\")`, or remove it for all of the client's"
            }
            _ => {
                rules::parts::a_list_of_scopes_is_not_empty.words
            }
        },
    );
}

fn is_empty(arg: &Arg) -> bool {
    matches!(&arg.value, Value::List(group) if group.stream().is_empty())
}

/// Default scopes are among the scopes, where those could be read. A string may be the name of a type, which only the compiler knows.
pub(super) fn check_default_scopes(
    attr: &Attr,
    declared: Option<&[Scope]>,
    diagnostics: &Diagnostics,
) -> Vec<Scope> {
    let Some(arg) = &attr.default_scopes else { return Vec::new() };
    reject_empty(arg, diagnostics);
    let mut defaults = scope_list::parse(arg, "\"profile\"", false, diagnostics);
    let rule = &rfc6749_section_3_3_default_scopes_are_declared;
    defaults.retain(|default| is_declared(default, declared, rule, diagnostics));
    defaults
}

/// The scopes of clients that came by themselves are among the scopes, too. An empty list gives them none.
pub(super) fn check_unverified_scopes(
    attr: &Attr,
    declared: Option<&[Scope]>,
    diagnostics: &Diagnostics,
) -> Option<Vec<Scope>> {
    let arg = attr.unverified_scopes.as_ref()?;
    let mut unverified = scope_list::parse(arg, "\"profile\"", false, diagnostics);
    let rule = &strangers::rfc7591_section_2_scopes_of_strangers_are_declared;
    unverified.retain(|scope| is_declared(scope, declared, rule, diagnostics));
    Some(unverified)
}

/// RFC 6749 §3.3: without `scope`, "the authorization server MUST either process the request using a pre-defined default value
/// or fail the request": a default that nobody may ask for is none.
fn is_declared(
    default: &Scope,
    declared: Option<&[Scope]>,
    rule: &rules::Rule,
    diagnostics: &Diagnostics,
) -> bool {
    let Some(scopes) = declared else { return false };
    let is_declared = scopes.iter().any(|scope| scope_list::is_same(scope, default));
    // What a type is named, the compiler knows.
    if is_declared || default.name().is_none() || scopes.iter().any(|scope| scope.name().is_none()) {
        return true;
    }
    let shown = scope_list::shown(default);
    let names = scopes.iter().filter_map(|scope| Some(scope.name()?.value.as_str()));
    let meant = did_you_mean(&shown, names);
    diagnostics.error(default.span(), rule.says(&[&shown, &meant]));
    false
}
