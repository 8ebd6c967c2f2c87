//! Advice about servers.

use proc_macro2::Span;

use super::attr::Attr;
use super::model::ValidatedServer;
use crate::lints::{Finding, ProfileDenial, table};

const YEAR: u64 = 365 * 86_400;

pub(super) fn find(attr: &Attr, model: &ValidatedServer<'_>) -> Vec<Finding> {
    [
        implicit_grant(model),
        password_grant(model),
        danger_pkce_optional(attr),
        long_lived_refresh_tokens(model),
        irrevocable_refresh_tokens(model),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What the profile denies, located where it is asked for.
pub(super) fn profile_denial(model: &ValidatedServer<'_>) -> Option<ProfileDenial> {
    let profile = model.profile?;
    let span = model.profile_span.unwrap_or_else(Span::call_site);
    Some(ProfileDenial { profile: profile.name, names: profile.denies, span })
}

/// RFC 9700 §2.1.2: "clients SHOULD NOT use the implicit grant (response type "token") or other response types issuing
/// access tokens in the authorization response".
fn implicit_grant(model: &ValidatedServer<'_>) -> Option<Finding> {
    let grant = model.grants.span("implicit")?;
    let issues_token = |name: &str| name.split(' ').any(|word| word == "token");
    let span = if model.response_types.is_empty() {
        grant
    } else {
        model.response_types.iter().find(|(asked, _)| issues_token(asked.name)).map(|(_, span)| *span)?
    };
    Some(Finding { lint: &table::IMPLICIT_GRANT, span })
}

/// RFC 9700 §2.4: "The resource owner password credentials grant […] MUST NOT be used."
fn password_grant(model: &ValidatedServer<'_>) -> Option<Finding> {
    Some(Finding { lint: &table::PASSWORD_GRANT, span: model.grants.span("password")? })
}

/// RFC 9700 §2.1.1: "For confidential clients, the use of PKCE […] is RECOMMENDED".
fn danger_pkce_optional(attr: &Attr) -> Option<Finding> {
    Some(Finding { lint: &table::DANGER_PKCE_OPTIONAL, span: attr.danger_pkce_optional.as_ref()?.span })
}

/// RFC 9700 §4.14.2: "Refresh tokens SHOULD expire if the client has been inactive for some time".
fn long_lived_refresh_tokens(model: &ValidatedServer<'_>) -> Option<Finding> {
    let lifetime = model.refresh_token_lifetime.filter(|lifetime| lifetime.seconds > YEAR)?;
    Some(Finding { lint: &table::LONG_LIVED_REFRESH_TOKENS, span: lifetime.span })
}

/// RFC 7009 §2: "Implementations MUST support the revocation of refresh tokens". That is of servers with the endpoint, and
/// whether to have it is a server's own decision.
fn irrevocable_refresh_tokens(model: &ValidatedServer<'_>) -> Option<Finding> {
    model.grants.span("refresh_token")?;
    let span = model.endpoints.as_ref()?.revocation_is_off?;
    Some(Finding { lint: &table::IRREVOCABLE_REFRESH_TOKENS, span })
}
