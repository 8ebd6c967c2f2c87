//! The rules of `#[authorization_server]`: fields, and what they must agree on.

use super::error;
use crate::server::rules::{Feature, Rule};

/// Each with what enforces it, a mistake that it refuses, and what it accepts.
pub(in super::super) const RULES: &[Rule] = &[
    error("a_server_is_a_struct")
        .enforced_by("oauth-macros/src/authorization_server/mod.rs", "reject_keyword")
        .refuses(
            "authorization_server/fields",
            "impl NoValidator {}",
            "is for a struct that holds a validator",
        )
        .accepts("authorization_server/rules", "struct Machines {"),
    error("a_server_has_a_validator")
        .enforced_by("oauth-macros/src/authorization_server/fields.rs", "require_validator")
        .refuses(
            "authorization_server/fields",
            "struct NoValidator {\n    accounts: Accounts",
            "no field is the validator",
        )
        .accepts("authorization_server/rules", "#[validator]\n    accounts: Plain"),
    error("one_validator_decides")
        .enforced_by("oauth-macros/src/authorization_server/fields.rs", "one_validator")
        .refuses("authorization_server/fields", "#[validator]\n    others: Accounts", "one validator decides")
        .accepts("authorization_server/rules", "#[validator]\n    accounts: Plain"),
    error("a_validator_decides")
        .enforced_by("oauth-core/src/validator/mod.rs", "RequestValidator")
        .refuses("authorization_server/not_a_validator", "accounts: Accounts", "is not a request validator")
        .accepts("authorization_server/rules", "#[validator]\n    accounts: Plain"),
    error("one_generator_makes_the_access_tokens")
        .enforced_by("oauth-macros/src/authorization_server/fields.rs", "check_access_token")
        .refuses(
            "authorization_server/fields",
            "#[access_token]\n    other_tokens: Opaque",
            "one generator makes the access tokens",
        )
        .accepts("authorization_server/rules", "#[access_token]\n    tokens: AccessTokens"),
    error("a_field_and_a_method_do_not_both_make_the_access_tokens")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_access_token_generators")
        .refuses(
            "authorization_server/agreement",
            "#[access_token]\n    tokens: Opaque",
            "two generators of access tokens",
        )
        .accepts("authorization_server/rules", "#[access_token]\n    tokens: AccessTokens"),
    error("a_token_generator_makes_tokens")
        .enforced_by("oauth-core/src/token/mod.rs", "TokenGenerator")
        .refuses("authorization_server/not_an_interaction", "tokens: String", "does not generate tokens")
        .accepts("authorization_server/rules", "#[access_token]\n    tokens: AccessTokens"),
    error("one_generator_makes_the_refresh_tokens")
        .enforced_by("oauth-macros/src/authorization_server/fields.rs", "one_refresh_token_generator")
        .refuses(
            "authorization_server/generators",
            "#[refresh_token]\n    more_refresh_tokens: Opaque",
            "one generator makes the refresh tokens",
        )
        .accepts("authorization_server/rules", "#[refresh_token]\n    refresh_tokens: RefreshTokens"),
    error("a_field_and_a_method_do_not_both_make_the_refresh_tokens")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_refresh_token_generators")
        .refuses(
            "authorization_server/agreement",
            "#[refresh_token]\n    refresh_tokens: Opaque",
            "two generators of refresh tokens",
        )
        .accepts("authorization_server/rules", "#[refresh_token]\n    refresh_tokens: RefreshTokens"),
    error("rfc6749_section_6_a_generator_of_refresh_tokens_has_their_grant")
        .enforced_by("oauth-macros/src/authorization_server/fields.rs", "refresh_tokens_are_issued")
        .refuses(
            "authorization_server/fields",
            "#[refresh_token]\n    refresh_tokens: Opaque",
            "no grant issues refresh tokens (RFC 6749 §6)",
        )
        .accepts("authorization_server/rules", "#[refresh_token]\n    refresh_tokens: RefreshTokens"),
    error("rfc6749_section_1_5_one_field_does_not_make_both_tokens")
        .enforced_by("oauth-macros/src/authorization_server/fields.rs", "not_the_access_token_generator")
        .refuses(
            "authorization_server/generators",
            "#[access_token]\n    #[refresh_token]",
            "would be taken by every API (RFC 6749 §1.5)",
        )
        .accepts("authorization_server/rules", "#[refresh_token]\n    refresh_tokens: RefreshTokens"),
    error("rfc8725_section_3_12_a_refresh_token_is_no_access_token")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_refresh_tokens_are_no_access_tokens")
        .refuses(
            "authorization_server/generators",
            "#[refresh_token]\n    refresh_tokens: AccessTokens",
            "an API would take a refresh token for one",
        )
        .accepts("authorization_server/rules", "#[refresh_token]\n    refresh_tokens: RefreshTokens"),
    error("rfc6749_section_3_1_people_are_asked")
        .enforced_by("oauth-macros/src/authorization_server/fields.rs", "require_interaction")
        .refuses(
            "authorization_server/fields",
            "struct NobodyToAsk",
            "asks a person to log in and to agree (RFC 6749 §3.1)",
        )
        .accepts("authorization_server/rules", "#[interaction]\n    pages: LoginPages")
        .needs(&[Feature::AuthorizationEndpoint]),
    error("an_interaction_asks_people")
        .enforced_by("oauth-core/src/interaction/mod.rs", "Interaction")
        .refuses(
            "authorization_server/not_an_interaction",
            "pages: String",
            "cannot ask people to log in and to agree",
        )
        .accepts("authorization_server/rules", "#[interaction]\n    pages: LoginPages")
        .needs(&[Feature::AuthorizationEndpoint]),
    error("rfc8628_section_3_3_an_interaction_of_devices_knows_them")
        .enforced_by("oauth-core/src/interaction/device.rs", "DeviceInteraction")
        .refuses("authorization_server/missing_devices", "pages: Proxy", "cannot ask people about devices")
        .accepts("authorization_server/rules", "#[interaction]\n    pages: LoginPages")
        .needs(&[Feature::DeviceCode]),
    error("one_interaction_asks_people")
        .enforced_by("oauth-macros/src/authorization_server/fields.rs", "one_interaction")
        .refuses(
            "authorization_server/generators",
            "#[interaction]\n    more_pages: LoginPages",
            "one interaction asks people",
        )
        .accepts("authorization_server/rules", "#[interaction]\n    pages: LoginPages"),
    error("an_interaction_has_somebody_to_ask")
        .enforced_by("oauth-macros/src/authorization_server/fields.rs", "interaction_is_used")
        .refuses(
            "authorization_server/fields",
            "#[interaction]\n    pages: LoginPages",
            "no grant asks people",
        )
        .accepts("authorization_server/rules", "#[interaction]\n    pages: LoginPages"),
    error("rfc8414_section_2_a_server_has_an_issuer")
        .enforced_by("oauth-macros/src/authorization_server/check.rs", "require_issuer")
        .refuses(
            "authorization_server/arguments",
            "#[authorization_server(grants(client_credentials))]",
            "which its metadata must name (RFC 8414 §2)",
        )
        .accepts("authorization_server/rules", r#"issuer = "https://auth.example.com""#),
    error("rfc8414_section_2_the_server_or_its_generator_has_an_issuer")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_issuer_is_stated")
        .refuses(
            "authorization_server/agreement",
            "#[authorization_server(grants(client_credentials))]",
            "this generator states none either (RFC 8414 §2)",
        )
        .accepts("authorization_server/rules", r#"issuer = "https://auth.example.com""#),
    error("rfc8414_section_2_an_issuer_that_is_a_constant_keeps_the_same_rules")
        .enforced_by("oauth-core/src/__private/checks.rs", "checked_issuer")
        .refuses(
            "authorization_server/agreement",
            r#"concat!("http://", "auth.example.com")"#,
            "the issuer is http off loopback",
        )
        .accepts("authorization_server/rules", r#"concat!("https://", "auth.example.com")"#),
    error("an_issuer_is_in_a_field_that_exists")
        .enforced_by("oauth-macros/src/issuer.rs", "check_field")
        .refuses("authorization_server/fields", "issuer = self.isuer", "the struct has no field `isuer`")
        .accepts("authorization_server/rules", "issuer = self.issuer"),
    error("rfc9068_section_4_server_and_tokens_have_one_issuer")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_issuers_agree")
        .refuses(
            "authorization_server/agreement",
            "issuer = \"https://auth.example.com\")]\nstruct TwoIssuers",
            "name different issuers",
        )
        .accepts("authorization_server/rules", r#"issuer = "https://auth.example.com""#),
    error("oidc_core_section_2_something_signs_the_id_tokens")
        .enforced_by("oauth-macros/src/authorization_server/openid.rs", "require_signer")
        .refuses(
            "authorization_server/generators",
            "scopes(\"openid\"), issuer = \"https://auth.example.com\")]\nstruct Unsigned",
            "nothing signs the ID tokens",
        )
        .accepts("authorization_server/rules", "#[id_token]\n    id_tokens: IdTokenKeys")
        .needs(&[Feature::OpenId]),
    error("oidc_core_section_2_what_signs_id_tokens_has_keys")
        .enforced_by("oauth-core/src/openid/signer.rs", "IdTokenSigner")
        .refuses(
            "authorization_server/generators",
            "struct OpaqueIdTokens",
            "cannot sign ID tokens, which the scope `openid` asks for",
        )
        .accepts("authorization_server/rules", "#[id_token]\n    id_tokens: IdTokenKeys")
        .needs(&[Feature::OpenId]),
    error("one_signer_makes_the_id_tokens")
        .enforced_by("oauth-macros/src/authorization_server/openid.rs", "one_signer")
        .refuses(
            "authorization_server/generators",
            "#[id_token]\n    more_id_tokens: IdTokenKeys",
            "one signer makes the ID tokens",
        )
        .accepts("authorization_server/rules", "#[id_token]\n    id_tokens: IdTokenKeys"),
    error("oidc_core_section_15_1_id_tokens_can_be_signed_with_rs256")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_id_token_algorithm")
        .refuses(
            "authorization_server/generators",
            r#"algorithm = "ES256""#,
            "no key signs ID tokens with RS256",
        )
        .accepts("authorization_server/rules", r#"algorithm = "RS256""#)
        .needs(&[Feature::OpenId]),
    error("oidc_core_section_3_1_2_1_a_signer_of_id_tokens_needs_openid")
        .enforced_by("oauth-macros/src/authorization_server/openid.rs", "id_tokens_are_issued")
        .refuses(
            "authorization_server/generators",
            "scopes(\"profile\"), issuer = \"https://auth.example.com\")]\nstruct NoProvider",
            "the server issues no ID tokens",
        )
        .accepts("authorization_server/rules", "#[id_token]\n    id_tokens: IdTokenKeys"),
    error("oidc_core_section_3_1_2_1_a_field_of_openid_needs_openid")
        .enforced_by("oauth-macros/src/authorization_server/openid.rs", "field_is_read")
        .refuses(
            "authorization_server/openid_fields",
            "#[pairwise_key]\n    key: PairwiseKey",
            "only an OpenID provider gives clients pairwise identifiers",
        )
        .accepts("authorization_server/rules", "#[pairwise_key]\n    pairwise_key: PairwiseKey"),
    error("a_field_of_openid_is_marked_once")
        .enforced_by("oauth-macros/src/authorization_server/openid.rs", "one_openid_field")
        .refuses(
            "authorization_server/openid_fields",
            "#[pairwise_key]\n    another: PairwiseKey",
            "the server has one; remove this one",
        )
        .accepts("authorization_server/rules", "#[pairwise_key]\n    pairwise_key: PairwiseKey"),
    error("oidc_core_section_8_1_pairwise_identifiers_have_a_secret_salt")
        .enforced_by("oauth-core/src/__private/openid_fields.rs", "PairwiseKeyField")
        .refuses(
            "authorization_server/openid_fields",
            "key: SecretString",
            "is not a key of pairwise identifiers (OpenID Connect Core §8.1)",
        )
        .accepts("authorization_server/rules", "#[pairwise_key]\n    pairwise_key: PairwiseKey"),
    error("oidc_back_channel_logout_section_2_logouts_are_told_by_a_back_channel")
        .enforced_by("oauth-core/src/__private/openid_fields.rs", "BackChannelField")
        .refuses(
            "authorization_server/openid_fields",
            "back_channel: String",
            "does not tell clients of logouts",
        )
        .accepts("authorization_server/rules", "#[back_channel]\n    back_channel: BackChannel"),
];
