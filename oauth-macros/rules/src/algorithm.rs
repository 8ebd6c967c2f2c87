//! Signature algorithms, RFC 7518 §3.1 and RFC 8037 §3.1.

use crate::encryption::KEY_MANAGEMENT;

rules! { "token_generator" {
    /// RFC 8725 §3.2: "JWT libraries SHOULD NOT generate JWTs using "none" unless explicitly requested to do so by the caller."
    ///
    /// - refused: `algorithm = "none"`
    /// - accepted: `algorithm = "ES256"`
    error rfc8725_section_3_2_tokens_are_signed = "`none` signs nothing: anyone could write such a token (RFC 8725 §3.2); write `ES256`, for example";
    /// RFC 7518 §4.1: these are for the other `alg`.
    ///
    /// - refused: `algorithm = "A256KW"`
    /// - accepted: `algorithm = "ES256"`
    error rfc7518_section_3_1_a_signature_algorithm_signs = "`{}` encrypts and does not sign: write `alg = \"{}\"` for a `jwe`, and `algorithm = \"ES256\"` here, for example";
    /// RFC 7518 §3.1 and RFC 8037 §3.1 list them.
    ///
    /// - refused: `algorithm = "es256"`
    /// - accepted: `algorithm = "EdDSA"`
    error rfc7518_section_3_1_an_algorithm_has_a_known_name = "there is no algorithm `{}`{}\nthe algorithms are {} (RFC 7518 §3.1, RFC 8037 §3.1)";
} }

/// The algorithms that sign here. The names are also those of the run-time enum.
pub const KNOWN: &[&str] = &[
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384",
    "EdDSA",
];

/// Tells whether whoever checks a signature of the algorithm can make one: HMAC (RFC 9068 §2.1).
pub fn is_symmetric(name: &str) -> bool {
    name.starts_with("HS")
}

/// Judges the name of an algorithm; `meant` has words for one that is not known, such as `: did you mean …?`.
///
/// # Errors
///
/// Words about it.
pub fn check(name: &str, meant: impl FnOnce() -> alloc::string::String) -> Result<(), alloc::string::String> {
    if name.eq_ignore_ascii_case("none") {
        return Err(rfc8725_section_3_2_tokens_are_signed.words.into());
    }
    if KEY_MANAGEMENT.iter().any(|(known, _)| *known == name) {
        return Err(rfc7518_section_3_1_a_signature_algorithm_signs.says(&[&name, &name]));
    }
    if KNOWN.contains(&name) {
        return Ok(());
    }
    let known = crate::list::words(KNOWN.iter().copied());
    Err(rfc7518_section_3_1_an_algorithm_has_a_known_name.says(&[&name, &meant(), &known]))
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;

    #[test]
    fn vectors() {
        let check = |name| check(name, String::new);
        assert!(KNOWN.iter().all(|name| check(name).is_ok()));
        for name in ["none", "None", "NONE"] {
            assert!(check(name).is_err_and(|reason| reason.contains("RFC 8725")));
        }
        assert!(check("A256KW").is_err_and(|reason| reason.contains("write `alg = \"A256KW\"`")));
        for name in ["", "es256", "EDDSA", "RSA1_5", "ES512", "HS255", "A128KW"] {
            assert!(check(name).is_err(), "{name}");
        }
    }
}
