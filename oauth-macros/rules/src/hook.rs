//! The hooks of a validator: which part of a server asks each of them, and which parts cannot do without one.
//!
//! A row says which features ask the hook: one set of them is enough, all of it. A server with an endpoint or
//! a grant of the application's own, or with its policy of token exchange, is not judged, for those may ask any hook.

use crate::Feature::{
    AuthorizationCode, AuthorizationEndpoint, ClientDocuments, ClientSecretJwt, DeviceCode, Fapi2,
    InitialAccessTokens, Introspection, JwtBearer, OpenId, OptionalPkce, Password,
    PushedAuthorizationRequests, RefreshToken, Registration, Revocation, TokenEndpoint, Userinfo,
};
use crate::feature::{Feature, Features};
use crate::text::is_equal;

rules! { "hooks" {
    /// A hook that nothing asks would look like a decision that is made. Where several servers share a validator, or other code of
    /// your own asks the hook, as an endpoint or a way to authenticate clients, the server says `shared_validator`.
    ///
    /// - refused: `fn is_pkce_required(&self, client: &Client, _: &mut Request) -> Result<bool> { Ok(client.is_public()) }`
    /// - accepted: `shared_validator`
    both a_hook_is_asked_by_its_server = "nothing at this server asks the hook `{}`: {}\nturn on what asks it, or remove the hook; if another server or other code of yours asks it, such as a way of yours to authenticate clients, write `shared_validator` at the server";
    /// A validator by hand says in `RequestValidator::HOOKS` which hooks it overrides, and in constants what some of them do.
    ///
    /// - refused: `const KNOWS_CLIENT_SECRETS: bool = true;`
    /// - accepted: `const HOOKS: Hooks = Hooks::These(&[Hook::GET_CLIENT_SECRET]);`
    start constants_and_hooks_of_a_validator_agree = "`{}` of the validator is true, and its `HOOKS` are without the hook `{}`: add it there, or leave the constant out";
    /// RFC 7523 §2.1: nobody but the application knows whose assertions it trusts.
    ///
    /// - refused: `grants(jwt_bearer), scopes("jobs")`
    /// - accepted: `fn validate_jwt_bearer_token(`
    both rfc7523_section_3_assertions_are_verified_by_a_hook = "the grant `jwt_bearer` has the hook `validate_jwt_bearer_token` verify assertions, and without it trusts nobody's (RFC 7523 §3)\n{}: `async fn validate_jwt_bearer_token(&self, assertion: &UnverifiedAssertion<'_>, request: &mut Request) -> Result<AcceptedAssertion>`";
    /// RFC 7591 §3: the token is "intended to be provisioned out of band", by the application.
    ///
    /// - refused: `registration(initial_access_token)`
    /// - accepted: `fn validate_initial_access_token(`
    both rfc7591_section_3_initial_access_tokens_are_known_to_a_hook = "`initial_access_token` has the hook `validate_initial_access_token` say which tokens let a client in, and without it lets in none (RFC 7591 §3)\n{}: `async fn validate_initial_access_token(&self, token: &str, request: &mut Request) -> Result<bool>`";
} }

/// The place for a hook where the validator has no block of them.
pub const OF_A_PLAIN_VALIDATOR: &str = "write `#[validator(custom)]` on the struct of the validator, and add to it a block `#[validator] impl` with";

/// The place for a hook where the validator has others.
pub const OF_A_CUSTOM_VALIDATOR: &str = "add to the `#[validator] impl` of the validator (by hand: to its `impl RequestValidator`, and to `HOOKS`)";

/// A hook of a validator.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Hook {
    /// The name of the method.
    pub name: &'static str,
    /// The sets of features that ask it; one that is empty: every server does.
    asked_by: &'static [&'static [Feature]],
    /// The features that must be missing.
    unless: &'static [Feature],
    /// The words about what would ask it.
    pub asks: &'static str,
}

impl Hook {
    /// Tells whether a server with these features asks it.
    pub const fn is_asked(&self, features: Features) -> bool {
        let mut unless = self.unless;
        while let [feature, rest @ ..] = unless {
            if features.has(*feature) {
                return false;
            }
            unless = rest;
        }
        let mut sets = self.asked_by;
        while let [set, rest @ ..] = sets {
            if features.has_all(set) {
                return true;
            }
            sets = rest;
        }
        false
    }

    /// Tells whether it is among these.
    pub const fn is_in(&self, mut hooks: &[Self]) -> bool {
        while let [hook, rest @ ..] = hooks {
            if is_equal(hook.name.as_bytes(), self.name.as_bytes()) {
                return true;
            }
            hooks = rest;
        }
        false
    }
}

/// One row each: the constant, the feature that must be missing, the method, the sets of features that ask it, and its words.
macro_rules! hooks {
    ($($constant:ident $(unless $unless:ident)? = $name:literal, $asked_by:expr, $asks:expr;)*) => {
        impl Hook {
            $(
                #[doc = concat!("The hook `", $name, "`.")]
                pub const $constant: Self =
                    Self { name: $name, asked_by: $asked_by, unless: &[$($unless)?], asks: $asks };
            )*

            /// Every hook.
            pub const ALL: &'static [Self] = &[$(Self::$constant),*];
        }
    };
}

/// Every server asks it, or something that the compiler does not see may: an API beside the server, a client that fetches, resources
/// that are data.
const ALWAYS: &[&[Feature]] = &[&[]];

const OF_CLIENTS: &[&[Feature]] =
    &[&[TokenEndpoint], &[Revocation], &[Introspection], &[PushedAuthorizationRequests]];

const AT_THE_TOKEN_ENDPOINT: &str =
    "clients ask for none of its grants at the token endpoint, as they do for all but `implicit`";

const BY_CLIENTS: &str = "no client authenticates here: there is neither a token endpoint nor one for revocation, introspection or pushed requests";

const AT_THE_AUTHORIZATION_ENDPOINT: &str =
    "only the grants that begin at the authorization endpoint do, `authorization_code` and `implicit`";

const BY_CODES: &str = "only the grant `authorization_code` does";

const BY_REFRESHING: &str = "only the grant `refresh_token` does";

const BY_INITIAL_ACCESS_TOKENS: &str = "only `registration(initial_access_token)` does";

const BY_LOGINS: &str =
    "nobody logs in here: only a grant with an `#[interaction]`, and `password`, ask people";

const BY_OPENID: &str = "only an OpenID provider does, which the scope \"openid\" makes of a server (OpenID Connect Core §3.1.2.1)";

hooks! {
    CLIENT_AUTHENTICATION_REQUIRED = "client_authentication_required", OF_CLIENTS, BY_CLIENTS;
    AUTHENTICATE_CLIENT = "authenticate_client", OF_CLIENTS, BY_CLIENTS;
    GET_CLIENT_SECRET = "get_client_secret", &[&[ClientSecretJwt]],
        "only the client authentication method `client_secret_jwt` does, which `token_endpoint_auth_methods(…)` leaves out, or which has no store for the role `replay_ids` (OpenID Connect Core §9)";
    ALLOW_FETCH = "allow_fetch", ALWAYS, "";
    ALLOW_CLIENT = "allow_client", &[&[Registration], &[ClientDocuments]],
        "clients come by themselves only with `registration` and `client_id_metadata_documents`";
    VALIDATE_INITIAL_ACCESS_TOKEN = "validate_initial_access_token", &[&[InitialAccessTokens]], BY_INITIAL_ACCESS_TOKENS;
    CLAIM_INITIAL_ACCESS_TOKEN = "claim_initial_access_token", &[&[InitialAccessTokens]], BY_INITIAL_ACCESS_TOKENS;
    VALIDATE_SOFTWARE_STATEMENT = "validate_software_statement", &[&[Registration]], "only `registration` does";
    VALIDATE_CLIENT_ID = "validate_client_id", ALWAYS, "";
    VALIDATE_GRANT_TYPE = "validate_grant_type", &[&[TokenEndpoint]], AT_THE_TOKEN_ENDPOINT;
    VALIDATE_RESPONSE_TYPE = "validate_response_type", &[&[AuthorizationEndpoint]], AT_THE_AUTHORIZATION_ENDPOINT;
    IS_ORIGIN_ALLOWED = "is_origin_allowed",
        &[&[TokenEndpoint], &[Revocation], &[Introspection], &[Userinfo], &[PushedAuthorizationRequests]],
        "no endpoint is one that pages of clients call";
    PRE_AUTHORIZATION = "pre_authorization", &[&[AuthorizationEndpoint]], AT_THE_AUTHORIZATION_ENDPOINT;
    POST_AUTHORIZATION = "post_authorization", &[&[AuthorizationEndpoint]], AT_THE_AUTHORIZATION_ENDPOINT;
    CODE_MODIFIER = "code_modifier", &[&[AuthorizationEndpoint]], AT_THE_AUTHORIZATION_ENDPOINT;
    PRE_TOKEN = "pre_token", &[&[TokenEndpoint]], AT_THE_TOKEN_ENDPOINT;
    POST_TOKEN = "post_token", &[&[TokenEndpoint]], AT_THE_TOKEN_ENDPOINT;
    TOKEN_MODIFIER = "token_modifier", ALWAYS, "";
    VALIDATE_REDIRECT_URI = "validate_redirect_uri", &[&[AuthorizationEndpoint]], AT_THE_AUTHORIZATION_ENDPOINT;
    GET_DEFAULT_REDIRECT_URI unless Fapi2 = "get_default_redirect_uri", &[&[AuthorizationEndpoint]],
        "only grants that begin at the authorization endpoint do, and with `profile = \"fapi2\"` each request names its redirect URI (FAPI 2.0 §5.3.2.2)";
    VALIDATE_SCOPES = "validate_scopes", ALWAYS, "";
    GET_DEFAULT_SCOPES = "get_default_scopes", ALWAYS, "";
    IS_WITHIN_ORIGINAL_SCOPE = "is_within_original_scope", &[&[RefreshToken]], BY_REFRESHING;
    // Resources may be rows of a database, which a run adds.
    GET_TOKEN_RESOURCES = "get_token_resources", ALWAYS, "";
    IS_PKCE_REQUIRED = "is_pkce_required", &[&[AuthorizationCode, OptionalPkce]],
        "PKCE is required already (OAuth 2.1 §4.1.1), and only with the grant `authorization_code` and `danger_pkce_optional` does the hook decide";
    SAVE_AUTHORIZATION_CODE = "save_authorization_code", &[&[AuthorizationCode]], BY_CODES;
    PEEK_AUTHORIZATION_CODE = "peek_authorization_code", &[&[AuthorizationCode]], BY_CODES;
    REDEEM_AUTHORIZATION_CODE = "redeem_authorization_code", &[&[AuthorizationCode]], BY_CODES;
    SAVE_BEARER_TOKEN = "save_bearer_token", ALWAYS, "";
    VALIDATE_BEARER_TOKEN = "validate_bearer_token", ALWAYS, "";
    VALIDATE_REFRESH_TOKEN = "validate_refresh_token", &[&[RefreshToken]],
        "only the grants `refresh_token` and `token_exchange` do";
    VALIDATE_JWT_BEARER_TOKEN = "validate_jwt_bearer_token", &[&[JwtBearer]],
        "only the grant `jwt_bearer` does";
    // The profile has words of its own.
    ROTATE_REFRESH_TOKEN = "rotate_refresh_token", &[&[RefreshToken], &[Fapi2]], BY_REFRESHING;
    REVOKE_TOKEN = "revoke_token", &[&[Revocation]], "its revocation endpoint is off";
    FINALIZE_ID_TOKEN = "finalize_id_token", &[&[OpenId]], BY_OPENID;
    REFRESH_ID_TOKEN = "refresh_id_token", &[&[OpenId, RefreshToken]],
        "only an OpenID provider with the grant `refresh_token` does (OpenID Connect Core §12.2)";
    VALIDATE_SILENT_LOGIN = "validate_silent_login", &[&[AuthorizationEndpoint]], AT_THE_AUTHORIZATION_ENDPOINT;
    VALIDATE_SILENT_AUTHORIZATION = "validate_silent_authorization", &[&[AuthorizationEndpoint]], AT_THE_AUTHORIZATION_ENDPOINT;
    VALIDATE_USER_MATCH = "validate_user_match", &[&[OpenId, AuthorizationEndpoint]], BY_OPENID;
    INTROSPECT_TOKEN = "introspect_token", &[&[Introspection]], "its introspection endpoint is off";
    GET_USERINFO_CLAIMS = "get_userinfo_claims", &[&[OpenId]], BY_OPENID;
    VALIDATE_USER = "validate_user", &[&[AuthorizationEndpoint], &[DeviceCode], &[Password]], BY_LOGINS;
    GET_LOGIN_KEY = "get_login_key", &[&[AuthorizationEndpoint], &[DeviceCode], &[Password]], BY_LOGINS;
    IS_OTP_REQUIRED = "is_otp_required", &[&[AuthorizationEndpoint], &[DeviceCode], &[Password]], BY_LOGINS;
    VALIDATE_OTP = "validate_otp", &[&[AuthorizationEndpoint], &[DeviceCode], &[Password]], BY_LOGINS;
    GENERATE_ACCESS_TOKEN = "generate_access_token", ALWAYS, "";
    GENERATE_REFRESH_TOKEN = "generate_refresh_token", &[&[RefreshToken]],
        "only the grant `refresh_token` makes refresh tokens, by `#[token_generator(refresh)]`";
}

#[cfg(test)]
mod tests {
    use super::Hook;
    use crate::feature::{Feature, Features};

    #[test]
    fn a_hook_that_not_every_server_asks_says_what_does() {
        for hook in Hook::ALL {
            assert_eq!(hook.is_asked(Features::NONE), hook.asks.is_empty(), "{}", hook.name);
        }
    }

    #[test]
    fn all_of_a_set_is_needed() {
        let optional = Features::NONE.with(Feature::OptionalPkce, true);
        assert!(!Hook::IS_PKCE_REQUIRED.is_asked(optional));
        assert!(Hook::IS_PKCE_REQUIRED.is_asked(optional.with(Feature::AuthorizationCode, true)));
    }

    #[test]
    fn what_must_be_missing_is_missing() {
        let server = Features::NONE.with(Feature::AuthorizationEndpoint, true);
        assert!(Hook::GET_DEFAULT_REDIRECT_URI.is_asked(server));
        assert!(!Hook::GET_DEFAULT_REDIRECT_URI.is_asked(server.with(Feature::Fapi2, true)));
    }
}
