//! Which specification a server follows.

use crate::grant::ResponseType;

/// What a server may offer, as a specification has it. `profile = "…"` of `#[authorization_server]`, which checks the
/// same rules while it compiles; `into_router` checks them of a server written by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Profile {
    /// `"oauth2.1"`, the default: OAuth 2.0 as RFC 9700 wants it. No access tokens in URLs, no passwords for clients.
    #[default]
    OAuth21,
    /// `"oauth2.0"`: RFC 6749 with every grant it defines, for clients that cannot change; of an OpenID provider, every flow.
    OAuth20,
    /// `"openid"`: an OpenID provider that follows OAuth 2.1. The implicit and hybrid flows of OpenID Connect Core §3.2 and
    /// §3.3 put access tokens into URLs too: they need `"oauth2.0"`.
    OpenId,
}

impl Profile {
    /// Why a grant may not be offered.
    pub(crate) fn refuses_grant_type(self, grant_type: &str) -> Option<&'static str> {
        (self != Self::OAuth20 && grant_type == "password").then_some(
            "the grant `password` shows people's passwords to clients and must not be used (RFC 9700 §2.4): write \
             `AuthorizationCode`, or set the profile `Profile::OAuth20` for clients that cannot change",
        )
    }

    /// Why a response type may not be offered.
    pub(crate) fn refuses_response_type(self, response_type: ResponseType) -> Option<&'static str> {
        (self != Self::OAuth20 && response_type.contains(ResponseType::TOKEN)).then_some(
            "the implicit grant puts access tokens into URLs, where logs and histories keep them (RFC 9700 §2.1.2): write \
             `AuthorizationCode`, or set the profile `Profile::OAuth20` for clients that cannot change",
        )
    }
}
