//! The requirements of `#[token_generator]` and its struct.

rules! { "token_generator" {
    /// - refused: `#[token_generator] struct NoFormat;`
    /// - accepted: `#[token_generator(opaque)]`
    error a_generator_names_its_format = "the format is missing: write `#[token_generator(opaque)]` or `#[token_generator(jwt, issuer = \"https://…\")]`";
    /// - refused: `#[token_generator(jvt,`
    /// - accepted: `#[token_generator(jwt,`
    error a_generator_has_a_known_format = "there is no token format `{}`{}\nthe formats are `jwt` (RFC 9068), `jwe` (the same, encrypted: RFC 7516) and `opaque` (random, looked up in the store)";
    /// - refused: `#[token_generator(jwt, opaque)]`
    /// - accepted: `#[token_generator(opaque, audience =`
    error a_generator_has_one_format = "a generator has one format: keep `{}` or `{}`";
    /// - refused: `#[token_generator(opaque)] impl NothingToCarry {}`
    /// - accepted: `#[token_generator(opaque)] struct Random;`
    error a_generator_is_a_struct_or_a_hook = "`#[token_generator(…)]` is for a struct, or for a method in a `#[validator] impl` block, not for `{}`{}";
    /// - refused: `#[token_generator(jwt)]`
    /// - accepted: `#[token_generator(jwt, issuer = ISSUER)]`
    error rfc9068_section_2_2_a_signed_token_names_its_issuer = "a `{}` names its issuer (RFC 9068 §2.2): add `issuer = \"https://auth.example.com\"`, `issuer = env!(\"…\")` or `issuer = self.field`";
    /// - refused: `#[token_generator(opaque, issuer = "https://auth.example.com"`
    /// - accepted: `#[token_generator(opaque)]`
    error rfc7662_section_2_2_the_server_tells_the_issuer_of_an_opaque_token = "an `opaque` token carries nothing, what it stands for is in the store: write `issuer` on the `#[authorization_server]`, or `jwt` here";
    /// - refused: `#[token_generator(jwt, issuer = self)]`
    /// - accepted: `issuer = self.r#issuer`
    error the_issuer_of_a_field_names_the_field = "name a field that holds the issuer: write `issuer = self.issuer`";
    /// - refused: `issuer = self.isuer`
    /// - accepted: `issuer = self.config.issuer`
    error an_issuer_is_in_a_field_that_exists = "the struct has no field `{}`: {}";
    /// - refused: `issuer: u32,`
    /// - accepted: `issuer: std::sync::Arc<str>,`
    error the_field_of_the_issuer_is_a_text = "the type `{}` does not hold an issuer";
    /// - refused: `#[token_generator(jwt, issuer = "https://auth.example.com")] struct NoKey;`
    /// - accepted: `#[signing_key] keys: KeyRing,`
    error rfc9068_section_2_1_a_signed_token_has_a_key = "a `{}` is signed (RFC 9068 §2.1), and no field has the key: mark one, such as `#[signing_key] keys: KeyRing`";
    /// - refused: `#[signing_key] second: SigningKey,`
    /// - accepted: `#[signing_key] key: SigningKey,`
    error rfc7515_section_4_1_4_one_key_signs = "one key signs; for several, one active, use one field of type `KeyRing`";
    /// - refused: `key: String,`
    /// - accepted: `#[signing_key] keys: K,`
    error rfc9068_section_2_1_a_signing_key_can_sign = "`{}` cannot sign tokens";
    /// - refused: `struct NoEncryptionKey {`
    /// - accepted: `#[encryption_key] resource: EncryptionKey,`
    error rfc7516_section_2_an_encrypted_token_has_a_recipient = "a `jwe` is encrypted (RFC 7516), and no field has the recipient's key: mark one, such as `#[encryption_key] resource: EncryptionKey`";
    /// - refused: `#[encryption_key] second: EncryptionKey,`
    /// - accepted: `#[encryption_key] resource: K,`
    error rfc7516_section_3_1_an_encrypted_token_has_one_recipient = "a compact JWE has one recipient (RFC 7516 §3.1); remove this one";
    /// - refused: `resource: SigningKey,`
    /// - accepted: `#[encryption_key] resource: EncryptionKey,`
    error rfc7516_section_5_1_an_encryption_key_can_encrypt = "`{}` cannot encrypt tokens";
    /// - refused: `#[token_generator(opaque, alg = "dir")]`
    /// - accepted: `enc = "A128CBC-HS256"`
    error rfc7516_section_4_1_only_a_jwe_says_how_it_is_encrypted = "`{}` says how a token is encrypted, and `{}` is not: write `jwe`, or remove it";
    /// - refused: `struct Random { #[encryption_key]`
    /// - accepted: `#[encryption_key] resource: EncryptionKey,`
    error rfc7516_section_4_1_only_a_jwe_is_encrypted = "a token of the format `{}` is not encrypted: write `jwe`, or remove the key";
    /// - refused: `issuer = "https://auth.example.com", entropy = 256`
    /// - accepted: `#[token_generator(opaque, audience =`
    error rfc6749_section_10_10_a_signed_token_is_not_guessed = "`entropy` is of tokens that are random, and a `{}` is signed instead: remove it, or write `opaque`";
    /// - refused: `issuer = "https://auth.example.com", prefix = "acme_"`
    /// - accepted: `#[token_generator(opaque, prefix = "acme_at_"`
    error rfc7519_section_3_a_signed_token_has_no_prefix = "a `{}` has no prefix, its form is fixed by RFC 7519 §3: remove `prefix`, or write `opaque`";
    /// - refused: `algorithm = "ES256", claims(tier = 3)`
    /// - accepted: `claims(tier = 3)`
    error rfc6749_section_1_4_an_opaque_token_carries_nothing = "an `opaque` token carries nothing, what it stands for is in the store: remove `{}`, or write `jwt`";
    /// RFC 7516 §2: who encrypts has the recipient's public key, which decrypts nothing.
    ///
    /// - refused: `alg = "ECDH-ES", self_contained`
    /// - accepted: `issuer = "https://auth.example.com", self_contained`
    both rfc7516_section_2_a_self_contained_token_can_be_read_by_its_server = "a `jwe` is read by its recipient alone, so that the server cannot tell what its own token stands for (RFC 7516 §2): write `jwt`, or remove `self_contained` to let the store keep them";
    /// A kept token is looked up, and one that the server itself has only signed is believed.
    ///
    /// - refused: `algorithm = "HS256", self_contained`
    /// - accepted: `algorithm = "ES256", self_contained`
    both rfc9068_section_2_1_a_self_contained_token_is_written_by_its_server_alone = "a self-contained token is all that the server knows of it, and with a shared secret every API could write one (RFC 9068 §2.1): sign with a key of which the public half is published, as by `algorithm = \"ES256\"`, or remove `self_contained`";
    /// - refused: `struct KeyForNothing { #[signing_key]`
    /// - accepted: `#[token_generator(opaque)]`
    error an_opaque_token_is_not_signed = "an `opaque` token is not signed: remove the key, or write `jwt`";
    /// - refused: `audience = ""`
    /// - accepted: `audience = "https://api.example.com"`
    both rfc9068_section_2_2_the_audience_is_named = "the audience is empty: name the resource that accepts the tokens (RFC 9068 §2.2), or leave `audience` out to name the issuer";
    /// - refused: `aud = "api"`
    /// - accepted: `audience = "https://api.example.com"`
    both rfc9068_section_2_2_the_audience_is_no_static_claim = "the audience is an argument of its own: write `audience = \"…\"` (RFC 9068 §2.2)";
    /// - refused: `tier = 3, tier = 4`
    /// - accepted: `tier = 3, plan = "gold"`
    error rfc7519_section_4_static_claims_have_different_names = "the claim `{}` is given twice: keep one";
    /// - refused: `when = now()`
    /// - accepted: `roles = ["a", "b",]`
    error rfc7519_section_4_a_static_claim_is_a_json_value = "the static claim `{}` is a literal: a string, a number, `true`, `false`, or a list of them in `[…]`\nfor a value that depends on the request, write a `#[claim]` method in the `#[validator] impl`";
} }
