//! The trait of grants.

use super::{Asks, AuthorizationServer, ListedEndpoint, ListedPart, RunningServer};
use crate::client::GrantType;
use crate::error::Result;
use crate::request::Request;
use crate::response::TokenResponse;

/// A grant of the server `S`: its name, what it answers at the token endpoint, and constant data about the rest.
pub trait Grant<S: AuthorizationServer>: 'static {
    /// The name of the grant among `grant_types_supported`; `None`: it has none.
    const GRANT_TYPE: Option<&'static str>;

    /// True if clients ask the token endpoint for it.
    const USES_TOKEN_ENDPOINT: bool = true;

    /// Parameters of its token requests that may be repeated, as their specification says (RFC 6749 §3.2 says of all: no).
    const REPEATABLE: &'static [&'static str] = &[];

    /// The part that it adds to authorization responses; `None`: it does not use the authorization endpoint.
    const RESPONSE: Option<ListedPart<S>> = None;

    /// The interaction that asks people for it; `None`: nobody is asked.
    const ASKS: Option<Asks<S>> = None;

    /// The endpoints that it brings along, such as the one where it begins (RFC 8628 §3.1).
    const ENDPOINTS: &'static [ListedEndpoint<S>] = &[];

    /// True for the grants of this crate, which are known to ask nothing but their own hooks.
    #[doc(hidden)]
    const IS_OURS: bool = false;

    /// Answers a token request. The client is authenticated and may use the grant.
    ///
    /// # Errors
    ///
    /// What the token endpoint sends, RFC 6749 §5.2.
    fn token(
        _server: &RunningServer<S>,
        _request: &mut Request,
    ) -> impl Future<Output = Result<TokenResponse>> + Send {
        async { Err(GrantType::unsupported()) }
    }
}
