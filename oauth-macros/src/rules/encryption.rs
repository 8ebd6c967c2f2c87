//! Encryption algorithms, RFC 7518 §4.1 and §5.1.

use super::{Verdict, algorithm, all};
use crate::diagnostics::{did_you_mean, list};

/// A registered name, and that of the run-time enum's variant.
pub(crate) type Named = (&'static str, &'static str);

/// `alg`: how the recipient comes by the key.
pub(crate) const KEY_MANAGEMENT: [Named; 7] = [
    ("dir", "Dir"),
    ("A128KW", "A128KW"),
    ("A256KW", "A256KW"),
    ("RSA-OAEP-256", "RsaOaep256"),
    ("ECDH-ES", "EcdhEs"),
    ("ECDH-ES+A128KW", "EcdhEsA128KW"),
    ("ECDH-ES+A256KW", "EcdhEsA256KW"),
];

/// `enc`: how the content is encrypted.
pub(crate) const CONTENT_ENCRYPTION: [Named; 4] = [
    ("A128GCM", "A128GCM"),
    ("A256GCM", "A256GCM"),
    ("A128CBC-HS256", "A128CbcHs256"),
    ("A256CBC-HS512", "A256CbcHs512"),
];

/// The variant that `alg = "…"` names.
pub(crate) fn key_management(name: &str) -> Result<&'static str, String> {
    all(&[is_not_rsa1_5, is_not_sha_1, is_no_signature], name)?;
    known_key_management(name)
}

/// RFC 8725 §3.2: "Avoid all RSA-PKCS1 v1.5 encryption algorithms".
fn is_not_rsa1_5(name: &str) -> Verdict {
    if name == "RSA1_5" {
        return Err("`RSA1_5` tells an attacker about the key by its padding errors, and is forbidden (RFC 8725 §3.2); write `RSA-OAEP-256`".into());
    }
    Ok(())
}

/// RFC 7518 §4.3 has both.
fn is_not_sha_1(name: &str) -> Verdict {
    if name == "RSA-OAEP" {
        return Err(
            "`RSA-OAEP` rests on SHA-1 and is not offered; write `RSA-OAEP-256` (RFC 7518 §4.3)".into()
        );
    }
    Ok(())
}

/// RFC 7518 §3.1: these are for the other `alg`.
fn is_no_signature(name: &str) -> Verdict {
    if algorithm::KNOWN.contains(&name) {
        return Err(format!(
            "`{name}` signs: write `algorithm = \"{name}\"`; `alg` is how the key is encrypted (RFC 7518 §4.1)"
        ));
    }
    Ok(())
}

/// RFC 7518 §4.1 lists them.
fn known_key_management(name: &str) -> Result<&'static str, String> {
    variant(name, &KEY_MANAGEMENT, "key management algorithm", "RFC 7518 §4.1")
}

/// The variant that `enc = "…"` names. RFC 7518 §5.1 lists them.
pub(crate) fn content_encryption(name: &str) -> Result<&'static str, String> {
    variant(name, &CONTENT_ENCRYPTION, "content encryption algorithm", "RFC 7518 §5.1")
}

fn variant(name: &str, known: &[Named], noun: &str, section: &str) -> Result<&'static str, String> {
    let names = || known.iter().map(|(name, _)| *name);
    if let Some((_, variant)) = known.iter().find(|(known, _)| *known == name) {
        return Ok(variant);
    }
    // Names are compared in capitals; one is in small letters.
    let meant = if name.eq_ignore_ascii_case("dir") {
        ": did you mean `dir`?".to_owned()
    } else {
        did_you_mean(&name.to_ascii_uppercase(), names().filter(|known| *known != "dir"))
    };
    Err(format!("there is no {noun} `{name}`{meant}\nthose offered are {} ({section})", list(names())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors() {
        for (name, variant) in KEY_MANAGEMENT {
            assert_eq!(key_management(name), Ok(variant));
            assert!(content_encryption(name).is_err());
        }
        for (name, variant) in CONTENT_ENCRYPTION {
            assert_eq!(content_encryption(name), Ok(variant));
            assert!(key_management(name).is_err());
        }
        for (name, says) in [
            ("RSA1_5", "RFC 8725 §3.2"),
            ("RSA-OAEP", "SHA-1"),
            ("ES256", "write `algorithm = \"ES256\"`"),
            ("a256kw", "did you mean `A256KW`"),
            ("Dir", "did you mean `dir`"),
            ("ECDH-ES-A256KW", "did you mean `ECDH-ES+A256KW`"),
        ] {
            assert!(key_management(name).is_err_and(|reason| reason.contains(says)), "{name}");
        }
        assert!(content_encryption("A256GMC").is_err_and(|reason| reason.contains("did you mean `A256GCM`")));
        assert!(content_encryption("a128cbc-hs256").is_err_and(|reason| reason.contains("`A128CBC-HS256`?")));
    }
}
