//! The error table of each endpoint. A hook may return any [`ErrorCode`]; what an endpoint sends is one of its own, or an
//! extension that is declared for it, so that no client meets a code that no specification lists there.

use http::StatusCode;

use super::ErrorCode;

macro_rules! table {
    (
        $(#[$doc:meta])* $name:ident, $is_sent:ident, $status:ident, else $other:ident
        { $($code:ident)* } $($from:ident => $to:ident),* $(,)?
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name(ErrorCode);

        #[allow(non_upper_case_globals, reason = "codes read like the variants of an enum, and are matched like them")]
        impl $name {
            $(
                #[doc = concat!("See [`ErrorCode::", stringify!($code), "`].")]
                pub const $code: Self = Self(ErrorCode::$code);
            )*

            /// The code as it is sent.
            pub const fn as_str(self) -> &'static str {
                self.0.as_str()
            }

            /// The status of a direct response with this code.
            pub const fn status(self) -> StatusCode {
                self.0.$status()
            }
        }

        impl From<ErrorCode> for $name {
            fn from(code: ErrorCode) -> Self {
                match code {
                    $( ErrorCode::$code => Self::$code, )*
                    $( ErrorCode::$from => Self::$to, )*
                    declared if declared.$is_sent() => Self(declared),
                    failure if failure.status().is_server_error() => Self::ServerError,
                    _ => Self::$other,
                }
            }
        }
    };
}

table! {
    /// RFC 6749 §4.1.2.1, OIDC Core §3.1.2.6: the authorization endpoint.
    AuthorizationErrorCode, is_sent_by_authorization, status, else InvalidRequest {
        InvalidRequest UnauthorizedClient AccessDenied UnsupportedResponseType InvalidScope ServerError
        TemporarilyUnavailable InteractionRequired LoginRequired AccountSelectionRequired ConsentRequired
        RequestNotSupported RequestUriNotSupported RegistrationNotSupported UnmetAuthenticationRequirements
    }
    TooManyRequests => TemporarilyUnavailable,
    InvalidClient => UnauthorizedClient, InvalidGrant => AccessDenied, UnsupportedGrantType => UnsupportedResponseType,
    InvalidToken => AccessDenied, InsufficientScope => InvalidScope, UnsupportedTokenType => InvalidRequest,
    AuthorizationPending => InvalidRequest, SlowDown => InvalidRequest, ExpiredToken => InvalidRequest,
}

table! {
    /// RFC 6749 §5.2, RFC 7009 §2.2.1 and RFC 8628 §3.5: the token, revocation, introspection and device authorization
    /// endpoints.
    TokenErrorCode, is_sent_by_token, status, else InvalidRequest {
        InvalidRequest InvalidClient InvalidGrant UnauthorizedClient UnsupportedGrantType InvalidScope
        UnsupportedTokenType AuthorizationPending SlowDown AccessDenied ExpiredToken ServerError
        TemporarilyUnavailable TooManyRequests
    }
    UnsupportedResponseType => InvalidRequest, InvalidToken => InvalidGrant,
    InsufficientScope => InvalidScope,
    InteractionRequired => InvalidGrant, LoginRequired => InvalidGrant, AccountSelectionRequired => InvalidGrant,
    ConsentRequired => InvalidGrant, UnmetAuthenticationRequirements => InvalidGrant,
    RequestNotSupported => InvalidRequest, RequestUriNotSupported => InvalidRequest,
    RegistrationNotSupported => InvalidRequest,
}

table! {
    /// RFC 6750 §3.1, RFC 9470 §3: a protected resource.
    ResourceErrorCode, is_sent_by_resources, resource_status, else InvalidToken {
        InvalidRequest InvalidToken InsufficientScope InsufficientUserAuthentication ServerError TemporarilyUnavailable
        TooManyRequests
    }
    InvalidClient => InvalidToken, InvalidGrant => InvalidToken, UnauthorizedClient => InvalidToken,
    UnsupportedGrantType => InvalidRequest, InvalidScope => InsufficientScope, AccessDenied => InsufficientScope,
    UnsupportedResponseType => InvalidRequest, UnsupportedTokenType => InvalidToken,
    InteractionRequired => InvalidToken, LoginRequired => InvalidToken, AccountSelectionRequired => InvalidToken,
    ConsentRequired => InsufficientScope, UnmetAuthenticationRequirements => InvalidToken,
    RequestNotSupported => InvalidRequest, RequestUriNotSupported => InvalidRequest,
    RegistrationNotSupported => InvalidRequest,
    AuthorizationPending => InvalidToken, SlowDown => InvalidToken, ExpiredToken => InvalidToken,
}
