//! The closed error table of each endpoint. A hook may return any [`ErrorCode`]; what an endpoint sends is one of
//! its own, so that no client meets a code its RFC does not list there.

use http::StatusCode;

use super::ErrorCode;

macro_rules! table {
    ($(#[$doc:meta])* $name:ident { $($code:ident)* } $($from:ident => $to:ident),* $(,)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name { $( #[doc = concat!("See [`ErrorCode::", stringify!($code), "`].")] $code, )* }

        impl $name {
            /// The code as it is sent.
            pub const fn as_str(self) -> &'static str {
                self.code().as_str()
            }

            /// The status of a direct response with this code.
            pub const fn status(self) -> StatusCode {
                self.code().status()
            }

            const fn code(self) -> ErrorCode {
                match self { $( Self::$code => ErrorCode::$code, )* }
            }
        }

        impl From<ErrorCode> for $name {
            fn from(code: ErrorCode) -> Self {
                match code {
                    $( ErrorCode::$code => Self::$code, )*
                    $( ErrorCode::$from => Self::$to, )*
                }
            }
        }
    };
}

table! {
    /// RFC 6749 §4.1.2.1, OIDC Core §3.1.2.6: the authorization endpoint.
    AuthorizationErrorCode {
        InvalidRequest UnauthorizedClient AccessDenied UnsupportedResponseType InvalidScope ServerError
        TemporarilyUnavailable InteractionRequired LoginRequired AccountSelectionRequired ConsentRequired
        RequestNotSupported RequestUriNotSupported RegistrationNotSupported UnmetAuthenticationRequirements
    }
    InvalidClient => UnauthorizedClient, InvalidGrant => AccessDenied, UnsupportedGrantType => UnsupportedResponseType,
    InvalidToken => AccessDenied, InsufficientScope => InvalidScope, UnsupportedTokenType => InvalidRequest,
    AuthorizationPending => InvalidRequest, SlowDown => InvalidRequest, ExpiredToken => InvalidRequest,
}

table! {
    /// RFC 6749 §5.2, RFC 7009 §2.2.1 and RFC 8628 §3.5: the token, revocation, introspection and device authorization
    /// endpoints.
    TokenErrorCode {
        InvalidRequest InvalidClient InvalidGrant UnauthorizedClient UnsupportedGrantType InvalidScope
        UnsupportedTokenType AuthorizationPending SlowDown AccessDenied ExpiredToken ServerError
        TemporarilyUnavailable
    }
    UnsupportedResponseType => InvalidRequest, InvalidToken => InvalidGrant,
    InsufficientScope => InvalidScope,
    InteractionRequired => InvalidGrant, LoginRequired => InvalidGrant, AccountSelectionRequired => InvalidGrant,
    ConsentRequired => InvalidGrant, UnmetAuthenticationRequirements => InvalidGrant,
    RequestNotSupported => InvalidRequest, RequestUriNotSupported => InvalidRequest,
    RegistrationNotSupported => InvalidRequest,
}

table! {
    /// RFC 6750 §3.1: a protected resource.
    ResourceErrorCode { InvalidRequest InvalidToken InsufficientScope ServerError TemporarilyUnavailable }
    InvalidClient => InvalidToken, InvalidGrant => InvalidToken, UnauthorizedClient => InvalidToken,
    UnsupportedGrantType => InvalidRequest, InvalidScope => InsufficientScope, AccessDenied => InsufficientScope,
    UnsupportedResponseType => InvalidRequest, UnsupportedTokenType => InvalidToken,
    InteractionRequired => InvalidToken, LoginRequired => InvalidToken, AccountSelectionRequired => InvalidToken,
    ConsentRequired => InsufficientScope, UnmetAuthenticationRequirements => InvalidToken,
    RequestNotSupported => InvalidRequest, RequestUriNotSupported => InvalidRequest,
    RegistrationNotSupported => InvalidRequest,
    AuthorizationPending => InvalidToken, SlowDown => InvalidToken, ExpiredToken => InvalidToken,
}
