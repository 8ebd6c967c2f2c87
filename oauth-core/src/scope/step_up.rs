//! Scopes of a token whose person logged in as a handler requires.

use std::marker::PhantomData;

use super::{AuthenticationRequirements, NamedScopes, RequiredAuthentication, RequiredScopes, ScopeSet};

/// The scopes `S`, of a token whose person logged in as `A` says (RFC 9470): `Bearer<StepUp<Mfa, CalendarWrite>>`. Any other token is
/// answered with what is required, `insufficient_user_authentication`, so that its client can ask for another login.
///
/// Where it depends on more than the handler, [`require_authentication`](crate::resource::ProtectedResource::require_authentication)
/// asks from within.
///
/// ```
/// use oauth_core::prelude::*;
///
/// #[scope("calendar.write", "Change your calendar")]
/// pub struct CalendarWrite;
///
/// /// A second factor, five minutes ago at most.
/// #[step_up(acr = "urn:example:mfa", max_age = 300)]
/// pub struct Mfa;
///
/// async fn delete(token: Bearer<StepUp<Mfa, CalendarWrite>>) -> String {
///     format!("{} has nothing to do any more", token.subject().unwrap_or("nobody"))
/// }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct StepUp<A, S = ()>(PhantomData<fn() -> (A, S)>);

#[diagnostic::do_not_recommend]
impl<A: RequiredAuthentication, S: RequiredScopes> RequiredScopes for StepUp<A, S> {
    const NAMED: NamedScopes = S::NAMED;
    const NEEDS_KEY: bool = S::NEEDS_KEY;
    const AUTHENTICATION: AuthenticationRequirements = A::REQUIREMENTS.and(S::AUTHENTICATION);

    fn is_met_by(scopes: &ScopeSet) -> bool {
        S::is_met_by(scopes)
    }

    fn sufficient() -> ScopeSet {
        S::sufficient()
    }
}
