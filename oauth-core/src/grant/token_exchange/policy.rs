//! The application's decision on an exchange.

use super::TokenExchangeRequest;
use crate::error::Result;
use crate::request::Request;

/// Decides which client may exchange whose token, RFC 8693 §1.1. It has no default: a server with the grant `token_exchange` whose
/// validator does not say does not compile.
///
/// ```
/// use oauth_core::grant::token_exchange::{ExchangeApproval, TokenExchangePolicy, TokenExchangeRequest};
/// use oauth_core::prelude::*;
///
/// #[validator]
/// struct Accounts {
///     #[store]
///     store: MemoryStore,
/// }
///
/// impl TokenExchangePolicy for Accounts {
///     async fn may_exchange(
///         &self,
///         exchange: &TokenExchangeRequest,
///         _: &Request,
///     ) -> Result<ExchangeApproval> {
///         // Who was called with the token calls on at the calendar, and nowhere else.
///         if exchange.requester_is_party() && exchange.targets() == ["https://calendar.example"] {
///             return Ok(ExchangeApproval::delegation());
///         }
///         Err(Error::new(ErrorCode::InvalidTarget))
///     }
/// }
///
/// #[authorization_server(
///     grants(client_credentials, token_exchange),
///     scopes("calendar"),
///     issuer = "https://auth.example.com"
/// )]
/// struct AuthServer {
///     #[validator]
///     accounts: Accounts,
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say who may exchange whose token, which the grant `token_exchange` needs",
    label = "no `TokenExchangePolicy`",
    note = "write `impl TokenExchangePolicy for {Self}` with an `async fn may_exchange` (RFC 8693 §1.1)"
)]
pub trait TokenExchangePolicy {
    /// Decides on an exchange whose tokens are valid. The client is authenticated and registered the grant.
    ///
    /// # Errors
    ///
    /// `invalid_target` for a place where it may not go, or `unauthorized_client` (§2.2.2).
    fn may_exchange(
        &self,
        exchange: &TokenExchangeRequest,
        request: &Request,
    ) -> impl Future<Output = Result<ExchangeApproval>> + Send;
}

/// An approval of an exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct ExchangeApproval {
    pub(super) is_delegation: bool,
    pub(super) audience: Option<String>,
    pub(super) client_id: Option<String>,
}

impl ExchangeApproval {
    /// The new token says in `act` who acts for the person (§4.1): the actor token's party, or else the client that asks.
    pub const fn delegation() -> Self {
        Self { is_delegation: true, audience: None, client_id: None }
    }

    /// The new token is the person's own, and nobody can tell that another client uses it (§1.1). Delegation tells more, and is as
    /// little work.
    pub const fn impersonation() -> Self {
        Self { is_delegation: false, audience: None, client_id: None }
    }

    /// Sets what the authorization server of the audience calls the client that asks: an identity assertion authorization grant
    /// (`requested_token_type` `urn:ietf:params:oauth:token-type:id-jag`) names it so. Without it, none is issued.
    pub fn known_there_as(mut self, client_id: impl Into<String>) -> Self {
        self.client_id = Some(client_id.into());
        self
    }

    /// Sets `aud` of the new token. Default: the one `resource` or `audience` of the request.
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audience = Some(audience.into());
        self
    }
}
