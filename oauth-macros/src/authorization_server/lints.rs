//! Advice about servers.

use proc_macro2::Span;

use super::attr::Attr;
use super::judge::way_of_strangers;
use super::model::ValidatedServer;
use crate::lints::{Finding, ProfileDenial};
use crate::rules::advice;
use crate::rules::lifetime::YEAR;
use crate::rules::response_type::has;
use crate::scope_list;

pub(super) fn find(attr: &Attr, model: &ValidatedServer<'_>) -> Vec<Finding> {
    [
        implicit_grant(model),
        password_grant(model),
        danger_pkce_optional(attr),
        long_lived_refresh_tokens(model),
        irrevocable_refresh_tokens(model),
        offline_access_is_not_for_strangers(attr, model),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The advice that the profile denies, located where it is asked for.
pub(super) fn profile_denial(model: &ValidatedServer<'_>) -> Option<ProfileDenial> {
    let profile = model.profile?;
    let span = model.profile_span.unwrap_or_else(Span::call_site);
    Some(ProfileDenial { profile: profile.name, names: profile.denies, span })
}

/// RFC 9700 §2.1.2: "clients SHOULD NOT use the implicit grant (response type "token") or other response types issuing
/// access tokens in the authorization response".
fn implicit_grant(model: &ValidatedServer<'_>) -> Option<Finding> {
    let grant = model.grants.span("implicit")?;
    let span = if model.response_types.asked.is_empty() {
        grant
    } else {
        model
            .response_types
            .asked
            .iter()
            .find(|(asked, _)| has(asked.name, "token"))
            .map(|(_, span)| *span)?
    };
    Some(Finding { lint: &advice::implicit_grant, span })
}

/// RFC 9700 §2.4: "The resource owner password credentials grant […] MUST NOT be used."
fn password_grant(model: &ValidatedServer<'_>) -> Option<Finding> {
    Some(Finding { lint: &advice::password_grant, span: model.grants.span("password")? })
}

/// RFC 9700 §2.1.1: "For confidential clients, the use of PKCE […] is RECOMMENDED".
fn danger_pkce_optional(attr: &Attr) -> Option<Finding> {
    Some(Finding { lint: &advice::danger_pkce_optional, span: attr.danger_pkce_optional.as_ref()?.span })
}

/// RFC 9700 §4.14.2: "Refresh tokens SHOULD expire if the client has been inactive for some time".
fn long_lived_refresh_tokens(model: &ValidatedServer<'_>) -> Option<Finding> {
    let lifetime = model.duration("refresh_token_lifetime").filter(|lifetime| lifetime.seconds > YEAR)?;
    Some(Finding { lint: &advice::long_lived_refresh_tokens, span: lifetime.text.span })
}

/// RFC 7009 §2: "Implementations MUST support the revocation of refresh tokens". That is of servers with the endpoint, and
/// whether to have it is a server's own decision.
fn irrevocable_refresh_tokens(model: &ValidatedServer<'_>) -> Option<Finding> {
    model.grants.span("refresh_token")?;
    let span = model.endpoints.as_ref()?.revocation_is_off?;
    Some(Finding { lint: &advice::irrevocable_refresh_tokens, span })
}

/// RFC 8414 §2: `scopes_supported` has what clients may ask for, and some ask for all of it that they know. A scope that is a type
/// may be this one.
fn offline_access_is_not_for_strangers(attr: &Attr, model: &ValidatedServer<'_>) -> Option<Finding> {
    way_of_strangers(model)?;
    scope_list::find(&model.scopes, "offline_access")?;
    let unverified = model.unverified_scopes.as_ref().filter(|scopes| scope_list::are_known(scopes))?;
    if scope_list::find(unverified, "offline_access").is_some() {
        return None;
    }
    let span = attr.unverified_scopes.as_ref()?.span;
    Some(Finding { lint: &advice::offline_access_is_not_for_strangers, span })
}
