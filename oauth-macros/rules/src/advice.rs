//! The practices that are advised against, under the names that `allow` and `deny` take.

use crate::{Feature, Rule, RuleKind};

/// Each with what happens unless the user has decided: a `warning`, or nothing where the configuration names the decision
/// already (`by_name`); with the attribute in which it is done, and the documents that advise against it.
macro_rules! advice {
    ($($(#[$doc:meta])* $kind:ident $name:ident in $subject:literal by $documents:tt $([$($feature:ident)*])?
        = $what:literal; $instead:literal;)*) => {
        $(
            $(#[$doc])*
            pub static $name: Rule = advice!(@$kind $subject, stringify!($name))
                .advised_by(&$documents)
                .needs(&[$($(Feature::$feature),*)?])
                .words($what)
                .instead($instead);
        )*

        /// Every piece of advice, in the order of the documentation.
        pub static ALL: &[&Rule] = &[$(&$name),*];
    };
    (@warning $subject:literal, $name:expr) => { Rule::new(RuleKind::Warning, $subject, $name) };
    (@by_name $subject:literal, $name:expr) => { Rule::new(RuleKind::Danger, $subject, $name) };
}

advice! {
    /// - refused: `expires_in = "1d1s"`
    /// - accepted: `expires_in = "1d"`
    warning long_lived_access_tokens in "token_generator" by [("rfc6750", "5.3")]
        = "these access tokens live longer than a day, and a stolen one works for as long; an hour or less is advised";
        "write `expires_in = \"1h\"` or less, and let clients refresh; refresh tokens have `refresh_token_lifetime` of the server";
    /// - refused: `self_contained, expires_in = "61m"`
    /// - accepted: `self_contained, expires_in = "1h"`
    warning long_lived_self_contained_tokens in "token_generator" by [("rfc7009", "3"), ("rfc6750", "5.3")]
        = "these self-contained access tokens live longer than an hour, and an API that verifies them by keys alone takes a revoked one for as long";
        "write `expires_in = \"15m\"`, and let clients refresh; or remove `self_contained`, and let APIs introspect";
    /// - refused: `algorithm = "HS512"`
    /// - accepted: `algorithm = "ES256"`
    warning hmac_access_tokens in "token_generator" by [("rfc9068", "2.1")]
        = "these access tokens are signed with a shared secret, so that every API that can verify them can write them";
        "write `algorithm = \"ES256\"`, whose public key the server publishes";
    /// - refused: `deny(implicit_grant)`
    /// - accepted: `allow(implicit_grant,`
    by_name implicit_grant in "authorization_server" by [("rfc9700", "2.1.2")]
        = "access tokens travel in URLs, where logs, histories and scripts find them";
        "write `authorization_code` instead";
    /// - refused: `password, refresh_token), deny(rfc9700),`
    /// - accepted: `password_grant,`
    by_name password_grant in "authorization_server" by [("rfc9700", "2.4")]
        = "clients get to see people's passwords";
        "write `authorization_code` instead";
    /// - refused: `danger_pkce_optional, deny(danger_pkce_optional)`
    /// - accepted: `danger_pkce_optional,`
    by_name danger_pkce_optional in "authorization_server" by [("rfc9700", "2.1.1")] [AuthorizationCode]
        = "a confidential client may go without PKCE, and a stolen code can then be injected into its sessions";
        "remove `danger_pkce_optional`";
    /// - refused: `refresh_token_lifetime = "366d"`
    /// - accepted: `refresh_token_lifetime = "90d"`
    warning long_lived_refresh_tokens in "authorization_server" by [("rfc9700", "4.14.2")] [RefreshToken]
        = "a refresh token that nobody has used for a year still works, and should expire when its client is inactive";
        "write `refresh_token_lifetime = \"30d\"`, which begins anew with each use";
    /// - refused: `endpoints(revocation = off)`
    /// - accepted: `allow(irrevocable_refresh_tokens, reason = "televisions have no log-out")`
    warning irrevocable_refresh_tokens in "authorization_server" by [("rfc7009", "2")] [RefreshToken]
        = "no endpoint revokes refresh tokens, so that a client whose user signs out cannot end them";
        "give `revocation` a path, or remove the grant `refresh_token`";
    /// MCP clients ask for it as soon as the metadata has it among `scopes_supported`.
    ///
    /// - refused: `unverified_scopes("calendar")`
    /// - accepted: `unverified_scopes("calendar", "offline_access")`
    warning offline_access_is_not_for_strangers in "authorization_server" by [("rfc8414", "2")] [RefreshToken]
        = "clients that come by themselves read `offline_access` in the metadata and may not have it: the MCP SDK for Python asks for whatever is there, and its logins end in `invalid_scope`";
        "add `\"offline_access\"` to `unverified_scopes(…)`, or remove it from `scopes(…)`";
    /// - refused: `body_token, deny(rfc6750)`
    /// - accepted: `body_token,`
    by_name body_token in "resource_server" by [("rfc6750", "2.2")]
        = "access tokens are read from forms, which is for clients that cannot send the `Authorization` header";
        "remove `body_token`";
    /// - refused: `danger_query_token, deny(danger_query_token)`
    /// - accepted: `danger_query_token,`
    by_name danger_query_token in "resource_server" by [("rfc9700", "4.3.2"), ("rfc6750", "2.3")]
        = "access tokens are read from URLs, which logs and histories keep";
        "remove `danger_query_token`";
    /// - refused: `danger_typ_jwt, deny(rfc9068)`
    /// - accepted: `danger_typ_jwt,`
    by_name danger_typ_jwt in "resource_server" by [("rfc9068", "4"), ("rfc8725", "3.11")]
        = "tokens of the type `JWT` pass, and their audience alone keeps ID tokens out";
        "remove `danger_typ_jwt`, and let the issuer write `at+jwt`";
    /// - refused: `danger_absent_audience, deny(danger_absent_audience)`
    /// - accepted: `danger_absent_audience,`
    by_name danger_absent_audience in "resource_server" by [("rfc9700", "2.3")]
        = "a token that names no audience passes, and so does one for any other API";
        "remove `danger_absent_audience`, and let the issuer name `aud`";
}

/// All advice that warns, as `deny(…)` takes it.
pub const WARNINGS: &str = "warnings";

/// The advice of a name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}
