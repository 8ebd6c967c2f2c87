//! The paths of a server's endpoints, as constants.

/// The paths of the endpoints, relative to the issuer. `None`: the endpoint is off.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Endpoints {
    /// RFC 6749 §3.1; routed if a grant uses it.
    pub authorization: &'static str,
    /// RFC 6749 §3.2; routed if a grant uses it.
    pub token: &'static str,
    /// RFC 7009.
    pub revocation: Option<&'static str>,
    /// RFC 7662.
    pub introspection: Option<&'static str>,
    /// RFC 8414 `jwks_uri`; routed if tokens are signed with public keys.
    pub jwks: &'static str,
    /// RFC 8628 §3.1; routed if a grant uses it.
    pub device_authorization: &'static str,
    /// OIDC Core §5.3; routed if the server is an OpenID provider.
    pub userinfo: Option<&'static str>,
    /// OIDC RP-Initiated Logout; routed if the server is an OpenID provider and its interaction has sessions.
    pub end_session: Option<&'static str>,
    /// OIDC Session Management; routed if the server is an OpenID provider and its interaction has sessions.
    pub check_session: Option<&'static str>,
    /// RFC 9126 §2; routed if clients push authorization requests.
    pub pushed_authorization_request: &'static str,
}

impl Endpoints {
    /// `/authorize`, `/token`, `/revoke`, `/introspect`, `/jwks.json`, `/device_authorization`, `/userinfo`,
    /// `/end_session`, `/check_session`, `/par`.
    pub const DEFAULT: Self = Self {
        authorization: "/authorize",
        token: "/token",
        revocation: Some("/revoke"),
        introspection: Some("/introspect"),
        jwks: "/jwks.json",
        device_authorization: "/device_authorization",
        userinfo: Some("/userinfo"),
        end_session: Some("/end_session"),
        check_session: Some("/check_session"),
        pushed_authorization_request: "/par",
    };

    /// Sets the path of the authorization endpoint.
    #[must_use]
    pub const fn authorization(mut self, path: &'static str) -> Self {
        self.authorization = path;
        self
    }

    /// Sets the path of the token endpoint.
    #[must_use]
    pub const fn token(mut self, path: &'static str) -> Self {
        self.token = path;
        self
    }

    /// Sets the path of the revocation endpoint, or switches it off.
    #[must_use]
    pub const fn revocation(mut self, path: Option<&'static str>) -> Self {
        self.revocation = path;
        self
    }

    /// Sets the path of the introspection endpoint, or switches it off.
    #[must_use]
    pub const fn introspection(mut self, path: Option<&'static str>) -> Self {
        self.introspection = path;
        self
    }

    /// Sets the path of the JWKS.
    #[must_use]
    pub const fn jwks(mut self, path: &'static str) -> Self {
        self.jwks = path;
        self
    }

    /// Sets the path of the device authorization endpoint.
    #[must_use]
    pub const fn device_authorization(mut self, path: &'static str) -> Self {
        self.device_authorization = path;
        self
    }

    /// Sets the path of the userinfo endpoint, or switches it off.
    #[must_use]
    pub const fn userinfo(mut self, path: Option<&'static str>) -> Self {
        self.userinfo = path;
        self
    }

    /// Sets the path of the end-session endpoint, or switches it off.
    #[must_use]
    pub const fn end_session(mut self, path: Option<&'static str>) -> Self {
        self.end_session = path;
        self
    }

    /// Sets the path of the page that watches the session, or switches it off.
    #[must_use]
    pub const fn check_session(mut self, path: Option<&'static str>) -> Self {
        self.check_session = path;
        self
    }

    /// Sets the path of the pushed authorization request endpoint.
    #[must_use]
    pub const fn pushed_authorization_request(mut self, path: &'static str) -> Self {
        self.pushed_authorization_request = path;
        self
    }
}
