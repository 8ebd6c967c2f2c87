//! The rules that only a run can check, and those of servers written by hand.

use super::{Rule, RuleKind};

const fn start_up(name: &'static str) -> Rule {
    Rule::new(RuleKind::StartUp, "start_up", name)
}

/// Of `into_resource`.
const fn of_a_resource(name: &'static str) -> Rule {
    Rule::new(RuleKind::StartUp, "resource_server", name)
}

/// Each with the function that enforces it, and a test.
pub(super) const RULES: &[Rule] = &[
    start_up("rfc8414_section_2_a_server_has_an_issuer")
        .enforced_by("oauth-core/src/server/start_up/issuer.rs", "is_stated")
        .proved_by("tests/server/configuration.rs", "rfc8414_section_2_what_an_issuer_may_be")
        .such_as(r#"("", "no issuer")"#),
    start_up("rfc8414_section_2_an_issuer_from_the_environment_keeps_the_same_rules")
        .enforced_by("oauth-core/src/server/start_up/issuer.rs", "is_well_formed")
        .proved_by("tests/server/configuration.rs", "rfc8414_section_2_what_an_issuer_may_be")
        .such_as(r#""https://me@auth.example.com""#),
    start_up("rfc9068_section_2_2_server_and_tokens_have_one_issuer")
        .enforced_by("oauth-core/src/server/start_up/issuer.rs", "is_that_of_the_tokens")
        .proved_by("tests/server/start_up/tokens.rs", "rfc9068_section_2_2_server_and_tokens_have_one_issuer")
        .such_as(r#"Elsewhere("https://auth.example.net")"#),
    start_up("rfc6749_section_3_3_a_scope_is_a_scope_token")
        .enforced_by("oauth-core/src/server/start_up/scopes.rs", "is_malformed")
        .proved_by("tests/server/start_up/scopes.rs", "rfc6749_section_3_3_a_scope_is_a_scope_token")
        .such_as(r#"Scope::new("a b")"#),
    start_up("a_scope_is_declared_once")
        .enforced_by("oauth-core/src/server/start_up/scopes.rs", "are_declared_twice")
        .proved_by("tests/server/start_up/scopes.rs", "a_scope_is_declared_once")
        .such_as("ServerConfig::new(&[JOBS, JOBS, JOBS])"),
    start_up("rfc6749_section_3_3_a_scope_says_one_thing")
        .enforced_by("oauth-core/src/scope/registered.rs", "twins")
        .proved_by("tests/server/start_up/scopes.rs", "two_scope_types_of_one_string_with_different_words")
        .such_as(r#"#[scope("twins.read", "Read and delete your twins")]"#),
    start_up("rfc6749_section_3_3_default_scopes_are_declared")
        .enforced_by("oauth-core/src/server/start_up/scopes.rs", "are_undeclared_defaults")
        .proved_by("tests/server/start_up/scopes.rs", "rfc6749_section_3_3_default_scopes_are_declared")
        .such_as(r#".default_scopes(&["jobs", "job"])"#),
    start_up("oidc_core_section_11_offline_access_needs_refresh_tokens")
        .enforced_by("oauth-core/src/server/start_up/scopes.rs", "asks_for_refresh_tokens_in_vain")
        .proved_by(
            "tests/server/start_up/scopes.rs",
            "oidc_core_section_11_offline_access_needs_refresh_tokens",
        )
        .such_as(r#"Scope::new("offline_access")"#),
    start_up("rfc6749_section_4_1_2_a_code_is_redeemed_at_once")
        .enforced_by("oauth-core/src/server/start_up/lifetimes.rs", "codes_are_redeemed_at_once")
        .proved_by("tests/server/start_up/lifetimes.rs", "rfc6749_section_4_1_2_a_code_is_redeemed_at_once")
        .such_as("code_lifetime [ZERO, seconds(601)]"),
    start_up("rfc8628_section_5_1_a_user_code_is_hard_to_guess")
        .enforced_by("oauth-core/src/server/start_up/lifetimes.rs", "device_codes_are_hard_to_guess")
        .proved_by("tests/server/start_up/lifetimes.rs", "rfc8628_section_5_1_a_user_code_is_hard_to_guess")
        .such_as("device_code_lifetime [SHORT, seconds(3601)]"),
    start_up("rfc8628_section_3_2_devices_pause_between_polls")
        .enforced_by("oauth-core/src/server/start_up/lifetimes.rs", "devices_pause_between_polls")
        .proved_by("tests/server/start_up/lifetimes.rs", "rfc8628_section_3_2_devices_pause_between_polls")
        .such_as("device_polling_interval [ZERO, seconds(61)]"),
    start_up("rfc9700_section_4_14_2_refresh_tokens_expire")
        .enforced_by("oauth-core/src/server/start_up/lifetimes.rs", "refresh_tokens_expire")
        .proved_by("tests/server/start_up/lifetimes.rs", "rfc9700_section_4_14_2_refresh_tokens_expire")
        .such_as("refresh_token_lifetime [ZERO, seconds(TEN_YEARS + 1)]"),
    start_up("rfc9700_section_4_14_2_a_lost_response_is_asked_for_at_once")
        .enforced_by("oauth-core/src/server/start_up/lifetimes.rs", "lost_responses_are_asked_for_at_once")
        .proved_by(
            "tests/server/start_up/lifetimes.rs",
            "rfc9700_section_4_14_2_a_lost_response_is_asked_for_at_once",
        )
        .such_as(".refresh_token_grace(seconds(61))"),
    start_up("oidc_core_section_2_an_id_token_is_looked_at_once")
        .enforced_by("oauth-core/src/server/start_up/lifetimes.rs", "id_tokens_are_looked_at_once")
        .proved_by("tests/server/start_up/lifetimes.rs", "oidc_core_section_2_an_id_token_is_looked_at_once")
        .such_as("id_token_lifetime [ZERO, seconds(DAY + 1)]"),
    start_up("rfc6750_section_5_3_access_tokens_are_short_lived")
        .enforced_by("oauth-core/src/server/start_up/lifetimes.rs", "access_tokens_are_short_lived")
        .proved_by("tests/server/start_up/lifetimes.rs", "rfc6750_section_5_3_access_tokens_are_short_lived")
        .such_as("Lived(seconds(365 * DAY + 1))"),
    start_up("rfc9700_section_2_4_passwords_are_not_for_clients")
        .enforced_by("oauth-core/src/server/profile.rs", "refuses_grant_type")
        .proved_by("tests/server/start_up/grants.rs", "rfc9700_section_2_4_passwords_are_not_for_clients")
        .such_as("(Password,)"),
    start_up("rfc9700_section_2_1_2_access_tokens_stay_out_of_urls")
        .enforced_by("oauth-core/src/server/profile.rs", "refuses_response_type")
        .proved_by("tests/server/start_up/grants.rs", "rfc9700_section_2_1_2_access_tokens_stay_out_of_urls")
        .such_as("(Implicit,)"),
    start_up("rfc6749_section_4_5_each_grant_has_its_own_name")
        .enforced_by("oauth-core/src/server/start_up/grants.rs", "have_one_name")
        .proved_by("tests/server/start_up/grants.rs", "rfc6749_section_4_5_each_grant_has_its_own_name")
        .such_as("(Extension<Keys>, Extension<SameKeys>)"),
    start_up("rfc6749_section_4_5_an_extension_grant_is_named_by_a_uri")
        .enforced_by("oauth-core/src/server/start_up/grants.rs", "has_no_name_of_its_own")
        .proved_by(
            "tests/server/start_up/grants.rs",
            "rfc6749_section_4_5_an_extension_grant_is_named_by_a_uri",
        )
        .such_as(r#"extension!(Relative, "api_key")"#),
    start_up("rfc6749_section_4_4_3_refresh_tokens_have_a_grant_that_issues_them")
        .enforced_by("oauth-core/src/server/start_up/grants.rs", "lack_one_that_issues_refresh_tokens")
        .proved_by(
            "tests/server/start_up/grants.rs",
            "rfc6749_section_4_4_3_refresh_tokens_have_a_grant_that_issues_them",
        )
        .such_as("(ClientCredentials, RefreshToken)"),
    start_up("a_session_outlives_the_login")
        .enforced_by("oauth-core/src/interaction/pages/mod.rs", "check_session_lifetime")
        .proved_by("tests/server/start_up/grants.rs", "an_interaction_is_checked")
        .such_as("LoginPages::new().session_lifetime(NEVER)"),
    start_up("a_response_type_is_given_once")
        .enforced_by("oauth-core/src/server/start_up/response_types.rs", "are_given_twice")
        .proved_by("tests/server/start_up/response_types.rs", "a_response_type_is_given_once")
        .such_as("&[ResponseType::CODE, ResponseType::NONE, ResponseType::CODE]"),
    start_up("rfc6749_section_4_1_1_code_has_its_grant")
        .enforced_by("oauth-core/src/server/start_up/response_types.rs", "lacks_the_code_grant")
        .proved_by("tests/server/start_up/response_types.rs", "rfc6749_section_4_1_1_code_has_its_grant")
        .such_as("config(&[ResponseType::CODE]), grants: (Implicit,)"),
    start_up("rfc6749_section_4_2_1_token_has_its_grant")
        .enforced_by("oauth-core/src/server/start_up/response_types.rs", "lacks_the_implicit_grant")
        .proved_by("tests/server/start_up/response_types.rs", "rfc6749_section_4_2_1_token_has_its_grant")
        .such_as("config(&[ResponseType::TOKEN]), grants: (AuthorizationCode,)"),
    start_up("oidc_core_section_3_2_2_1_id_token_has_its_provider")
        .enforced_by("oauth-core/src/server/start_up/response_types.rs", "lacks_an_openid_provider")
        .proved_by(
            "tests/server/start_up/response_types.rs",
            "oidc_core_section_3_2_2_1_id_token_has_its_provider",
        )
        .such_as("config(&[ResponseType::CODE_ID_TOKEN])"),
    start_up("a_client_authentication_method_is_given_once")
        .enforced_by("oauth-core/src/server/start_up/client_authentication.rs", "are_given_twice")
        .proved_by(
            "tests/server/start_up/client_authentication.rs",
            "a_client_authentication_method_is_given_once",
        )
        .such_as("config(&[ClientAuthMethod::ClientSecretPost, ClientAuthMethod::ClientSecretPost])"),
    start_up("rfc7523_section_3_assertions_have_a_store_for_their_identifiers")
        .enforced_by("oauth-core/src/server/start_up/client_authentication.rs", "keeps_no_replay_ids")
        .proved_by(
            "tests/server/start_up/client_authentication.rs",
            "rfc7523_section_3_assertions_have_a_store_for_their_identifiers",
        )
        .such_as("config(&[ClientAuthMethod::PrivateKeyJwt])"),
    start_up("oidc_core_section_9_secrets_that_sign_are_known")
        .enforced_by("oauth-core/src/server/start_up/client_authentication.rs", "knows_no_secrets")
        .proved_by(
            "tests/server/start_up/client_authentication.rs",
            "oidc_core_section_9_secrets_that_sign_are_known",
        )
        .such_as("config(&[ClientAuthMethod::ClientSecretJwt])"),
    start_up("rfc6749_section_4_4_clients_that_get_tokens_for_themselves_authenticate")
        .enforced_by(
            "oauth-core/src/server/start_up/client_authentication.rs",
            "nobody_gets_client_credentials",
        )
        .proved_by(
            "tests/server/start_up/client_authentication.rs",
            "rfc6749_section_4_4_clients_that_get_tokens_for_themselves_authenticate",
        )
        .such_as("config(&[ClientAuthMethod::None]).endpoints(OFF)"),
    start_up("rfc7662_section_2_1_who_introspects_authenticates")
        .enforced_by("oauth-core/src/server/start_up/client_authentication.rs", "nobody_introspects")
        .proved_by(
            "tests/server/start_up/client_authentication.rs",
            "rfc7662_section_2_1_who_introspects_authenticates",
        )
        .such_as("config(&[ClientAuthMethod::None])"),
    start_up("rfc6454_section_6_2_an_origin_is_one_that_browsers_send")
        .enforced_by("oauth-core/src/server/start_up/origins.rs", "defect")
        .proved_by(
            "tests/server/start_up/origins.rs",
            "rfc6454_section_6_2_an_origin_is_one_that_browsers_send",
        )
        .such_as(r#"config(&["https://app.example.com/"])"#),
    start_up("rfc8725_section_3_1_a_key_signs_with_the_algorithm_that_is_said")
        .enforced_by("oauth-core/src/token/jwt.rs", "check_algorithm")
        .proved_by(
            "tests/server/start_up/tokens.rs",
            "rfc8725_section_3_1_a_key_signs_with_the_algorithm_that_is_said",
        )
        .such_as("Jwts(key(), JwtProfile::new().algorithm(Algorithm::ES384))"),
    start_up("rfc8725_section_3_1_a_key_encrypts_with_the_algorithms_that_are_said")
        .enforced_by("oauth-core/src/token/jwe.rs", "check_encryption")
        .proved_by(
            "tests/server/start_up/tokens.rs",
            "rfc8725_section_3_1_a_key_encrypts_with_the_algorithms_that_are_said",
        )
        .such_as("Sealed(key(), recipient(), JWE.alg(KeyManagement::RsaOaep256))"),
    start_up("rfc9068_section_2_2_static_claims_overwrite_nothing")
        .enforced_by("oauth-core/src/token/jwt.rs", "check_claims")
        .proved_by("tests/server/start_up/tokens.rs", "rfc9068_section_2_2_static_claims_overwrite_nothing")
        .such_as(r#"("sub", StaticClaim::Str("root"))"#),
    start_up("rfc6749_section_10_10_what_can_be_guessed_does_not_start")
        .enforced_by("oauth-core/src/token/opaque.rs", "check_entropy")
        .proved_by(
            "tests/server/token_generators.rs",
            "rfc_6749_section_10_10_what_can_be_guessed_does_not_start",
        )
        .such_as("Opaque::DEFAULT.entropy(64)"),
    start_up("rfc6750_section_2_1_a_prefix_fits_bearer_tokens")
        .enforced_by("oauth-core/src/token/opaque.rs", "check_prefix")
        .proved_by("tests/server/start_up/tokens.rs", "rfc6750_section_2_1_a_prefix_fits_bearer_tokens")
        .such_as(r#"Opaque::DEFAULT.prefix("acme at ")"#),
    start_up("one_generator_makes_the_access_tokens")
        .enforced_by("oauth-core/src/server/start_up/tokens.rs", "two_make_access_tokens")
        .proved_by("tests/server/start_up/tokens.rs", "one_generator_makes_the_access_tokens")
        .such_as(
            "validator: Making = Making { store: MemoryStore::default() }, access: Jwts = Jwts::new(key())",
        ),
    start_up("one_generator_makes_the_refresh_tokens")
        .enforced_by("oauth-core/src/server/start_up/tokens.rs", "two_make_refresh_tokens")
        .proved_by("tests/server/start_up/tokens.rs", "one_generator_makes_the_refresh_tokens")
        .such_as("refresh: Publishing = Publishing(Vec::new())"),
    start_up("rfc9068_section_2_2_an_audience_is_somebody")
        .enforced_by("oauth-core/src/token/mod.rs", "check_audience")
        .proved_by("tests/server/start_up/tokens.rs", "rfc9068_section_2_2_an_audience_is_somebody")
        .such_as(r#"Opaque::DEFAULT.audience("")"#),
    start_up("rfc8725_section_3_12_a_refresh_token_is_no_access_token")
        .enforced_by("oauth-core/src/server/start_up/tokens.rs", "refresh_tokens_pass_for_access_tokens")
        .proved_by(
            "tests/server/start_up/tokens.rs",
            "rfc8725_section_3_12_a_refresh_token_is_no_access_token",
        )
        .such_as("access: Jwts::new(shared.clone()), refresh: Jwts::new(shared)"),
    start_up("rfc7517_section_4_5_each_published_key_has_its_own_kid")
        .enforced_by("oauth-core/src/server/start_up/tokens.rs", "keys_share_an_identifier")
        .proved_by(
            "tests/server/start_up/tokens.rs",
            "rfc7517_section_4_5_each_published_key_has_its_own_kid",
        )
        .such_as(r#"(key().with_kid("2024").unwrap(), key().with_kid("2024").unwrap())"#),
    start_up("oidc_core_section_2_something_signs_the_id_tokens")
        .enforced_by("oauth-core/src/server/start_up/openid.rs", "scope_without_signer")
        .proved_by("tests/server/start_up/openid.rs", "oidc_core_section_2_something_signs_the_id_tokens")
        .such_as("config: OPENID, grants: (AuthorizationCode,), interaction: Alice = Alice"),
    start_up("oidc_core_section_3_1_2_1_id_tokens_are_asked_for")
        .enforced_by("oauth-core/src/server/start_up/openid.rs", "signer_without_scope")
        .proved_by("tests/server/start_up/openid.rs", "oidc_core_section_3_1_2_1_id_tokens_are_asked_for")
        .such_as("grants: (AuthorizationCode,), ids: KeyRing = signed(Algorithm::RS256)"),
    start_up("oidc_core_section_3_1_2_1_the_profile_openid_has_the_scope")
        .enforced_by("oauth-core/src/server/start_up/openid.rs", "profile_without_scope")
        .proved_by(
            "tests/server/start_up/openid.rs",
            "oidc_core_section_3_1_2_1_the_profile_openid_has_the_scope",
        )
        .such_as("ServerConfig::new(&[]).profile(Profile::OpenId)"),
    start_up("oidc_core_section_3_the_profile_openid_authenticates_people")
        .enforced_by("oauth-core/src/server/start_up/openid.rs", "profile_without_login")
        .proved_by(
            "tests/server/start_up/openid.rs",
            "oidc_core_section_3_the_profile_openid_authenticates_people",
        )
        .such_as("config: OPENID.profile(Profile::OpenId), ids: KeyRing = signed(Algorithm::RS256)"),
    start_up("oidc_core_section_10_1_id_tokens_are_signed_with_public_keys")
        .enforced_by("oauth-core/src/server/start_up/openid.rs", "id_tokens_are_signed_with_a_secret")
        .proved_by(
            "tests/server/start_up/openid.rs",
            "oidc_core_section_10_1_id_tokens_are_signed_with_public_keys",
        )
        .such_as("ids: KeyRing::new(secret)"),
    start_up("oidc_core_section_15_1_rs256_is_among_the_algorithms")
        .enforced_by("oauth-core/src/server/start_up/openid.rs", "lacks_rs256")
        .proved_by("tests/server/start_up/openid.rs", "oidc_core_section_15_1_rs256_is_among_the_algorithms")
        .such_as("ids: KeyRing = signed(Algorithm::ES256)"),
    start_up("oidc_core_section_8_1_pairwise_identifiers_are_for_openid_clients")
        .enforced_by("oauth-core/src/server/start_up/openid.rs", "pairwise_identifiers_are_for_nobody")
        .proved_by(
            "tests/server/start_up/openid.rs",
            "oidc_core_section_8_1_pairwise_identifiers_are_for_openid_clients",
        )
        .such_as("fn pairwise_key(&self) -> Option<&PairwiseKey>"),
    start_up("logouts_are_told_to_openid_clients")
        .stated_by("OpenID Connect Back-Channel Logout §2.2")
        .enforced_by("oauth-core/src/server/start_up/openid.rs", "logouts_are_told_to_nobody")
        .proved_by("tests/server/start_up/openid.rs", "logouts_are_told_to_openid_clients")
        .such_as("fn back_channel(&self) -> Option<&BackChannel>"),
    start_up("a_claim_is_declared_once")
        .enforced_by("oauth-core/src/server/start_up/claims.rs", "is_declared_twice")
        .proved_by("tests/server/start_up/claims.rs", "a_claim_is_declared_once")
        .such_as(r#"[claims(&["tenant"], TO_RESOURCES), claims(&["role", "tenant"], TO_RESOURCES)]"#),
    start_up("rfc7519_section_4_1_registered_claims_are_ours")
        .enforced_by("oauth-core/src/server/start_up/claims.rs", "is_reserved")
        .proved_by("tests/server/start_up/claims.rs", "rfc7519_section_4_1_registered_claims_are_ours")
        .such_as(r#"claims(&["exp"], TO_RESOURCES)"#),
    start_up("oidc_core_section_2_claims_of_the_protocol_are_ours")
        .enforced_by("oauth-core/src/server/start_up/claims.rs", "is_of_id_tokens")
        .proved_by("tests/server/start_up/claims.rs", "claims_of_a_validator_with_parameters")
        .such_as("#[claims(to(access_token, id_token))]"),
    start_up("a_claim_has_a_scope_that_can_be_granted")
        .enforced_by("oauth-core/src/server/start_up/claims.rs", "has_no_scope")
        .proved_by("tests/server/start_up/claims.rs", "a_claim_has_a_scope_that_can_be_granted")
        .such_as(r#"#[claim("tenant", scope = "profile")]"#),
    start_up("a_claim_goes_where_the_server_has_something")
        .enforced_by("oauth-core/src/server/start_up/claims.rs", "goes_nowhere")
        .proved_by("tests/server/start_up/claims.rs", "a_claim_goes_where_the_server_has_something")
        .such_as("&[ClaimDestination::IdToken, ClaimDestination::Userinfo]"),
    start_up("rfc3986_section_2_3_paths_have_unreserved_characters")
        .enforced_by("oauth-core/src/server/start_up/endpoints.rs", "is_malformed")
        .proved_by(
            "tests/server/start_up/endpoints.rs",
            "rfc3986_section_2_3_paths_have_unreserved_characters",
        )
        .such_as(r#"Endpoints::DEFAULT.token("/{tenant}/token")"#),
    start_up("rfc8615_section_3_paths_are_not_well_known_names")
        .enforced_by("oauth-core/src/server/start_up/endpoints.rs", "is_a_well_known_name")
        .proved_by("tests/server/start_up/endpoints.rs", "rfc8615_section_3_paths_are_not_well_known_names")
        .such_as(r#"Endpoints::DEFAULT.token("/.well-known/oauth-authorization-server")"#),
    start_up("each_endpoint_has_its_own_path")
        .enforced_by("oauth-core/src/server/start_up/endpoints.rs", "lead_to_two_endpoints")
        .proved_by("tests/server/start_up/endpoints.rs", "each_endpoint_has_its_own_path")
        .such_as(r#"Endpoints::DEFAULT.revocation(Some("/introspect"))"#),
    start_up("rfc6749_section_3_2_bodies_have_room")
        .enforced_by("oauth-core/src/server/start_up/endpoints.rs", "reads_nothing")
        .proved_by("tests/server/start_up/endpoints.rs", "rfc6749_section_3_2_bodies_have_room")
        .such_as("ServerConfig::new(&[]).body_limit(0)"),
    start_up("an_exception_is_to_a_rule_that_is_advice")
        .enforced_by("oauth-core/src/server/start_up/exceptions.rs", "has_no_rule")
        .proved_by("tests/server/exceptions.rs", "an_exception_to_no_rule_or_without_a_reason_is_a_mistake")
        .such_as(r#"Exception::new("irrevocable_tokens", "none")"#),
    start_up("an_exception_has_its_reason")
        .enforced_by("oauth-core/src/server/start_up/exceptions.rs", "has_no_reason")
        .proved_by("tests/server/exceptions.rs", "an_exception_to_no_rule_or_without_a_reason_is_a_mistake")
        .such_as(r#"Exception::new("long_lived_refresh_tokens", " ")"#),
    start_up("a_server_answers_for_its_token_generators")
        .enforced_by("oauth-core/src/server/start_up/exceptions.rs", "are_denied")
        .proved_by("tests/server/exceptions.rs", "a_server_refuses_what_it_denies_of_its_token_generators")
        .such_as("deny(rfc9700, long_lived_access_tokens)"),
    start_up("what_is_denied_is_not_done_by_a_key_of_the_run")
        .enforced_by("oauth-core/src/server/exception.rs", "denied_at_run")
        .proved_by(
            "tests/server/exceptions.rs",
            "a_server_that_denies_rfc9068_refuses_a_shared_secret_at_the_run",
        )
        .such_as("SigningKey::hmac([7; 32], Algorithm::HS256)"),
    start_up("every_mistake_is_told_at_once")
        .enforced_by("oauth-core/src/server/configuration_error.rs", "check")
        .proved_by("tests/server/configuration.rs", "every_mistake_is_reported_at_once")
        .such_as(".code_lifetime(Duration::from_secs(601))"),
    of_a_resource("rfc9068_section_4_a_resource_trusts_an_issuer")
        .enforced_by("oauth-core/src/resource/start_up/mod.rs", "trusts_no_issuer")
        .proved_by("tests/resource/start_up.rs", "rfc9068_section_4_a_resource_trusts_an_issuer")
        .such_as(r#"issuer: "http://auth.example.com""#),
    of_a_resource("rfc9068_section_4_an_expired_token_stays_expired")
        .enforced_by("oauth-core/src/resource/start_up/mod.rs", "expired_tokens_work_on")
        .proved_by("tests/resource/start_up.rs", "rfc9068_section_4_an_expired_token_stays_expired")
        .such_as("CONFIG.leeway(Duration::from_secs(301))"),
    of_a_resource("rfc7662_section_4_a_revoked_token_stays_revoked")
        .enforced_by("oauth-core/src/resource/start_up/mod.rs", "revoked_tokens_work_on")
        .proved_by("tests/resource/start_up.rs", "rfc7662_section_4_a_revoked_token_stays_revoked")
        .such_as("CONFIG.introspection_cache(Duration::from_secs(301))"),
    of_a_resource("rfc8725_section_3_1_an_algorithm_signs")
        .enforced_by("oauth-core/src/resource/start_up/mod.rs", "no_algorithm_signs")
        .proved_by("tests/resource/start_up.rs", "rfc8725_section_3_1_an_algorithm_signs")
        .such_as("CONFIG.algorithms(&[])"),
    of_a_resource("rfc9068_section_2_1_no_secret_is_shared_with_the_issuer")
        .enforced_by("oauth-core/src/resource/start_up/mod.rs", "a_secret_is_shared")
        .proved_by("tests/resource/start_up.rs", "rfc9068_section_2_1_no_secret_is_shared_with_the_issuer")
        .such_as("CONFIG.algorithms(&[Algorithm::ES256, Algorithm::HS512])"),
    of_a_resource("rfc9700_section_2_3_a_resource_names_its_audience_or_takes_any")
        .enforced_by("oauth-core/src/resource/start_up/mod.rs", "any_audience_is_named")
        .proved_by(
            "tests/resource/start_up.rs",
            "rfc9700_section_2_3_a_resource_names_its_audience_or_takes_any",
        )
        .such_as("CONFIG.danger_any_audience()"),
    of_a_resource("rfc9068_section_4_another_servers_tokens_are_not_for_everybody")
        .enforced_by("oauth-core/src/resource/start_up/remote.rs", "is_anybodys_audience")
        .proved_by(
            "tests/resource/start_up.rs",
            "rfc9068_section_4_another_servers_tokens_are_not_for_everybody",
        )
        .such_as("ResourceConfig::new().danger_any_audience()"),
    of_a_resource("rfc9068_section_4_a_resource_has_an_audience")
        .enforced_by("oauth-core/src/resource/start_up/remote.rs", "is_nobodys_audience")
        .proved_by("tests/resource/start_up.rs", "rfc9068_section_4_a_resource_has_an_audience")
        .such_as(r#"ResourceConfig::new().audience(" ")"#),
    of_a_resource("rfc7662_section_2_1_introspection_has_credentials")
        .enforced_by("oauth-core/src/resource/start_up/remote.rs", "asks_without_credentials")
        .proved_by("tests/resource/start_up.rs", "rfc7662_section_2_1_introspection_has_credentials")
        .such_as("CONFIG.validation(Validation::Introspection(None))"),
    of_a_resource("rfc8414_section_2_the_issuer_is_asked_over_tls")
        .enforced_by("oauth-core/src/resource/start_up/remote.rs", "asks_where_anyone_answers")
        .proved_by("tests/resource/start_up.rs", "rfc8414_section_2_the_issuer_is_asked_over_tls")
        .such_as(r#"keys("http://auth.example.com/keys")"#),
    of_a_resource("a_withdrawn_key_is_forgotten")
        .enforced_by("oauth-core/src/resource/start_up/remote.rs", "withdrawn_keys_work_on")
        .proved_by("tests/resource/start_up.rs", "a_withdrawn_key_is_forgotten")
        .such_as("CONFIG.jwks_max_age(Duration::ZERO)"),
    of_a_resource("a_new_key_is_fetched_now_and_then")
        .enforced_by("oauth-core/src/resource/start_up/remote.rs", "unknown_keys_stay_unknown")
        .proved_by("tests/resource/start_up.rs", "a_new_key_is_fetched_now_and_then")
        .such_as("CONFIG.jwks_refresh_interval(Duration::ZERO)"),
    of_a_resource("rfc9728_section_1_2_a_resource_identifier_is_an_https_url")
        .enforced_by("oauth-core/src/resource/metadata.rs", "split")
        .proved_by("tests/resource/start_up.rs", "rfc9728_section_1_2_a_resource_identifier_is_an_https_url")
        .such_as(r#"CONFIG.resource("http://api.example.com")"#),
];
