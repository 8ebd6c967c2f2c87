//! The grants of a server, as a tuple of types.

use bytes::Bytes;

use super::{Asks, AuthorizationServer, Grant, ListedGrant, RunningServer};
use crate::client::{GrantType, ResponseType};
use crate::error::{Error, ErrorCode, Result};
use crate::http::Response;
use crate::interaction::{Decision, Look};
use crate::request::{AuthorizationRequest, LogoutRequest, Request};
use crate::response::AuthorizationParameters;
use oauth_rules::text::is_equal;

/// A tuple of [`Grant`]s.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set of grants",
    note = "write a tuple of grants, such as `(AuthorizationCode, RefreshToken)`; one grant is `(ClientCredentials,)`"
)]
pub trait GrantSet<S: AuthorizationServer>: 'static {
    /// The grants.
    const GRANTS: &'static [ListedGrant<S>];

    /// True if `refresh_token` is among them.
    const HAS_REFRESH_TOKEN: bool = has_refresh_token(Self::GRANTS);

    /// True if any of them is asked for at the token endpoint.
    const USES_TOKEN_ENDPOINT: bool = uses_token_endpoint(Self::GRANTS);

    /// All that they add to authorization responses; `None`: none of them uses the authorization endpoint.
    const RESPONSE_TYPE: Option<ResponseType> = response_type(Self::GRANTS);

    /// True if an interaction of theirs has sessions.
    const HAS_SESSIONS: bool = has_sessions(Self::GRANTS);

    /// The one that the token endpoint is asked for by this name: `implicit` never is.
    fn find(grant_type: &GrantType) -> Option<&'static ListedGrant<S>> {
        let asked = Some(grant_type.as_str());
        Self::GRANTS.iter().find(|grant| grant.uses_token_endpoint && grant.grant_type == asked)
    }

    /// Tells whether the token endpoint can be asked for a `grant_type`.
    fn has_grant_type(grant_type: &GrantType) -> bool {
        Self::find(grant_type).is_some()
    }
}

macro_rules! tuples {
    ($($first:ident $($rest:ident)*)?) => {
        $(
            impl<S: AuthorizationServer, $first: Grant<S>, $($rest: Grant<S>),*> GrantSet<S> for ($first, $($rest,)*) {
                const GRANTS: &'static [ListedGrant<S>] =
                    &[ListedGrant::of::<$first>(), $(ListedGrant::of::<$rest>()),*];
            }
            tuples!($($rest)*);
        )?
    };
}

tuples!(A B C D E F G H I J K L);

/// The interactions that ask people for the grants of a server.
fn asks<S: AuthorizationServer>() -> impl Iterator<Item = &'static Asks<S>> {
    <S::Grants as GrantSet<S>>::GRANTS.iter().filter_map(|grant| grant.asks.as_ref())
}

/// Asks the person.
pub(crate) async fn decide<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &Request,
    authorization: &AuthorizationRequest,
) -> Result<Decision> {
    match asks::<S>().find_map(|asks| asks.decide) {
        Some(decide) => decide(server, authorization, request).await,
        None => Err(ErrorCode::UnsupportedResponseType.into()),
    }
}

/// Tells whether somebody is logged in at the browser that sent a request.
pub(crate) async fn is_logged_in<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &Request,
) -> Result<bool> {
    match asks::<S>().find_map(|asks| asks.is_logged_in) {
        Some(is_logged_in) => is_logged_in(server, request).await,
        None => Ok(false),
    }
}

/// Adds to the response what was asked for.
pub(crate) async fn authorize<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    authorization: &AuthorizationRequest,
    response: &mut AuthorizationParameters,
) -> Result<()> {
    for part in <S::Grants as GrantSet<S>>::GRANTS.iter().filter_map(|grant| grant.response.as_ref()) {
        if authorization.response_type.contains(part.response_type) {
            (part.authorize)(server, request, authorization, response).await?;
        }
    }
    Ok(())
}

/// Signs the person out, or asks them.
pub(crate) async fn end_session<S: AuthorizationServer>(
    server: &RunningServer<S>,
    logout: &LogoutRequest,
    request: &Request,
) -> Result<Response> {
    match asks::<S>().filter(|asks| asks.has_sessions).find_map(|asks| asks.end_session) {
        Some(end_session) => end_session(server, logout, request).await,
        None => Err(Error::server("an end-session endpoint was routed, and no grant has sessions")),
    }
}

/// Tells whether there is a page of this path.
#[cfg(feature = "pages")]
pub(crate) fn has_page<S: AuthorizationServer>(path: &str) -> bool {
    asks::<S>().any(|asks| asks.pages.contains(&path))
}

/// Answers a request for a page.
pub(crate) async fn page<S: AuthorizationServer>(
    server: &RunningServer<S>,
    page: &str,
    request: &http::Request<Bytes>,
) -> Result<Response> {
    match asks::<S>().find(|asks| asks.pages.contains(&page)) {
        Some(asks) => (asks.page)(server, page, request).await,
        None => Err(Error::server("a page was routed that no grant brings")),
    }
}

/// Checks the one interaction in this run; the error says in a line what is wrong.
pub(crate) fn check_interaction<S: AuthorizationServer>(server: &S) -> std::result::Result<(), String> {
    asks::<S>().try_for_each(|asks| (asks.check)(server))
}

/// The look of the pages that tell of an error; `None`: the built-in one.
pub(crate) fn look<S: AuthorizationServer>(server: &S) -> Option<&Look> {
    asks::<S>().find_map(|asks| (asks.look)(server))
}

/// The classes of logins that the one interaction can ask for; `None`: it does not say.
pub(crate) fn acr_values<S: AuthorizationServer>(server: &S) -> Option<Vec<&str>> {
    asks::<S>().find_map(|asks| (asks.acr_values)(server))
}

const fn has_refresh_token<S>(mut grants: &[ListedGrant<S>]) -> bool {
    while let [grant, rest @ ..] = grants {
        if let Some(name) = grant.grant_type
            && is_equal(name.as_bytes(), b"refresh_token")
        {
            return true;
        }
        grants = rest;
    }
    false
}

const fn uses_token_endpoint<S>(mut grants: &[ListedGrant<S>]) -> bool {
    while let [grant, rest @ ..] = grants {
        if grant.uses_token_endpoint {
            return true;
        }
        grants = rest;
    }
    false
}

const fn has_sessions<S>(mut grants: &[ListedGrant<S>]) -> bool {
    while let [grant, rest @ ..] = grants {
        if let Some(Asks { has_sessions: true, .. }) = grant.asks {
            return true;
        }
        grants = rest;
    }
    false
}

const fn response_type<S>(mut grants: &[ListedGrant<S>]) -> Option<ResponseType> {
    let mut all = None;
    while let [grant, rest @ ..] = grants {
        if let Some(part) = &grant.response {
            all = match all {
                Some(all) => Some(ResponseType::union(all, part.response_type)),
                None => Some(part.response_type),
            };
        }
        grants = rest;
    }
    all
}
