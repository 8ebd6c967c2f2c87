//! The rules of a server's scopes.

use super::attr::Attr;
use super::grants::Grants;
use crate::args::Text;
use crate::diagnostics::{Diagnostics, did_you_mean};
use crate::scope_list::{self, Scope};

pub(super) fn check_scopes(attr: &Attr, grants: &Grants, diagnostics: &Diagnostics) -> Vec<Scope> {
    const EXAMPLE: &str = "\"profile\", \"calendar\" = \"See your calendar\"";
    let Some(arg) = &attr.scopes else { return Vec::new() };
    let scopes = scope_list::parse(arg, EXAMPLE, true, diagnostics);
    for name in scopes.iter().filter_map(Scope::name) {
        check_special_scope(name, grants, diagnostics);
    }
    scopes
}

/// Scopes whose meaning a specification has fixed.
fn check_special_scope(name: &Text, grants: &Grants, diagnostics: &Diagnostics) {
    let has_refresh = grants.span("refresh_token").is_some();
    match name.value.as_str() {
        "offline_access" if !has_refresh && !grants.is_empty() => diagnostics.error(
            name.span,
            "`offline_access` asks for a refresh token (OpenID Connect Core §11): add the grant `refresh_token`, or remove it",
        ),
        _ => {}
    }
}

/// Default scopes are among the scopes. A string may be the name of a type, which only the compiler knows.
pub(super) fn check_default_scopes(attr: &Attr, scopes: &[Scope], diagnostics: &Diagnostics) -> Vec<Scope> {
    let Some(arg) = &attr.default_scopes else { return Vec::new() };
    let mut defaults = scope_list::parse(arg, "\"profile\"", false, diagnostics);
    defaults.retain(|default| {
        let is_declared = scopes.iter().any(|scope| scope_list::is_same(scope, default));
        if is_declared || scopes.iter().any(|scope| scope.name().is_none()) {
            return true;
        }
        let shown = scope_list::shown(default);
        let names = scopes.iter().filter_map(|scope| Some(scope.name()?.value.as_str()));
        let meant = did_you_mean(&shown, names);
        diagnostics.error(
            default.span(),
            format!("the default scope `{shown}` is not among `scopes(…)` (RFC 6749 §3.3){meant}"),
        );
        false
    });
    defaults
}
