//! Scopes of a token that must be bound to a key of its client.

use std::marker::PhantomData;

use super::{AuthenticationRequirements, NamedScopes, RequiredScopes, ScopeSet};

/// The scopes `S`, of a token that is bound to a key (RFC 9449): `Bearer<Bound<CalendarWrite>>`. Whoever stole one without its key
/// does not get in, and a token that is bound to nothing is refused, whatever its scopes.
///
/// Where all handlers of a resource ask for it, [`dpop_required`](crate::resource::ResourceConfig::dpop_required) says so at once.
///
/// ```
/// use oauth_core::prelude::*;
///
/// #[scope("calendar.write", "Change your calendar")]
/// pub struct CalendarWrite;
///
/// async fn delete(token: Bearer<Bound<CalendarWrite>>) -> String {
///     format!("{} has nothing to do any more", token.subject().unwrap_or("nobody"))
/// }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Bound<S = ()>(PhantomData<fn() -> S>);

#[diagnostic::do_not_recommend]
impl<S: RequiredScopes> RequiredScopes for Bound<S> {
    const NAMED: NamedScopes = S::NAMED;
    const NEEDS_KEY: bool = true;
    const AUTHENTICATION: AuthenticationRequirements = S::AUTHENTICATION;

    fn is_met_by(scopes: &ScopeSet) -> bool {
        S::is_met_by(scopes)
    }

    fn sufficient() -> ScopeSet {
        S::sufficient()
    }
}
