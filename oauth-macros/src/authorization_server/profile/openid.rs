//! An OpenID provider: OAuth 2.1, and what OpenID Connect Core makes mandatory.

use super::{Profile, no_implicit_grant, no_password_grant};
use crate::authorization_server::model::ValidatedServer;
use crate::diagnostics::Diagnostics;
use crate::scope_list;

pub(super) const PROFILE: Profile = Profile {
    name: "openid",
    variant: "OpenId",
    denies: &[],
    rules: &[no_implicit_grant, no_password_grant, authenticates_people, has_scope_openid],
};

/// OpenID Connect Core §3: "Authentication can follow one of three paths", each of which begins at the authorization
/// endpoint.
fn authenticates_people(model: &ValidatedServer<'_>, diagnostics: &Diagnostics) {
    if let (false, false, Some(span)) =
        (model.grants.is_empty(), model.grants.use_authorization_endpoint(), &model.profile_span)
    {
        diagnostics.error(
            *span,
            "an OpenID provider authenticates people at the authorization endpoint (OpenID Connect Core §3), and no grant \
             here uses it: add `authorization_code`",
        );
    }
}

/// OpenID Connect Core §3.1.2.1: "OpenID Connect requests MUST contain the "openid" scope value."
fn has_scope_openid(model: &ValidatedServer<'_>, diagnostics: &Diagnostics) {
    if let (false, Some(span)) = (scope_list::find(&model.scopes, "openid").is_some(), &model.profile_span) {
        diagnostics.error(
            *span,
            "every OpenID request has the scope `openid` (OpenID Connect Core §3.1.2.1): add it to `scopes(…)`",
        );
    }
}
