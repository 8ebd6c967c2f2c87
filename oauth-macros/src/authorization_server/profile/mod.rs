//! `profile = "…"`: which specification a server follows, as a set of rules over the same model. A further profile is
//! a file here and a variant of the run-time crate's `Profile`.

mod oauth2_0;
mod oauth2_1;
mod openid;

use proc_macro2::Span;

use super::attr::Attr;
use super::model::ValidatedServer;
use crate::args::Text;
use crate::diagnostics::{Diagnostics, did_you_mean, list};

/// A specification that a server follows.
pub(super) struct Profile {
    /// The value of the argument.
    pub(super) name: &'static str,
    /// The variant of the run-time crate's `Profile`.
    pub(super) variant: &'static str,
    /// The documents and rules that it denies, as `deny(…)` takes them.
    pub(super) denies: &'static [&'static str],
    /// What it demands of a server beyond what every server must be.
    rules: &'static [fn(&ValidatedServer<'_>, &Diagnostics)],
}

/// The first is the default.
const PROFILES: [&Profile; 3] = [&oauth2_1::PROFILE, &oauth2_0::PROFILE, &openid::PROFILE];

pub(super) const DEFAULT: &Profile = &oauth2_1::PROFILE;

/// Reads the argument.
pub(super) fn parse(attr: &Attr, diagnostics: &Diagnostics) -> Option<&'static Profile> {
    let Some(arg) = &attr.profile else {
        return (!attr.attempted.contains("profile")).then_some(DEFAULT);
    };
    known(&arg.text("\"oauth2.1\"", diagnostics)?, diagnostics)
}

fn known(text: &Text, diagnostics: &Diagnostics) -> Option<&'static Profile> {
    let names = || PROFILES.iter().map(|profile| profile.name);
    let known = PROFILES.into_iter().find(|profile| profile.name == text.value);
    if known.is_none() {
        let meant = did_you_mean(&text.value, names());
        let names = list(names());
        diagnostics.error(
            text.span,
            format!("there is no profile `{}`{meant}\nthe profiles are {names}", text.value),
        );
    }
    known
}

/// Applies the rules of the server's profile.
pub(super) fn check(model: &ValidatedServer<'_>, diagnostics: &Diagnostics) {
    for rule in model.profile.map_or(&[][..], |profile| profile.rules) {
        rule(model, diagnostics);
    }
}

/// RFC 9700 §2.1.2: "clients SHOULD NOT use the implicit grant (response type "token") or other response types issuing
/// access tokens in the authorization response".
fn no_implicit_grant(model: &ValidatedServer<'_>, diagnostics: &Diagnostics) {
    forbid(
        model,
        "implicit",
        "puts access tokens into URLs, where logs and histories keep them, and is gone from OAuth 2.1 (RFC 9700 §2.1.2)",
        diagnostics,
    );
}

/// RFC 9700 §2.4: "The resource owner password credentials grant […] MUST NOT be used."
fn no_password_grant(model: &ValidatedServer<'_>, diagnostics: &Diagnostics) {
    forbid(
        model,
        "password",
        "shows people's passwords to clients and must not be used (RFC 9700 §2.4)",
        diagnostics,
    );
}

fn forbid(model: &ValidatedServer<'_>, grant: &str, reason: &str, diagnostics: &Diagnostics) {
    let Some(span): Option<Span> = model.grants.span(grant) else { return };
    let instead = "for clients that cannot change, add `profile = \"oauth2.0\"`";
    let message = match &model.preset {
        Some((preset, _)) => format!(
            "the preset `{}` has the grant `{grant}`, which {reason}\n\
             write `preset = \"web_application\"`; {instead}",
            preset.name
        ),
        None => format!("the grant `{grant}` {reason}\nwrite `authorization_code`; {instead}"),
    };
    diagnostics.error(span, message);
}
