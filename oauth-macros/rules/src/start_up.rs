//! The mistakes that only a run can tell.

rules! { "start_up" {
    /// Nobody would stay logged in, and everybody be asked again.
    ///
    /// - refused: `LoginPages::new().session_lifetime(NEVER)`
    start a_session_outlives_the_login = "the session lifetime of `LoginPages` is zero, so that everyone who logs in is asked again: write a second at least, or leave it out for 8 hours";
    /// RFC 9470 §5: a server that names classes answers a request for one with a login of it, or with an error.
    ///
    /// - refused: `LoginPages::new().acr("urn:example:pin")`
    start rfc9470_section_5_a_class_of_logins_can_be_reached = "`acr_values(…)` names classes of logins, and those of the interaction are {}: each request for one would be refused with `unmet_authentication_requirements` (RFC 9470 §5); write `LoginPages::new().acr(\"{}\")`, or what your own interaction's `acr_values` can reach, or remove `acr_values(…)`";
    /// RFC 8725 §3.1: "Each key MUST be used with exactly one algorithm".
    ///
    /// - refused: `Jwts(key(), JwtProfile::new().algorithm(Algorithm::ES384))`
    start rfc8725_section_3_1_a_key_signs_with_the_algorithm_that_is_said = "the token generator says algorithm = \"{}\", but its signing key has {} (RFC 8725 §3.1: one algorithm a key): call `.with_algorithm(Algorithm::{})` on the key, use another key, or leave the argument out";
    /// The same rule as for signatures.
    ///
    /// - refused: `Sealed(key(), recipient(), JWE.alg(KeyManagement::RsaOaep256))`
    start rfc8725_section_3_1_a_key_encrypts_with_the_algorithms_that_are_said = "the token generator says {} = \"{}\", but its encryption key has {} (RFC 8725 §3.1): call `{}` on the key, use another key, or leave the argument out";
    /// RFC 7009 §3: whoever is asked about a self-contained token has to know that it was revoked.
    ///
    /// - refused: `impl StoreRoles for Unlent`
    start rfc7009_section_3_a_validator_lends_what_is_revoked = "access tokens are self-contained, and the validator lends no store that can tell which of them are revoked (RFC 7009 §3): return the store of the role `tokens` from `StoreRoles::revocations`, and implement `RevocationStore` for it, as `SqliteStore` and `MemoryStore` do";
    /// RFC 7517 §4.5: "When "kid" values are used within a JWK Set, different keys within the JWK Set SHOULD use distinct "kid"
    /// values."
    ///
    /// - refused: `(key().with_kid("2024").unwrap(), key().with_kid("2024").unwrap())`
    start rfc7517_section_4_5_each_published_key_has_its_own_kid = "two published keys have the kid `{}`, so that no verifier could tell which is meant (RFC 7517 §4.5): give each its own";
    /// OIDC Core §10.1: who verifies a signature of HMAC knows the secret that makes it.
    ///
    /// - refused: `ids: KeyRing::new(secret)`
    start oidc_core_section_10_1_id_tokens_are_signed_with_public_keys = "ID tokens would be signed with {}, a secret that no client knows (OpenID Connect Core §10.1): add `#[id_token] id_tokens: IdTokenKeys` with a key for RS256, or sign the access tokens with one";
    /// RFC 8414 §2: a member of the metadata has one URL.
    ///
    /// - refused: `const ROUTE: Route = Route::endpoint("introspection_endpoint");`
    start rfc8414_section_2_a_member_of_the_metadata_has_one_url = "two endpoints are the metadata's `{}` (RFC 8414 §2): leave one out, or rename yours";
    /// A handler of the one would open to tokens of people who were shown the other.
    ///
    /// - refused: `#[scope("twins.read", "Read and delete your twins")]`
    start rfc6749_section_3_3_a_scope_says_one_thing = "the scope `{}` is two types that say different things of it, {} and {}: who allows one has not allowed the other (RFC 6749 §3.3); keep one type, or give the other a scope of its own";
    /// The key that signs, for example, may do what is denied: a macro does not see it.
    ///
    /// - refused: `SigningKey::hmac([7; 32], Algorithm::HS256)`
    start what_is_denied_is_not_done_by_a_key_of_the_run = "`{}` is denied, and the server does it all the same: {} ({})";
    /// RFC 6749 §2.3: "The authorization server MAY accept any form of client authentication meeting its security requirements":
    /// something must check it.
    ///
    /// - refused: `ClientAuthMethod::from_static("urn:example:mine")`
    start rfc6749_section_2_3_a_client_authentication_method_is_checked_by_something = "nothing here checks the client authentication method `{}` (RFC 6749 §2.3): add it to the environment by `client_authentication`, or remove it";
    /// One mistake that is told may hide another: here none does.
    ///
    /// - refused: `.code_lifetime(Duration::from_secs(601))`
    start every_mistake_is_told_at_once = "{} mistakes in the configuration:";
} }
