//! Encryption algorithms, RFC 7518 §4.1 and §5.1.

use alloc::string::String;

use crate::{Rule, algorithm};

rules! { "token_generator" {
    /// RFC 8725 §3.2: "Avoid all RSA-PKCS1 v1.5 encryption algorithms".
    ///
    /// - refused: `alg = "RSA1_5"`
    /// - accepted: `alg = "ECDH-ES+A128KW"`
    error rfc8725_section_3_2_rsa1_5_is_not_used = "`RSA1_5` tells an attacker about the key by its padding errors, and is forbidden (RFC 8725 §3.2); write `RSA-OAEP-256`";
    /// RFC 7518 §4.3 has both.
    ///
    /// - refused: `alg = "RSA-OAEP"`
    /// - accepted: `alg = "ECDH-ES+A128KW"`
    error rfc7518_section_4_3_sha_1_is_not_used = "`RSA-OAEP` rests on SHA-1 and is not offered; write `RSA-OAEP-256` (RFC 7518 §4.3)";
    /// RFC 7518 §3.1: these are for the other `alg`.
    ///
    /// - refused: `alg = "ES256"`
    /// - accepted: `alg = "ECDH-ES+A128KW"`
    error rfc7518_section_4_1_a_key_management_algorithm_encrypts = "`{}` signs: write `algorithm = \"{}\"`; `alg` is how the key is encrypted (RFC 7518 §4.1)";
    /// RFC 7518 §4.1 lists them.
    ///
    /// - refused: `alg = "RSA-OEAP-256"`
    /// - accepted: `alg = "ECDH-ES+A128KW"`
    error rfc7518_section_4_1_a_key_management_algorithm_is_known = "there is no key management algorithm `{}`{}\nthose offered are {} (RFC 7518 §4.1)";
    /// RFC 7518 §5.1 lists them.
    ///
    /// - refused: `enc = "AES256GCM"`
    /// - accepted: `enc = "A128CBC-HS256"`
    error rfc7518_section_5_1_a_content_encryption_algorithm_is_known = "there is no content encryption algorithm `{}`{}\nthose offered are {} (RFC 7518 §5.1)";
} }

/// A registered name, and that of the run-time enum's variant.
pub type Named = (&'static str, &'static str);

/// `alg`: how the recipient comes by the key.
pub const KEY_MANAGEMENT: &[Named] = &[
    ("dir", "Dir"),
    ("A128KW", "A128KW"),
    ("A256KW", "A256KW"),
    ("RSA-OAEP-256", "RsaOaep256"),
    ("ECDH-ES", "EcdhEs"),
    ("ECDH-ES+A128KW", "EcdhEsA128KW"),
    ("ECDH-ES+A256KW", "EcdhEsA256KW"),
];

/// `enc`: how the content is encrypted.
pub const CONTENT_ENCRYPTION: &[Named] = &[
    ("A128GCM", "A128GCM"),
    ("A256GCM", "A256GCM"),
    ("A128CBC-HS256", "A128CbcHs256"),
    ("A256CBC-HS512", "A256CbcHs512"),
];

/// The words for a name that is not among the known.
pub type Meant = fn(&str, &'static [Named]) -> String;

/// The variant that `alg = "…"` names.
///
/// # Errors
///
/// Words about it.
pub fn key_management(name: &str, meant: Meant) -> Result<&'static str, String> {
    if name == "RSA1_5" {
        return Err(rfc8725_section_3_2_rsa1_5_is_not_used.words.into());
    }
    if name == "RSA-OAEP" {
        return Err(rfc7518_section_4_3_sha_1_is_not_used.words.into());
    }
    if algorithm::KNOWN.contains(&name) {
        return Err(rfc7518_section_4_1_a_key_management_algorithm_encrypts.says(&[&name, &name]));
    }
    variant(name, KEY_MANAGEMENT, &rfc7518_section_4_1_a_key_management_algorithm_is_known, meant)
}

/// The variant that `enc = "…"` names.
///
/// # Errors
///
/// Words about it.
pub fn content_encryption(name: &str, meant: Meant) -> Result<&'static str, String> {
    variant(name, CONTENT_ENCRYPTION, &rfc7518_section_5_1_a_content_encryption_algorithm_is_known, meant)
}

fn variant(
    name: &str,
    known: &'static [Named],
    rule: &'static Rule,
    meant: Meant,
) -> Result<&'static str, String> {
    let names = || known.iter().map(|(name, _)| *name);
    known
        .iter()
        .find_map(|(known, variant)| (*known == name).then_some(*variant))
        .ok_or_else(|| rule.says(&[&name, &meant(name, known), &crate::list::words(names())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors() {
        let (alg, enc) = (
            |name| key_management(name, |_, _| String::new()),
            |name| content_encryption(name, |_, _| String::new()),
        );
        for (name, variant) in KEY_MANAGEMENT {
            assert_eq!(alg(name), Ok(*variant));
            assert!(enc(name).is_err());
        }
        for (name, variant) in CONTENT_ENCRYPTION {
            assert_eq!(enc(name), Ok(*variant));
            assert!(alg(name).is_err());
        }
        for (name, says) in [
            ("RSA1_5", "RFC 8725 §3.2"),
            ("RSA-OAEP", "SHA-1"),
            ("ES256", "write `algorithm = \"ES256\"`"),
            ("a256kw", "there is no key management algorithm"),
        ] {
            assert!(alg(name).is_err_and(|reason| reason.contains(says)), "{name}");
        }
    }
}
