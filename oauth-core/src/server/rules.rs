//! The rules that are enforced: one table. The report prints it, and the conformance suite runs those of requests.

use std::fmt;

use super::{Report, Route};
use crate::grant::{GrantType, ResponseType};

/// A rule. Its name begins with the section that states it, as in `rfc6749_section_4_1_2_a_code_works_once`; one without a
/// section is our own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// What it is about; for rules of requests, the file of `conformance/` that has it.
    pub subject: &'static str,
    /// When it is checked.
    pub kind: RuleKind,
    /// The features that it is about: it is enforced where the server has all of them.
    pub needs: &'static [Feature],
    /// The file or folder of this repository that proves it.
    pub proof: &'static str,
    /// The words there.
    pub words: &'static str,
}

/// When a rule is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum RuleKind {
    /// Breaking it does not compile.
    CompileTime,
    /// Breaking it is an error of `into_service` and `into_router`.
    StartUp,
    /// Requests that break it are refused.
    Request,
}

impl Rule {
    /// The section that states it, such as `RFC 6749 §4.1.2`.
    pub fn section(&self) -> Option<String> {
        let (document, rest) = self.name.split_once("_section_")?;
        let document = if let Some(number) = document.strip_prefix("rfc") {
            format!("RFC {number}")
        } else {
            let name = match document.strip_prefix("oidc_")? {
                "core" => "Core",
                "discovery" => "Discovery",
                "rp_initiated_logout" => "RP-Initiated Logout",
                other => other,
            };
            format!("OpenID Connect {name}")
        };
        let numbers: Vec<_> = rest.split('_').take_while(|part| is_number(part)).collect();
        Some(format!("{document} §{}", numbers.join(".")))
    }

    /// What it says, in words.
    pub fn statement(&self) -> String {
        let rest = self.name.split_once("_section_").map_or(self.name, |(_, rest)| rest);
        rest.split('_').skip_while(|part| is_number(part)).collect::<Vec<_>>().join(" ")
    }

    /// Whether a server with this report has all that the rule is about.
    pub fn is_enforced_by(&self, report: &Report) -> bool {
        self.missing_feature(report).is_none()
    }

    /// The first feature that the rule is about and the server lacks.
    pub(crate) fn missing_feature(&self, report: &Report) -> Option<Feature> {
        self.needs.iter().copied().find(|feature| !feature.is_enabled(report))
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.section() {
            Some(section) => write!(f, "{section}: {}", self.statement()),
            None => f.write_str(&self.statement()),
        }
    }
}

fn is_number(part: &str) -> bool {
    part.bytes().all(|b| b.is_ascii_digit())
}

/// What a server can have or lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Feature {
    /// The authorization endpoint.
    AuthorizationEndpoint,
    /// The token endpoint.
    TokenEndpoint,
    /// The grant `authorization_code`.
    AuthorizationCode,
    /// `danger_pkce_optional`.
    OptionalPkce,
    /// The response type `token`.
    Implicit,
    /// The grant `refresh_token`.
    RefreshToken,
    /// A grace for lost refresh responses.
    RefreshGrace,
    /// The grant `client_credentials`.
    ClientCredentials,
    /// The grant `urn:ietf:params:oauth:grant-type:device_code`.
    DeviceCode,
    /// The grant `password`.
    Password,
    /// ID tokens.
    OpenId,
    /// The userinfo endpoint.
    Userinfo,
    /// The end session endpoint.
    EndSession,
    /// The client authentication method `private_key_jwt`.
    ClientAssertions,
    /// The revocation endpoint.
    Revocation,
    /// The introspection endpoint.
    Introspection,
    /// A published key set.
    Jwks,
    /// Access tokens that the published keys verify.
    SignedAccessTokens,
}

impl Feature {
    /// Whether a server with this report has it.
    pub fn is_enabled(self, report: &Report) -> bool {
        let routes = |route| report.endpoints.iter().any(|endpoint| endpoint.route == route);
        let grants = |grant_type: &GrantType| report.grants.contains(&grant_type.as_str());
        match self {
            Self::AuthorizationEndpoint => routes(Route::Authorization),
            Self::TokenEndpoint => routes(Route::Token),
            Self::AuthorizationCode => {
                grants(&GrantType::AUTHORIZATION_CODE) && report.response_types.contains(&ResponseType::CODE)
            }
            Self::OptionalPkce => report.pkce_is_optional,
            Self::Implicit => report.response_types.contains(&ResponseType::TOKEN),
            Self::RefreshToken => grants(&GrantType::REFRESH_TOKEN),
            Self::RefreshGrace => {
                grants(&GrantType::REFRESH_TOKEN) && report.lifetimes.refresh_token_grace.as_secs() > 0
            }
            Self::ClientCredentials => grants(&GrantType::CLIENT_CREDENTIALS),
            Self::DeviceCode => routes(Route::DeviceAuthorization),
            Self::Password => grants(&GrantType::PASSWORD),
            Self::OpenId => report.is_openid_provider,
            Self::Userinfo => routes(Route::Userinfo),
            Self::EndSession => routes(Route::EndSession),
            Self::ClientAssertions => {
                routes(Route::Token)
                    && report.client_authentication.iter().any(|method| method == "private_key_jwt")
            }
            Self::Revocation => routes(Route::Revocation),
            Self::Introspection => routes(Route::Introspection),
            Self::Jwks => routes(Route::Jwks),
            Self::SignedAccessTokens => report.access_tokens.is_signed(),
        }
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AuthorizationEndpoint => "the authorization endpoint",
            Self::TokenEndpoint => "the token endpoint",
            Self::AuthorizationCode => "the grant `authorization_code`",
            Self::OptionalPkce => "`danger_pkce_optional`",
            Self::Implicit => "the response type `token`",
            Self::RefreshToken => "the grant `refresh_token`",
            Self::RefreshGrace => "a grace for lost refresh responses",
            Self::ClientCredentials => "the grant `client_credentials`",
            Self::DeviceCode => "the grant `device_code`",
            Self::Password => "the grant `password`",
            Self::OpenId => "OpenID Connect",
            Self::Userinfo => "the userinfo endpoint",
            Self::EndSession => "the end session endpoint",
            Self::ClientAssertions => "the client authentication method `private_key_jwt`",
            Self::Revocation => "the revocation endpoint",
            Self::Introspection => "the introspection endpoint",
            Self::Jwks => "a key set",
            Self::SignedAccessTokens => "access tokens that published keys verify",
        })
    }
}

impl Rule {
    /// Every rule.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        CONFIGURATION.iter().chain(REQUESTS)
    }
}

macro_rules! configuration {
    ($($kind:ident $subject:ident $proof:literal $needs:tt { $($name:ident: $words:literal,)* })*) => {
        /// The rules of configurations.
        const CONFIGURATION: &[Rule] = &[$($(Rule {
            name: stringify!($name),
            subject: stringify!($subject),
            kind: RuleKind::$kind,
            needs: &$needs,
            proof: concat!("tests/", $proof),
            words: $words,
        },)*)*];
    };
}

configuration! {
    CompileTime token_generator "ui/fail/token_generator" [] {
        rfc8414_section_2_the_issuer_is_an_https_url: "is not an https URL (RFC 8414 §2)",
        rfc8414_section_2_http_is_for_loopback: "is http off loopback",
        rfc8414_section_2_the_issuer_has_no_query_and_no_fragment: "has a query or a fragment",
        rfc8414_section_2_the_issuer_has_a_host: "has no host (RFC 8414 §2)",
        rfc3986_section_7_6_the_issuer_has_no_user_information: "has user information",
        rfc3986_section_3_2_3_the_issuer_has_a_proper_port: "has a malformed port",
        rfc8414_section_3_3_the_issuer_has_no_slash_at_its_end: "ends with `/`",
        rfc9068_section_2_2_a_signed_token_names_its_issuer: "a `jwt` names its issuer (RFC 9068 §2.2)",
    }
    CompileTime token_generator "ui/fail/token_generator" [] {
        rfc8725_section_3_2_tokens_are_signed: "`none` signs nothing",
        rfc7519_section_4_1_registered_claims_are_ours: "is set by the framework (RFC 7519 §4.1)",
        rfc9068_section_2_1_a_signed_token_has_a_key: "a `jwt` is signed (RFC 9068 §2.1)",
        rfc6750_section_2_1_a_prefix_fits_bearer_tokens: "a bearer token has letters, digits",
        rfc6750_section_5_3_tokens_are_short_lived: "a bearer token is short-lived (RFC 6750 §5.3)",
        a_lifetime_is_not_zero: "`expires_in` is zero",
    }
    CompileTime token_generator "ui/fail/token_generator" [] {
        an_opaque_token_carries_nothing: "an `opaque` token carries nothing",
    }
    CompileTime validator "ui/fail/validator" [] {
        one_store_plays_a_role: "one store plays a role, or single use could not be atomic",
        every_server_keeps_clients_and_tokens: "plays the role `tokens`, which every server needs",
    }
    CompileTime validator "ui/fail/validator" [] {
        a_hook_has_a_known_name: "did you mean `validate_client_id`?",
        rfc6749_section_4_1_2_codes_are_redeemed_in_one_step: "one atomic step that returns all there is to check",
    }
    CompileTime validator "ui/fail/validator" [] {
        hooks_are_never_ignored: "has hooks, but its struct does not ask for them",
    }
    CompileTime validator "ui/fail/validator" [] {
        a_claim_is_declared_once: "is declared twice: keep one",
    }
    CompileTime server "ui/fail/authorization_server" [] {
        rfc6749_section_3_3_a_scope_is_a_scope_token: "RFC 6749 §3.3 allows printable ASCII",
        rfc6749_section_3_3_default_scopes_are_declared: "is not among `scopes(…)` (RFC 6749 §3.3)",
        rfc6749_section_4_4_3_refresh_tokens_have_a_grant_that_issues_them: "no grant here issues refresh tokens",
        rfc9700_section_2_4_passwords_are_not_for_clients: "RFC 9700 §2.4",
        rfc8615_section_3_paths_are_not_well_known_names: "whose names are registered with IANA (RFC 8615 §3)",
        rfc3986_section_2_3_paths_have_unreserved_characters: "use letters, digits, `-`, `.`, `_` and `~` (RFC 3986 §2.3)",
        each_endpoint_has_its_own_path: "is another endpoint's already: each has its own",
        a_server_has_grants: "the server has no grants",
    }
    CompileTime server "ui/fail/authorization_server" [] {
        rfc6749_section_3_1_people_are_asked: "asks a person to log in and to agree (RFC 6749 §3.1)",
        one_validator_decides: "one validator decides",
        one_generator_makes_the_access_tokens: "one generator makes the access tokens",
    }
    CompileTime server "ui/fail/authorization_server" [] {
        rfc9068_section_4_server_and_tokens_have_one_issuer: "name different issuers",
        a_claim_has_a_scope_that_can_be_granted: "is tied to a scope that this server does not declare",
    }
    CompileTime server "ui/fail/authorization_server" [Feature::AuthorizationCode] {
        a_grant_has_the_store_that_it_needs: "cannot keep authorization codes",
    }
    StartUp server "server/configuration.rs" [] {
        rfc8414_section_2_an_issuer_from_the_environment_keeps_the_same_rules: "fn rfc8414_section_2_what_an_issuer_may_be",
        every_mistake_is_told_at_once: "fn every_mistake_is_reported_at_once",
    }
}

macro_rules! requests {
    ($($subject:ident { $($name:ident [$($needs:ident)*])* })*) => {
        /// The rules of requests.
        pub(crate) const REQUESTS: &[Rule] = &[$($(Rule {
            name: stringify!($name),
            subject: stringify!($subject),
            kind: RuleKind::Request,
            needs: &[$(Feature::$needs),*],
            proof: concat!("oauth-core/src/conformance/", stringify!($subject), ".rs"),
            words: stringify!($name),
        },)*)*];
    };
}

/// The rules of requests, by subject, each with the features that it is about. `conformance!` makes a test of each, and
/// `conformance/<subject>.rs` has the function of the same name.
#[doc(hidden)]
#[macro_export]
macro_rules! __request_rules {
    ($then:path) => {
        $then! {
            metadata {
                rfc8414_section_3_1_the_document_is_at_the_well_known_path []
                rfc8414_section_3_3_the_issuer_is_the_servers_own []
                oidc_discovery_section_4_both_documents_are_one [OpenId]
                rfc8414_section_3_2_members_without_elements_are_left_out []
                rfc8414_section_2_every_advertised_endpoint_is_there []
                rfc8414_section_2_every_route_is_advertised_or_private []
                rfc8414_section_2_the_advertised_grants_are_those_that_work [TokenEndpoint]
                rfc8414_section_2_the_advertised_response_types_are_those_that_work [AuthorizationEndpoint]
                rfc9207_section_3_the_iss_parameter_is_advertised [AuthorizationEndpoint]
                rfc7636_section_6_2_only_s256_is_advertised [AuthorizationCode]
                rfc7517_section_5_the_key_set_is_public [Jwks]
            }
            authorization {
                rfc6749_section_4_1_2_1_an_unknown_client_is_not_redirected [AuthorizationEndpoint]
                rfc6749_section_4_1_2_1_an_unregistered_redirect_uri_is_not_redirected_to [AuthorizationEndpoint]
                rfc9700_section_2_1_redirect_uris_are_compared_exactly [AuthorizationEndpoint]
                rfc8252_section_7_3_the_port_of_a_loopback_redirect_uri_is_free [AuthorizationCode]
                rfc6749_section_3_1_a_repeated_parameter_is_refused [AuthorizationEndpoint]
                rfc6749_section_3_1_an_unknown_parameter_is_ignored [AuthorizationCode]
                rfc6749_section_3_1_1_response_type_is_required [AuthorizationEndpoint]
                rfc6749_section_3_1_1_an_unknown_response_type_is_refused [AuthorizationEndpoint]
                rfc6749_section_4_1_2_1_an_unknown_scope_is_refused [AuthorizationCode]
                rfc6749_section_4_1_2_state_comes_back_as_it_was [AuthorizationCode]
                rfc9207_section_2_iss_is_in_every_answer [AuthorizationCode]
                rfc6749_section_4_1_2_1_who_refuses_is_obeyed [AuthorizationCode]
                rfc7636_section_4_4_1_a_public_client_sends_a_challenge [AuthorizationCode]
                rfc9700_section_2_1_1_plain_challenges_are_refused [AuthorizationCode]
                rfc7636_section_4_2_a_malformed_challenge_is_refused [AuthorizationCode]
                rfc6749_section_10_13_pages_are_not_framed [AuthorizationEndpoint]
                rfc9700_section_4_2_4_pages_send_no_referrer [AuthorizationEndpoint]
            }
            authorization_code {
                rfc6749_section_4_1_4_a_code_yields_a_token [AuthorizationCode]
                rfc6749_section_4_1_3_a_public_client_redeems_a_code [AuthorizationCode]
                rfc6749_section_3_3_the_scope_is_what_was_granted [AuthorizationCode]
                rfc6749_section_4_1_2_a_code_works_once [AuthorizationCode]
                rfc6749_section_4_1_2_a_replayed_code_revokes_its_access_token [AuthorizationCode Introspection]
                rfc6749_section_4_1_2_a_replayed_code_revokes_its_refresh_token [AuthorizationCode RefreshToken]
                rfc6749_section_4_1_2_a_code_is_redeemed_once_however_many_try_at_once [AuthorizationCode]
                rfc6749_section_4_1_3_a_code_is_its_clients [AuthorizationCode]
                rfc6749_section_4_1_3_the_redirect_uri_is_the_same [AuthorizationCode]
                rfc7636_section_4_6_the_verifier_must_match [AuthorizationCode]
                rfc7636_section_4_6_the_verifier_is_required [AuthorizationCode]
                rfc9700_section_4_8_2_a_verifier_without_a_challenge_is_refused [AuthorizationCode OptionalPkce]
                rfc6749_section_5_2_an_unknown_code_is_refused [AuthorizationCode]
                rfc6749_section_4_1_3_the_code_is_required [AuthorizationCode]
            }
            implicit {
                rfc6749_section_4_2_2_the_token_is_in_the_fragment [Implicit]
                rfc6749_section_4_2_2_there_is_no_refresh_token [Implicit]
                rfc6749_section_4_2_2_1_errors_are_in_the_fragment [Implicit]
            }
            refresh_token {
                rfc6749_section_6_a_refresh_token_yields_a_token [AuthorizationCode RefreshToken]
                rfc6749_section_1_5_a_refresh_token_is_no_access_token [AuthorizationCode RefreshToken]
                rfc9700_section_4_14_2_refresh_tokens_of_public_clients_rotate [AuthorizationCode RefreshToken]
                rfc9700_section_4_14_2_a_reused_refresh_token_revokes_its_family [AuthorizationCode RefreshToken]
                rfc9700_section_4_14_2_a_token_is_rotated_once_however_many_try_at_once [AuthorizationCode RefreshToken]
                rfc9700_section_4_14_2_a_lost_response_is_repeated [AuthorizationCode RefreshGrace]
                rfc6749_section_6_a_refresh_token_is_its_clients [AuthorizationCode RefreshToken]
                rfc6749_section_6_scopes_may_shrink [AuthorizationCode RefreshToken]
                rfc6749_section_6_scopes_do_not_grow [AuthorizationCode RefreshToken]
                rfc6749_section_5_2_an_unknown_refresh_token_is_refused [RefreshToken]
                rfc6749_section_6_the_refresh_token_is_required [RefreshToken]
            }
            client_credentials {
                rfc6749_section_4_4_3_a_client_gets_a_token_for_itself [ClientCredentials]
                rfc6749_section_4_4_3_there_is_no_refresh_token [ClientCredentials]
                rfc6749_section_4_4_a_public_client_gets_none [ClientCredentials]
                rfc6749_section_5_2_the_grant_must_be_the_clients [ClientCredentials]
                rfc6749_section_3_3_an_unknown_scope_is_refused [ClientCredentials]
                rfc6749_section_10_10_each_token_is_another [ClientCredentials]
            }
            device_code {
                rfc8628_section_3_2_a_device_gets_its_codes [DeviceCode]
                rfc8628_section_3_5_while_nobody_has_approved_it_waits [DeviceCode]
                rfc8628_section_3_5_who_polls_too_often_slows_down [DeviceCode]
                rfc8628_section_3_5_an_approved_device_gets_its_token_once [DeviceCode]
                rfc8628_section_3_5_one_token_however_many_poll_at_once [DeviceCode]
                rfc8628_section_3_5_who_refuses_is_obeyed [DeviceCode]
                rfc8628_section_3_4_a_device_code_is_its_clients [DeviceCode]
                rfc8628_section_3_4_an_unknown_device_code_is_refused [DeviceCode]
                rfc8628_section_3_4_the_device_code_is_required [DeviceCode]
                rfc8628_section_3_1_a_confidential_client_authenticates [DeviceCode]
            }
            password {
                rfc6749_section_4_3_3_the_right_password_yields_a_token [Password]
                rfc6749_section_5_2_a_wrong_password_is_refused [Password]
                rfc6749_section_5_2_an_unknown_user_looks_like_a_wrong_password [Password]
                rfc6749_section_4_3_2_name_and_password_are_required [Password]
            }
            id_token {
                oidc_core_section_3_1_3_3_a_code_yields_an_id_token [OpenId AuthorizationCode]
                oidc_core_section_3_1_2_1_without_openid_there_is_none [OpenId AuthorizationCode]
                oidc_core_section_3_1_3_7_the_published_keys_verify_the_signature [OpenId AuthorizationCode]
                oidc_core_section_2_every_required_claim_is_there [OpenId AuthorizationCode]
                oidc_core_section_3_1_2_1_the_nonce_comes_back [OpenId AuthorizationCode]
                oidc_core_section_3_1_3_6_at_hash_is_the_access_tokens [OpenId AuthorizationCode]
                oidc_core_section_3_1_2_1_prompt_none_shows_no_page [OpenId AuthorizationCode]
            }
            userinfo {
                oidc_core_section_5_3_2_sub_is_that_of_the_id_token [Userinfo AuthorizationCode]
                oidc_core_section_5_3_1_the_token_has_the_scope_openid [Userinfo AuthorizationCode]
                rfc6750_section_3_without_a_token_there_is_a_challenge [Userinfo]
                rfc6750_section_3_1_an_unknown_token_is_refused [Userinfo]
                rfc6750_section_3_1_a_revoked_token_is_refused [Userinfo AuthorizationCode Revocation]
                rfc9700_section_4_3_2_a_token_in_the_query_is_refused [Userinfo AuthorizationCode]
            }
            end_session {
                oidc_rp_initiated_logout_section_3_an_unregistered_uri_is_not_redirected_to [EndSession]
            }
            client_authentication {
                rfc6749_section_2_3_1_basic_authenticates [TokenEndpoint]
                rfc6749_section_2_3_1_basic_is_form_encoded [TokenEndpoint]
                rfc6749_section_2_3_1_the_body_authenticates [TokenEndpoint]
                rfc6749_section_5_2_a_wrong_secret_is_refused [TokenEndpoint]
                rfc6749_section_5_2_an_unknown_client_looks_like_a_wrong_secret [TokenEndpoint]
                rfc6749_section_3_2_1_a_confidential_client_must_authenticate [TokenEndpoint]
                rfc6749_section_2_3_one_method_a_request [TokenEndpoint]
                rfc6749_section_2_3_1_credentials_stay_out_of_the_query [TokenEndpoint]
                rfc7591_section_2_the_method_is_the_registered_one [TokenEndpoint]
            }
            client_assertion {
                rfc7523_section_2_2_an_assertion_authenticates [ClientAssertions]
                rfc7523_section_3_an_assertion_is_for_this_server_and_not_expired [ClientAssertions]
                rfc7523_section_3_the_signature_is_the_clients [ClientAssertions]
                rfc7523_section_3_an_assertion_works_once [ClientAssertions]
                rfc7523_section_3_an_assertion_works_once_however_many_try_at_once [ClientAssertions]
            }
            revocation {
                rfc7009_section_2_2_a_revoked_access_token_is_dead [Revocation Introspection]
                rfc7009_section_2_1_a_revoked_refresh_token_is_refused [Revocation AuthorizationCode RefreshToken]
                rfc7009_section_2_1_a_refresh_token_takes_its_access_tokens_along [Revocation Introspection AuthorizationCode RefreshToken]
                rfc7009_section_2_1_a_wrong_hint_is_no_obstacle [Revocation Introspection]
                rfc7009_section_2_2_an_unknown_token_is_no_error [Revocation]
                rfc7009_section_2_1_another_clients_token_stays [Revocation Introspection]
                rfc7009_section_2_1_clients_authenticate [Revocation]
                rfc7009_section_2_1_the_token_is_required [Revocation]
            }
            introspection {
                rfc7662_section_2_2_an_active_token_is_described [Introspection]
                rfc7662_section_2_2_of_an_unknown_token_nothing_is_told [Introspection]
                rfc7662_section_2_1_callers_authenticate [Introspection]
                rfc7662_section_2_1_a_public_client_learns_nothing [Introspection]
                rfc7662_section_2_1_the_token_is_required [Introspection]
                rfc7662_section_4_a_refresh_token_is_its_clients_business [Introspection AuthorizationCode RefreshToken]
            }
            signed_access_tokens {
                rfc9068_section_4_the_published_keys_verify_the_signature [SignedAccessTokens]
                rfc9068_section_2_1_the_type_is_at_jwt [SignedAccessTokens]
                rfc9068_section_2_2_every_required_claim_is_there [SignedAccessTokens]
                rfc9068_section_2_2_exp_is_in_the_future [SignedAccessTokens]
                rfc9068_section_2_2_iat_is_not_in_the_future [SignedAccessTokens]
                rfc9068_section_2_2_iss_is_the_issuer [SignedAccessTokens]
                rfc9068_section_2_2_client_id_is_the_clients [SignedAccessTokens]
                rfc9068_section_2_2_3_scope_is_what_was_granted [SignedAccessTokens]
                rfc7519_section_4_1_7_each_jti_is_another [SignedAccessTokens]
                rfc6749_section_5_1_expires_in_is_what_exp_says [SignedAccessTokens]
            }
            cors {
                rfc9700_section_2_6_documents_are_for_every_origin []
                rfc9700_section_2_6_a_registered_origin_may_call [TokenEndpoint]
                rfc9700_section_2_6_another_origin_may_not [TokenEndpoint]
                rfc9700_section_2_6_the_authorization_endpoint_has_no_cors [AuthorizationEndpoint]
            }
            endpoints {
                rfc6749_section_3_2_other_methods_than_post_are_refused []
                rfc6749_section_3_2_the_body_is_a_form []
                rfc6749_section_3_2_a_repeated_parameter_is_refused []
                rfc6749_section_3_2_malformed_encoding_is_refused []
                rfc6749_section_5_2_an_unknown_grant_type_is_refused [TokenEndpoint]
                rfc6749_section_5_2_the_grant_type_is_required [TokenEndpoint]
                rfc6749_section_5_1_answers_are_not_cached []
                rfc9110_section_15_5_14_a_body_has_a_limit []
                rfc9110_section_15_5_5_other_paths_are_not_found []
            }
        }
    };
}

crate::__request_rules!(requests);
