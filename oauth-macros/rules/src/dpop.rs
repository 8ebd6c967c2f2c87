//! Tokens that are bound to keys of clients, RFC 9449, as a server offers them.

rules! { "authorization_server" {
    /// RFC 9449 §8: the server "MAY" supply nonces, and §11.3 says what it gets from demanding them.
    ///
    /// - refused: `dpop(nonces = "sometimes")`
    /// - accepted: `dpop(nonces = "required")`
    error rfc9449_section_8_nonces_are_off_healing_or_required = "there is no choice `{}` for `nonces`{}\nthe choices are `off`, `healing` (proofs whose clock is off need one, the default) and `required` (all do, RFC 9449 §11.3)";
    /// RFC 9449 §11.1: "To prevent multiple uses of the same DPoP proof, servers can store […] the jti value of each DPoP proof".
    ///
    /// - refused: `struct NobodyRemembers`
    /// - accepted: `dpop(nonces = "required")`
    both rfc9449_section_11_1_proofs_have_a_store_for_their_identifiers = "`dpop` needs a store for the identifiers of used proofs (RFC 9449 §11.1), or one could be replayed: add `#[store] store: SqliteStore` (all roles) or `#[replay_ids] replay_ids: …` to the `#[validator]` struct";
    /// A key that makes nothing was meant for something.
    ///
    /// - refused: `struct NoNonces`
    /// - accepted: `#[dpop_nonce_key] nonces: NonceKey`
    both rfc9449_section_8_a_key_of_nonces_makes_some = "this is the key of the nonces of DPoP proofs (RFC 9449 §8), and {}, or remove this field";
    /// - refused: `#[dpop_nonce_key] others: NonceKey`
    /// - accepted: `#[dpop_nonce_key] nonces: NonceKey`
    error one_key_makes_the_nonces = "one key makes the nonces; remove this one";
    /// - refused: `#[dpop_nonce_key] nonces: String`
    /// - accepted: `#[dpop_nonce_key] nonces: NonceKey`
    error rfc9449_section_8_nonces_have_a_secret_key = "is not a key of DPoP nonces (RFC 9449 §8)";
} }

/// The choices of `nonces`, each with its variant in the run-time crate.
pub const NONCES: [(&str, &str); 3] = [("off", "Off"), ("healing", "Healing"), ("required", "Required")];
