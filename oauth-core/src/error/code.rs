//! Every error code of the RFCs this crate implements.

use http::StatusCode;

macro_rules! codes {
    ($( $(#[$doc:meta])* $name:ident = $text:literal, $status:ident; )*) => {
        /// An error code, as registered with IANA ("OAuth Extensions Error Registry").
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode { $( $(#[$doc])* $name, )* }

        impl ErrorCode {
            /// The code as it is sent.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$name => $text, )* }
            }

            /// The status of a direct (not redirected) response with this code.
            pub const fn status(self) -> StatusCode {
                match self { $( Self::$name => StatusCode::$status, )* }
            }
        }
    };
}

codes! {
    /// RFC 6749 §4.1.2.1, §5.2; RFC 6750 §3.1.
    InvalidRequest = "invalid_request", BAD_REQUEST;
    /// RFC 6749 §5.2: "The authorization server MAY return an HTTP 401".
    InvalidClient = "invalid_client", UNAUTHORIZED;
    /// RFC 6749 §5.2.
    InvalidGrant = "invalid_grant", BAD_REQUEST;
    /// RFC 6749 §4.1.2.1, §5.2.
    UnauthorizedClient = "unauthorized_client", BAD_REQUEST;
    /// RFC 6749 §5.2.
    UnsupportedGrantType = "unsupported_grant_type", BAD_REQUEST;
    /// RFC 6749 §4.1.2.1, §5.2.
    InvalidScope = "invalid_scope", BAD_REQUEST;
    /// RFC 6749 §4.1.2.1.
    AccessDenied = "access_denied", BAD_REQUEST;
    /// RFC 6749 §4.1.2.1.
    UnsupportedResponseType = "unsupported_response_type", BAD_REQUEST;
    /// RFC 6749 §4.1.2.1; elsewhere status 500.
    ServerError = "server_error", INTERNAL_SERVER_ERROR;
    /// RFC 6749 §4.1.2.1; elsewhere status 503.
    TemporarilyUnavailable = "temporarily_unavailable", SERVICE_UNAVAILABLE;
    /// RFC 6750 §3.1.
    InvalidToken = "invalid_token", UNAUTHORIZED;
    /// RFC 6750 §3.1.
    InsufficientScope = "insufficient_scope", FORBIDDEN;
    /// OIDC Core §3.1.2.6: the person must be shown a page.
    InteractionRequired = "interaction_required", UNAUTHORIZED;
    /// OIDC Core §3.1.2.6: the person must log in.
    LoginRequired = "login_required", UNAUTHORIZED;
    /// OIDC Core §3.1.2.6: the person must choose an account.
    AccountSelectionRequired = "account_selection_required", BAD_REQUEST;
    /// OIDC Core §3.1.2.6: the person must agree.
    ConsentRequired = "consent_required", UNAUTHORIZED;
    /// OIDC Core §3.1.2.6.
    RequestNotSupported = "request_not_supported", BAD_REQUEST;
    /// OIDC Core §3.1.2.6.
    RequestUriNotSupported = "request_uri_not_supported", BAD_REQUEST;
    /// OIDC Core §3.1.2.6.
    RegistrationNotSupported = "registration_not_supported", BAD_REQUEST;
    /// OpenID Connect Unmet Authentication Requirements §2: the login is not of a class that the client called essential.
    UnmetAuthenticationRequirements = "unmet_authentication_requirements", BAD_REQUEST;
    /// RFC 8628 §3.5: nobody has decided yet.
    AuthorizationPending = "authorization_pending", BAD_REQUEST;
    /// RFC 8628 §3.5: as `authorization_pending`, and the device asks too often.
    SlowDown = "slow_down", BAD_REQUEST;
    /// RFC 8628 §3.5: the device code has expired.
    ExpiredToken = "expired_token", BAD_REQUEST;
    /// RFC 7009 §2.2.1.
    UnsupportedTokenType = "unsupported_token_type", BAD_REQUEST;
}
