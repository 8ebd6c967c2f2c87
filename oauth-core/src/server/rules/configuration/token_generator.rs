//! The rules of `#[token_generator]`.

use super::{Rule, RuleKind};

const fn error(name: &'static str) -> Rule {
    Rule::new(RuleKind::CompileTime, "token_generator", name)
}

/// Each with the function that enforces it, a mistake that it refuses, and what it accepts.
pub(super) const RULES: &[Rule] = &[
    // The format.
    error("a_generator_names_its_format")
        .enforced_by("oauth-macros/src/token_generator/format.rs", "check_given")
        .refuses(
            "token_generator/arguments",
            "#[token_generator]
struct NoFormat;",
            "the format is missing",
        )
        .accepts("token_generator/formats", "#[token_generator(opaque)]"),
    error("a_generator_has_a_known_format")
        .enforced_by("oauth-macros/src/token_generator/format.rs", "check_known")
        .refuses(
            "token_generator/arguments",
            "#[token_generator(jvt,",
            "there is no token format `jvt`: did you mean `jwt`?",
        )
        .accepts("token_generator/formats", "#[token_generator(jwt,"),
    error("a_generator_has_one_format")
        .enforced_by("oauth-macros/src/token_generator/format.rs", "check_one")
        .refuses(
            "token_generator/arguments",
            "#[token_generator(jwt, opaque)]",
            "a generator has one format: keep `jwt` or `opaque`",
        )
        .accepts("token_generator/formats", "#[token_generator(opaque, audience ="),
    error("a_generator_is_a_struct_or_a_hook")
        .enforced_by("oauth-macros/src/token_generator/mod.rs", "misplaced")
        .refuses(
            "token_generator/arguments",
            "#[token_generator(opaque)]
impl NothingToCarry {}",
            "is for a struct, or for a method in a `#[validator] impl` block",
        )
        .accepts(
            "token_generator/formats",
            "#[token_generator(opaque)]
struct Random;",
        ),
    error("an_argument_has_a_known_name")
        .enforced_by("oauth-macros/src/args.rs", "finish")
        .refuses(
            "token_generator/arguments",
            r#"isuer = "https://auth.example.com""#,
            "has no argument `isuer`: did you mean `issuer`?",
        )
        .accepts("token_generator/formats", r#"issuer = "https://auth.example.com""#),
    error("an_argument_is_given_once")
        .enforced_by("oauth-macros/src/args.rs", "take")
        .refuses(
            "token_generator/arguments",
            r#"issuer = "https://auth.example.com", issuer = "https://auth.example.com""#,
            "`issuer` is given twice: keep one",
        )
        .accepts(
            "token_generator/formats",
            r#"issuer = "https://auth.example.com",
    audience ="#,
        ),
    // The issuer.
    error("rfc9068_section_2_2_a_signed_token_names_its_issuer")
        .enforced_by("oauth-macros/src/token_generator/check.rs", "check_issuer")
        .refuses(
            "token_generator/issuer",
            "#[token_generator(jwt)]",
            "a `jwt` names its issuer (RFC 9068 §2.2)",
        )
        .accepts("token_generator/formats", "#[token_generator(jwt, issuer = ISSUER)]"),
    error("rfc7662_section_2_2_the_server_tells_the_issuer_of_an_opaque_token")
        .enforced_by("oauth-macros/src/token_generator/opaque.rs", "check_no_issuer")
        .refuses(
            "token_generator/arguments",
            r#"#[token_generator(opaque, issuer = "https://auth.example.com""#,
            "write `issuer` on the `#[authorization_server]`, or `jwt` here",
        )
        .accepts("token_generator/formats", "#[token_generator(opaque)]"),
    error("rfc8414_section_2_the_issuer_is_not_empty")
        .enforced_by("oauth-macros/src/rules/issuer.rs", "is_not_empty")
        .refuses(
            "token_generator/issuer",
            r#"issuer = """#,
            "is empty: it is the https URL of your server (RFC 8414 §2)",
        )
        .accepts("token_generator/formats", r#"issuer = "https://auth.example.com""#),
    error("rfc8414_section_2_the_issuer_is_an_https_url")
        .enforced_by("oauth-macros/src/rules/issuer.rs", "is_https_url")
        .refuses(
            "token_generator/issuer",
            r#"issuer = "ftp://auth.example.com""#,
            "`ftp://auth.example.com` is not an https URL (RFC 8414 §2)",
        )
        .accepts("token_generator/formats", r#"issuer = "https://auth.example.com""#),
    error("rfc8414_section_2_http_is_for_loopback")
        .enforced_by("oauth-macros/src/rules/issuer.rs", "is_http_on_loopback_only")
        .refuses("token_generator/issuer", r#"issuer = "http://auth.example.com""#, "is http off loopback")
        .accepts("token_generator/formats", r#"issuer = "http://localhost:8080/tenant-1""#),
    error("rfc8414_section_2_the_issuer_has_no_query_and_no_fragment")
        .enforced_by("oauth-macros/src/rules/issuer.rs", "has_no_query_and_no_fragment")
        .refuses(
            "token_generator/issuer",
            r#"issuer = "https://auth.example.com?tenant=1""#,
            "has a query or a fragment",
        )
        .accepts("token_generator/formats", r#"issuer = "https://auth.example.com""#),
    error("rfc8414_section_2_the_issuer_has_a_host")
        .enforced_by("oauth-macros/src/rules/issuer.rs", "has_host")
        .refuses("token_generator/issuer", r#"issuer = "https://""#, "has no host (RFC 8414 §2)")
        .accepts("token_generator/formats", r#"issuer = "https://auth.example.com""#),
    error("rfc8414_section_3_3_the_issuer_has_no_slash_at_its_end")
        .enforced_by("oauth-macros/src/rules/issuer.rs", "has_no_slash_at_its_end")
        .refuses("token_generator/issuer", r#"issuer = "https://auth.example.com/""#, "ends with `/`")
        .accepts("token_generator/formats", r#"issuer = "https://auth.example.com""#),
    error("rfc3986_section_7_6_the_issuer_has_no_user_information")
        .enforced_by("oauth-macros/src/rules/issuer.rs", "has_no_user_information")
        .refuses(
            "token_generator/issuer",
            r#"issuer = "https://user@auth.example.com""#,
            "has user information",
        )
        .accepts("token_generator/formats", r#"issuer = "https://auth.example.com""#),
    error("rfc3986_section_3_2_3_the_issuer_has_a_proper_port")
        .enforced_by("oauth-macros/src/rules/issuer.rs", "has_proper_port")
        .refuses(
            "token_generator/issuer",
            r#"issuer = "https://auth.example.com:port""#,
            "has a malformed port",
        )
        .accepts("token_generator/formats", r#"issuer = "http://localhost:8080/tenant-1""#),
    error("rfc3986_section_2_the_issuer_is_ascii")
        .enforced_by("oauth-macros/src/rules/issuer.rs", "has_characters_of_urls")
        .refuses(
            "token_generator/issuer",
            r#"issuer = "https://auth.example.com/größe""#,
            "has characters that no URL has (RFC 3986 §2)",
        )
        .accepts("token_generator/formats", r#"issuer = "https://auth.example.com""#),
    error("rfc3986_section_2_3_the_path_of_the_issuer_is_unreserved")
        .enforced_by("oauth-macros/src/rules/issuer.rs", "has_unreserved_path")
        .refuses(
            "token_generator/issuer",
            r#"issuer = "https://auth.example.com/a%20b""#,
            "has a path with other than unreserved characters",
        )
        .accepts("token_generator/formats", r#"issuer = "http://localhost:8080/tenant-1""#),
    error("rfc8414_section_2_an_issuer_that_is_a_constant_keeps_the_same_rules")
        .enforced_by("oauth-core/src/__private/checks.rs", "checked_issuer")
        .refuses(
            "token_generator/constant_issuer",
            r#"issuer = concat!("http://", "auth.example.com")"#,
            "the issuer is http off loopback",
        )
        .accepts(
            "token_generator/formats",
            r#"issuer = concat!("https://", env!("CARGO_PKG_NAME"), ".example.com")"#,
        ),
    error("the_issuer_of_a_field_names_the_field")
        .enforced_by("oauth-macros/src/issuer.rs", "check_names_a_field")
        .refuses(
            "token_generator/issuer",
            "#[token_generator(jwt, issuer = self)]",
            "name a field that holds the issuer",
        )
        .accepts("token_generator/formats", "issuer = self.r#issuer"),
    error("an_issuer_is_in_a_field_that_exists")
        .enforced_by("oauth-macros/src/issuer.rs", "check_field")
        .refuses(
            "token_generator/issuer",
            "issuer = self.isuer",
            "the struct has no field `isuer`: did you mean `self.issuer`?",
        )
        .accepts("token_generator/formats", "issuer = self.config.issuer"),
    error("the_field_of_the_issuer_is_a_text")
        .enforced_by("oauth-core/src/__private.rs", "issuer_text")
        .refuses("token_generator/types", "issuer: u32,", "the type `u32` does not hold an issuer")
        .accepts("token_generator/formats", "issuer: std::sync::Arc<str>,"),
    // Signatures.
    error("rfc9068_section_2_1_a_signed_token_has_a_key")
        .enforced_by("oauth-macros/src/token_generator/check.rs", "check_signing_key")
        .refuses(
            "token_generator/literals",
            r#"#[token_generator(jwt, issuer = "https://auth.example.com")]
struct NoKey;"#,
            "a `jwt` is signed (RFC 9068 §2.1)",
        )
        .accepts(
            "token_generator/formats",
            "#[signing_key]
    keys: KeyRing,",
        ),
    error("rfc7515_section_4_1_4_one_key_signs")
        .enforced_by("oauth-macros/src/token_generator/check.rs", "check_one_signing_key")
        .refuses(
            "token_generator/literals",
            "#[signing_key]
    second: SigningKey,",
            "one key signs; for several, one active, use one field of type `KeyRing`",
        )
        .accepts(
            "token_generator/formats",
            "#[signing_key]
    key: SigningKey,",
        ),
    error("rfc9068_section_2_1_a_signing_key_can_sign")
        .enforced_by("oauth-core/src/__private.rs", "signing_keys")
        .refuses("token_generator/types", "key: String,", "`String` cannot sign tokens")
        .accepts(
            "token_generator/formats",
            "#[signing_key]
    keys: K,",
        ),
    error("rfc8725_section_3_2_tokens_are_signed")
        .enforced_by("oauth-macros/src/rules/algorithm.rs", "is_not_none")
        .refuses("token_generator/literals", r#"algorithm = "none""#, "`none` signs nothing")
        .accepts("token_generator/formats", r#"algorithm = "ES256""#),
    error("rfc7518_section_3_1_an_algorithm_has_a_known_name")
        .enforced_by("oauth-macros/src/rules/algorithm.rs", "is_known")
        .refuses(
            "token_generator/literals",
            r#"algorithm = "es256""#,
            "there is no algorithm `es256`: did you mean `ES256`?",
        )
        .accepts("token_generator/formats", r#"algorithm = "EdDSA""#),
    error("rfc7518_section_3_1_a_signature_algorithm_signs")
        .enforced_by("oauth-macros/src/rules/algorithm.rs", "is_no_encryption")
        .refuses(
            "token_generator/encryption",
            r#"algorithm = "A256KW""#,
            "`A256KW` encrypts and does not sign",
        )
        .accepts("token_generator/formats", r#"algorithm = "ES256""#),
    // Encryption.
    error("rfc7516_section_2_an_encrypted_token_has_a_recipient")
        .enforced_by("oauth-macros/src/token_generator/encryption.rs", "check_key")
        .refuses("token_generator/encryption", "struct NoEncryptionKey {", "a `jwe` is encrypted (RFC 7516)")
        .accepts(
            "token_generator/formats",
            "#[encryption_key]
    resource: EncryptionKey,",
        ),
    error("rfc7516_section_3_1_an_encrypted_token_has_one_recipient")
        .enforced_by("oauth-macros/src/token_generator/encryption.rs", "check_one_recipient")
        .refuses(
            "token_generator/encryption",
            "#[encryption_key]
    second: EncryptionKey,",
            "a compact JWE has one recipient (RFC 7516 §3.1)",
        )
        .accepts(
            "token_generator/formats",
            "#[encryption_key]
    resource: K,",
        ),
    error("rfc7516_section_5_1_an_encryption_key_can_encrypt")
        .enforced_by("oauth-core/src/__private.rs", "encryption_key")
        .refuses("token_generator/types", "resource: SigningKey,", "cannot encrypt tokens")
        .accepts(
            "token_generator/formats",
            "#[encryption_key]
    resource: EncryptionKey,",
        ),
    error("rfc8725_section_3_2_rsa1_5_is_not_used")
        .enforced_by("oauth-macros/src/rules/encryption.rs", "is_not_rsa1_5")
        .refuses(
            "token_generator/encryption",
            r#"alg = "RSA1_5""#,
            "`RSA1_5` tells an attacker about the key",
        )
        .accepts("token_generator/formats", r#"alg = "ECDH-ES+A128KW""#),
    error("rfc7518_section_4_3_sha_1_is_not_used")
        .enforced_by("oauth-macros/src/rules/encryption.rs", "is_not_sha_1")
        .refuses("token_generator/encryption", r#"alg = "RSA-OAEP""#, "`RSA-OAEP` rests on SHA-1")
        .accepts("token_generator/formats", r#"alg = "ECDH-ES+A128KW""#),
    error("rfc7518_section_4_1_a_key_management_algorithm_encrypts")
        .enforced_by("oauth-macros/src/rules/encryption.rs", "is_no_signature")
        .refuses("token_generator/encryption", r#"alg = "ES256""#, "`ES256` signs: write `algorithm")
        .accepts("token_generator/formats", r#"alg = "ECDH-ES+A128KW""#),
    error("rfc7518_section_4_1_a_key_management_algorithm_is_known")
        .enforced_by("oauth-macros/src/rules/encryption.rs", "known_key_management")
        .refuses("token_generator/encryption", r#"alg = "RSA-OEAP-256""#, "did you mean `RSA-OAEP-256`?")
        .accepts("token_generator/formats", r#"alg = "ECDH-ES+A128KW""#),
    error("rfc7518_section_5_1_a_content_encryption_algorithm_is_known")
        .enforced_by("oauth-macros/src/rules/encryption.rs", "content_encryption")
        .refuses(
            "token_generator/encryption",
            r#"enc = "AES256GCM""#,
            "there is no content encryption algorithm `AES256GCM`",
        )
        .accepts("token_generator/formats", r#"enc = "A128CBC-HS256""#),
    error("rfc7516_section_4_1_only_a_jwe_says_how_it_is_encrypted")
        .enforced_by("oauth-macros/src/token_generator/encryption.rs", "check_no_algorithms")
        .refuses(
            "token_generator/encryption",
            r#"#[token_generator(opaque, alg = "dir")]"#,
            "`alg` says how a token is encrypted, and `opaque` is not",
        )
        .accepts("token_generator/formats", r#"enc = "A128CBC-HS256""#),
    error("rfc7516_section_4_1_only_a_jwe_is_encrypted")
        .enforced_by("oauth-macros/src/token_generator/encryption.rs", "check_nothing_to_encrypt")
        .refuses(
            "token_generator/encryption",
            "struct Random {
    #[encryption_key]",
            "a token of the format `opaque` is not encrypted",
        )
        .accepts(
            "token_generator/formats",
            "#[encryption_key]
    resource: EncryptionKey,",
        ),
    // Opaque tokens.
    error("rfc6749_section_10_10_a_token_cannot_be_guessed")
        .enforced_by("oauth-macros/src/rules/entropy.rs", "is_enough")
        .refuses(
            "token_generator/literals",
            "#[token_generator(opaque, entropy = 64)]",
            "`entropy = 64` can be guessed",
        )
        .accepts("token_generator/formats", "entropy = 128"),
    error("a_token_is_as_long_as_it_need_be")
        .enforced_by("oauth-macros/src/rules/entropy.rs", "is_not_too_much")
        .refuses("token_generator/literals", "entropy = 4096", "makes tokens longer and no safer")
        .accepts("token_generator/formats", "entropy = 128"),
    error("rfc6749_section_10_10_a_signed_token_is_not_guessed")
        .enforced_by("oauth-macros/src/token_generator/opaque.rs", "check_nothing_to_guess")
        .refuses(
            "token_generator/arguments",
            r#"issuer = "https://auth.example.com", entropy = 256"#,
            "`entropy` is of tokens that are random",
        )
        .accepts("token_generator/formats", "#[token_generator(opaque, audience ="),
    error("rfc6750_section_2_1_a_prefix_fits_bearer_tokens")
        .enforced_by("oauth-macros/src/rules/token_prefix.rs", "has_characters_of_bearer_tokens")
        .refuses("token_generator/literals", r#"prefix = "acme at ""#, "a bearer token has letters, digits")
        .accepts("token_generator/formats", r#"prefix = "acme_at_""#),
    error("a_prefix_is_not_empty")
        .enforced_by("oauth-macros/src/rules/token_prefix.rs", "is_not_empty")
        .refuses("token_generator/literals", r#"prefix = """#, "the prefix `` is empty")
        .accepts("token_generator/formats", r#"prefix = "acme_at_""#),
    error("a_prefix_is_short")
        .enforced_by("oauth-macros/src/rules/token_prefix.rs", "is_short")
        .refuses(
            "token_generator/literals",
            r#"prefix = "a_prefix_that_is_longer_than_the_token_""#,
            "32 are enough to recognise a token",
        )
        .accepts("token_generator/formats", r#"prefix = "acme_at_""#),
    error("rfc7519_section_3_a_signed_token_has_no_prefix")
        .enforced_by("oauth-macros/src/token_generator/opaque.rs", "check_no_prefix")
        .refuses(
            "token_generator/arguments",
            r#"issuer = "https://auth.example.com", prefix = "acme_""#,
            "a `jwt` has no prefix",
        )
        .accepts("token_generator/formats", r#"#[token_generator(opaque, prefix = "acme_at_""#),
    error("rfc6749_section_1_4_an_opaque_token_carries_nothing")
        .enforced_by("oauth-macros/src/token_generator/opaque.rs", "check_carries_nothing")
        .refuses(
            "token_generator/arguments",
            r#"algorithm = "ES256", claims(tier = 3)"#,
            "an `opaque` token carries nothing",
        )
        .accepts("token_generator/formats", "claims(tier = 3)"),
    error("an_opaque_token_is_not_signed")
        .enforced_by("oauth-macros/src/token_generator/opaque.rs", "check_unsigned")
        .refuses(
            "token_generator/literals",
            "struct KeyForNothing {
    #[signing_key]",
            "an `opaque` token is not signed",
        )
        .accepts("token_generator/formats", "#[token_generator(opaque)]"),
    // What a token says, and for how long.
    error("rfc6750_section_5_3_tokens_are_short_lived")
        .enforced_by("oauth-macros/src/token_generator/check.rs", "check_expires_in")
        .refuses(
            "token_generator/literals",
            r#"expires_in = "2000d""#,
            "a bearer token is short-lived (RFC 6750 §5.3)",
        )
        .accepts("token_generator/formats", r#"expires_in = "1h30m""#),
    error("rfc6749_section_5_1_a_lifetime_is_not_zero")
        .enforced_by("oauth-macros/src/literal.rs", "check_not_zero")
        .refuses("token_generator/literals", r#"expires_in = "0s""#, "`expires_in` is zero")
        .accepts("token_generator/formats", r#"expires_in = "5m""#),
    error("rfc6749_section_5_1_a_lifetime_has_a_unit")
        .enforced_by("oauth-macros/src/rules/duration.rs", "parse")
        .refuses(
            "token_generator/literals",
            r#"expires_in = "15""#,
            "has no unit: write `s`, `m`, `h` or `d`",
        )
        .accepts("token_generator/formats", r#"expires_in = "1h30m""#),
    error("rfc9068_section_2_2_the_audience_is_named")
        .enforced_by("oauth-macros/src/token_generator/check.rs", "check_audience")
        .refuses("token_generator/literals", r#"audience = """#, "the audience is empty")
        .accepts("token_generator/formats", r#"audience = "https://api.example.com""#),
    error("rfc7519_section_4_1_registered_claims_are_ours")
        .enforced_by("oauth-macros/src/token_generator/claims.rs", "check_name")
        .refuses(
            "token_generator/literals",
            "exp = 3",
            "the claim `exp` is set by the framework (RFC 7519 §4.1)",
        )
        .accepts("token_generator/formats", "tier = 3"),
    error("rfc9068_section_2_2_the_audience_is_no_static_claim")
        .enforced_by("oauth-macros/src/token_generator/claims.rs", "check_no_audience")
        .refuses("token_generator/literals", r#"aud = "api""#, "the audience is an argument of its own")
        .accepts("token_generator/formats", r#"audience = "https://api.example.com""#),
    error("rfc7519_section_4_static_claims_have_different_names")
        .enforced_by("oauth-macros/src/token_generator/claims.rs", "check_once")
        .refuses(
            "token_generator/literals",
            "tier = 3,
        tier = 4",
            "the claim `tier` is given twice: keep one",
        )
        .accepts("token_generator/formats", r#"tier = 3, plan = "gold""#),
    error("rfc7519_section_4_a_static_claim_is_a_json_value")
        .enforced_by("oauth-macros/src/token_generator/claims.rs", "check_value")
        .refuses("token_generator/literals", "when = now()", "the static claim `when` is a literal")
        .accepts("token_generator/formats", r#"roles = ["a", "b",]"#),
];
