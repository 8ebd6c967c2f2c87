//! Every error code of the RFCs this crate implements, and those of others.

use std::fmt;

use http::StatusCode;

/// An error code, as registered with IANA ("OAuth Extensions Error Registry"). Those of other specifications are
/// [extensions](Self::extension).
///
/// ```
/// use oauth_core::error::{Error, ErrorCode};
///
/// const QUOTA_EXCEEDED: ErrorCode =
///     ErrorCode::extension("quota_exceeded", http::StatusCode::BAD_REQUEST).at_token_endpoint();
/// assert_eq!(Error::new(QUOTA_EXCEEDED).to_string(), "quota_exceeded");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ErrorCode {
    name: &'static str,
    status: StatusCode,
    is_sent_by_authorization: bool,
    is_sent_by_token: bool,
    /// The status at a resource that sends it.
    at_resources: Option<StatusCode>,
}

impl ErrorCode {
    /// A code of another specification, with the status of a direct response. No endpoint of the framework sends it, unless it is
    /// declared for that; those of your own list it in [`Endpoint::ERRORS`](crate::endpoint::Endpoint::ERRORS).
    ///
    /// # Panics
    ///
    /// If the name has a character that RFC 6749 §5.2 forbids.
    pub const fn extension(name: &'static str, status: StatusCode) -> Self {
        let mut bytes = name.as_bytes();
        while let [byte, rest @ ..] = bytes {
            assert!(
                matches!(byte, 0x20..=0x21 | 0x23..=0x5B | 0x5D..=0x7E),
                "an error code has printable ASCII but `\"` and `\\` (RFC 6749 section 5.2)"
            );
            bytes = rest;
        }
        Self { name, status, is_sent_by_authorization: false, is_sent_by_token: false, at_resources: None }
    }

    /// The same code, which authorization responses may have (RFC 6749 §4.1.2.1).
    #[must_use]
    pub const fn at_authorization_endpoint(mut self) -> Self {
        self.is_sent_by_authorization = true;
        self
    }

    /// The same code, which the token endpoint and its like may send (RFC 6749 §5.2).
    #[must_use]
    pub const fn at_token_endpoint(mut self) -> Self {
        self.is_sent_by_token = true;
        self
    }

    /// The same code, which the challenges of resources may have (RFC 6750 §3.1), with this status.
    #[must_use]
    pub const fn at_resources(mut self, status: StatusCode) -> Self {
        self.at_resources = Some(status);
        self
    }

    /// The code as it is sent.
    pub const fn as_str(self) -> &'static str {
        self.name
    }

    /// The status of a direct (not redirected) response with this code.
    pub const fn status(self) -> StatusCode {
        self.status
    }

    pub(super) const fn is_sent_by_authorization(self) -> bool {
        self.is_sent_by_authorization
    }

    pub(super) const fn is_sent_by_token(self) -> bool {
        self.is_sent_by_token
    }

    pub(super) const fn is_sent_by_resources(self) -> bool {
        self.at_resources.is_some()
    }

    pub(super) const fn resource_status(self) -> StatusCode {
        match self.at_resources {
            Some(status) => status,
            None => self.status,
        }
    }
}

impl fmt::Debug for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

macro_rules! codes {
    ($( $(#[$doc:meta])* $name:ident = $text:literal, $status:ident $(, $at:ident $(($at_status:ident))?)*; )*) => {
        #[allow(non_upper_case_globals, reason = "codes read like the variants of an enum, and are matched like them")]
        impl ErrorCode {
            $(
                $(#[$doc])*
                pub const $name: Self =
                    Self::extension($text, StatusCode::$status)$(.$at($(StatusCode::$at_status)?))*;
            )*
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
    /// The same, where whoever asks has asked too often: status 429 (RFC 6585 §4).
    TooManyRequests = "temporarily_unavailable", TOO_MANY_REQUESTS;
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
    /// RFC 8707 §2: the resource is unknown, malformed, or not for this client.
    InvalidTarget = "invalid_target", BAD_REQUEST, at_authorization_endpoint, at_token_endpoint;
    /// RFC 9396 §5.
    InvalidAuthorizationDetails = "invalid_authorization_details", BAD_REQUEST,
        at_authorization_endpoint, at_token_endpoint;
    /// OIDC Core §3.1.2.6, RFC 9101 §7.
    InvalidRequestObject = "invalid_request_object", BAD_REQUEST, at_authorization_endpoint, at_token_endpoint;
    /// OIDC Core §3.1.2.6, RFC 9101 §7.
    InvalidRequestUri = "invalid_request_uri", BAD_REQUEST, at_authorization_endpoint, at_token_endpoint;
    /// RFC 9449 §5, §7.1.
    InvalidDpopProof = "invalid_dpop_proof", BAD_REQUEST, at_token_endpoint, at_resources(UNAUTHORIZED);
    /// RFC 9449 §8, §9.
    UseDpopNonce = "use_dpop_nonce", BAD_REQUEST, at_token_endpoint, at_resources(UNAUTHORIZED);
    /// RFC 9470 §3: the login is not recent or not strong enough for the resource.
    InsufficientUserAuthentication = "insufficient_user_authentication", UNAUTHORIZED, at_resources(UNAUTHORIZED);
    /// RFC 7591 §3.2.2.
    InvalidRedirectUri = "invalid_redirect_uri", BAD_REQUEST;
    /// RFC 7591 §3.2.2.
    InvalidClientMetadata = "invalid_client_metadata", BAD_REQUEST;
    /// RFC 7591 §3.2.2.
    InvalidSoftwareStatement = "invalid_software_statement", BAD_REQUEST;
    /// RFC 7591 §3.2.2.
    UnapprovedSoftwareStatement = "unapproved_software_statement", BAD_REQUEST;
    /// CIBA Core §13.
    ExpiredLoginHintToken = "expired_login_hint_token", BAD_REQUEST;
    /// CIBA Core §13.
    UnknownUserId = "unknown_user_id", BAD_REQUEST;
    /// CIBA Core §13.
    MissingUserCode = "missing_user_code", BAD_REQUEST;
    /// CIBA Core §13.
    InvalidUserCode = "invalid_user_code", BAD_REQUEST;
    /// CIBA Core §13.
    InvalidBindingMessage = "invalid_binding_message", BAD_REQUEST;
}
