//! `preset = "…"`: the preconfigured servers of oauthlib, as lists of grants.

use proc_macro2::Span;

use super::attr::Attr;
use super::grants::Grants;
use super::model::ValidatedServer;
use crate::args::Text;
use crate::diagnostics::{Diagnostics, did_you_mean, list};
use crate::rules;
use crate::rules::grant::{self, PRESETS, Preset};
use crate::scope_list;

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
            .error(text.span, rules::parts::a_preset_is_a_known_one.says(&[&text.value, &meant, &names]));
    }
    preset
}

/// A preset is a closed list: with `grants(…)` beside it, nobody could tell what a server offers from either.
fn check_alone(preset: &Preset, attr: &Attr, diagnostics: &Diagnostics) {
    if let Some(grants) = &attr.grants {
        diagnostics.error(
            grants.span,
            rules::parts::a_preset_is_a_closed_list.says(&[&preset.name, &preset.grants.join(", ")]),
        );
    }
}

/// OpenID Connect Core §3.1.2.1: "OpenID Connect requests MUST contain the "openid" scope value."
pub(super) fn check_openid(model: &ValidatedServer<'_>, diagnostics: &Diagnostics) {
    if let Some((Preset { name: "openid", .. }, span)) = model.preset
        && scope_list::find(&model.scopes, "openid").is_none()
    {
        diagnostics
            .error(span, rules::parts::oidc_core_section_3_1_2_1_the_preset_openid_has_its_scope.words);
    }
}

/// The grants of a preset, located where it was asked for.
pub(super) fn grants(preset: &Preset, span: Span) -> Grants {
    let standard = preset.grants.iter().filter_map(|name| grant::named(name)).map(|grant| (grant, span));
    Grants { standard: standard.collect(), ..Grants::default() }
}
