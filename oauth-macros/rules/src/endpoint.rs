//! The endpoints that `endpoints(…)` knows by name.

/// An endpoint of a server.
#[derive(Debug)]
#[non_exhaustive]
pub struct StandardEndpoint {
    /// The name of the endpoint in `endpoints(…)`.
    pub name: &'static str,
    /// The path of the endpoint unless one is given, relative to the issuer.
    pub default: &'static str,
    /// True if it can be `off`.
    pub is_optional: bool,
}

const fn needed(name: &'static str, default: &'static str) -> StandardEndpoint {
    StandardEndpoint { name, default, is_optional: false }
}

const fn optional(name: &'static str, default: &'static str) -> StandardEndpoint {
    StandardEndpoint { name, default, is_optional: true }
}

/// Every endpoint, in the order in which the macro hands over their paths.
pub const ALL: &[StandardEndpoint] = &[
    needed("authorization", "/authorize"),
    needed("token", "/token"),
    optional("revocation", "/revoke"),
    optional("introspection", "/introspect"),
    needed("jwks", "/jwks.json"),
    needed("device_authorization", "/device_authorization"),
    optional("userinfo", "/userinfo"),
    optional("end_session", "/end_session"),
    optional("check_session", "/check_session"),
    needed("pushed_authorization_request", "/par"),
];

rules! { "authorization_server" {
    /// - refused: `endpoints(token = "/revoke")`
    /// - accepted: `token = "/oauth/token"`
    error a_path_is_not_the_default_of_another_endpoint = "the path `{}` is the {} endpoint's by default: choose another, or give that one a path";
    /// - refused: `endpoints(token = "/login")`
    /// - accepted: `token = "/oauth/token"`
    both a_path_is_not_that_of_a_page = "the path `{}` is that of a page of the interaction: choose another, for each has its own";
    /// - refused: `token = off`
    /// - accepted: `revocation = off`
    error an_endpoint_that_is_needed_is_not_off = "the {} endpoint cannot be off, for clients need it: give it a path, or remove this";
    /// - refused: `authorization = "/oauth/authorize"`
    /// - accepted: `authorization = "/oauth/authorize"`
    error rfc6749_section_3_1_the_authorization_endpoint_has_a_grant = "no grant uses the authorization endpoint (RFC 6749 §3.1): add `authorization_code`, or remove this";
    /// - refused: `endpoints(token = "/oauth/token")`
    /// - accepted: `token = "/oauth/token"`
    error rfc6749_section_3_2_the_token_endpoint_has_a_grant = "no grant uses the token endpoint (RFC 6749 §3.2): add `authorization_code`, for example, or remove this";
    /// - refused: `device_authorization = "/oauth/device"`
    /// - accepted: `device_authorization = "/oauth/device"`
    error rfc8628_section_3_1_the_device_authorization_endpoint_has_its_grant = "no grant uses the device authorization endpoint (RFC 8628 §3.1): add `device_code`, or remove this";
    /// - refused: `pushed_authorization_request = "/oauth/par"`
    /// - accepted: `pushed_authorization_request = "/oauth/par"`
    error rfc9126_section_2_the_pushed_authorization_request_endpoint_is_asked_for = "clients push no authorization requests here (RFC 9126 §2): add `pushed_authorization_requests`, or remove this";
    /// - refused: `jwks = "/oauth/keys"`
    /// - accepted: `jwks = "/oauth/keys"`
    error rfc8414_section_2_published_keys_sign_something = "nothing here signs, so there are no keys to publish (RFC 8414 §2): add `#[access_token]` with a `#[token_generator(jwt, …)]`, or remove this";
    /// - refused: `userinfo = "/me"`
    /// - accepted: `userinfo = "/me"`
    error oidc_core_section_5_3_the_userinfo_endpoint_needs_openid = "the userinfo endpoint is an OpenID provider's (OpenID Connect Core §5.3): add `\"openid\"` to `scopes(…)`, or remove this";
    /// - refused: `end_session = "/bye"`
    /// - accepted: `end_session = "/goodbye"`
    error oidc_rp_initiated_logout_section_2_the_end_session_endpoint_needs_openid = "the end session endpoint is an OpenID provider's (RP-Initiated Logout §2): add `\"openid\"` to `scopes(…)`, or remove this";
    /// - refused: `check_session = "/frame"`
    /// - accepted: `check_session = "/frame"`
    error oidc_session_management_section_3_the_page_that_watches_a_session_needs_openid = "the page that watches a session is an OpenID provider's (Session Management §3): add `\"openid\"` to `scopes(…)`, or remove this";
    /// - refused: `endpoints(end_session = "/goodbye")`
    /// - accepted: `end_session = "/goodbye"`
    error oidc_rp_initiated_logout_section_2_who_is_logged_out_was_logged_in = "nobody stays logged in here, so this endpoint is not there (RP-Initiated Logout §2): add the grant `authorization_code` and `#[interaction] pages: LoginPages`, or remove this";
} }
