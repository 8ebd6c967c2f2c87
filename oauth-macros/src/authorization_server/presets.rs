//! `preset = "…"`: the preconfigured servers of oauthlib, as lists of grants.

use proc_macro2::Span;

use super::attr::Attr;
use super::grants::Grants;
use super::model::{GRANTS, ValidatedServer};
use crate::args::Text;
use crate::diagnostics::{Diagnostics, did_you_mean, list};
use crate::scope_list;

/// A preconfigured server.
pub(super) struct Preset {
    /// The value of the argument.
    pub(super) name: &'static str,
    grants: &'static [&'static str],
    /// Constants of the run-time crate's `ResponseType`; none: all that the grants make up.
    pub(super) response_types: &'static [&'static str],
}

const EVERY_GRANT: &[&str] =
    &["authorization_code", "implicit", "password", "client_credentials", "refresh_token", "device_code"];

const EVERY_RESPONSE_TYPE: &[&str] = &[
    "CODE",
    "TOKEN",
    "NONE",
    "ID_TOKEN",
    "ID_TOKEN_TOKEN",
    "CODE_TOKEN",
    "CODE_ID_TOKEN",
    "CODE_ID_TOKEN_TOKEN",
];

const PRESETS: [Preset; 7] = [
    Preset { name: "web_application", grants: &["authorization_code", "refresh_token"], response_types: &[] },
    Preset { name: "mobile_application", grants: &["implicit"], response_types: &[] },
    Preset { name: "legacy_application", grants: &["password", "refresh_token"], response_types: &[] },
    Preset { name: "backend_application", grants: &["client_credentials"], response_types: &[] },
    Preset { name: "device_application", grants: &["device_code", "refresh_token"], response_types: &[] },
    Preset { name: "all", grants: EVERY_GRANT, response_types: &["CODE", "TOKEN", "NONE"] },
    Preset { name: "openid", grants: EVERY_GRANT, response_types: EVERY_RESPONSE_TYPE },
];

/// Reads the argument.
pub(super) fn parse(attr: &Attr, diagnostics: &Diagnostics) -> Option<(&'static Preset, Span)> {
    let text = attr.preset.as_ref()?.text("\"web_application\"", diagnostics)?;
    let preset = known(&text, diagnostics)?;
    check_alone(preset, attr, diagnostics);
    Some((preset, text.span))
}

fn known(text: &Text, diagnostics: &Diagnostics) -> Option<&'static Preset> {
    let names = || PRESETS.iter().map(|preset| preset.name);
    let preset = PRESETS.iter().find(|preset| preset.name == text.value);
    if preset.is_none() {
        let (meant, names) = (did_you_mean(&text.value, names()), list(names()));
        diagnostics
            .error(text.span, format!("there is no preset `{}`{meant}\nthe presets are {names}", text.value));
    }
    preset
}

/// A preset is a closed list: with `grants(…)` beside it, nobody could tell what a server offers from either.
fn check_alone(preset: &Preset, attr: &Attr, diagnostics: &Diagnostics) {
    if let Some(grants) = &attr.grants {
        diagnostics.error(
            grants.span,
            format!(
                "the preset `{}` says which grants there are: remove `grants(…)`, or write `grants({}, …)` without the preset",
                preset.name,
                preset.grants.join(", ")
            ),
        );
    }
}

/// OpenID Connect Core §3.1.2.1: "OpenID Connect requests MUST contain the "openid" scope value."
pub(super) fn check_openid(model: &ValidatedServer<'_>, diagnostics: &Diagnostics) {
    if let Some((Preset { name: "openid", .. }, span)) = model.preset
        && scope_list::find(&model.scopes, "openid").is_none()
    {
        diagnostics.error(
            span,
            "every OpenID request has the scope `openid` (OpenID Connect Core §3.1.2.1): add it to `scopes(…)`",
        );
    }
}

impl Preset {
    /// Its grants, located where it was asked for.
    pub(super) fn grants(&self, span: Span) -> Grants {
        let known = |name: &&str| GRANTS.iter().find(|grant| grant.name == *name);
        let standard = self.grants.iter().filter_map(known).map(|grant| (grant, span)).collect();
        Grants { standard, extensions: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::{GRANTS, PRESETS};

    #[test]
    fn presets_have_known_grants() {
        for preset in &PRESETS {
            for name in preset.grants {
                assert!(GRANTS.iter().any(|grant| grant.name == *name), "{}: {name}", preset.name);
            }
        }
    }
}
