//! Signature algorithms, RFC 7518 §3.1 and RFC 8037 §3.1.

use super::{Verdict, all, encryption};
use crate::diagnostics::{did_you_mean, list};

/// What signs here. The names are also those of the run-time enum.
pub(crate) const KNOWN: [&str; 12] = [
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384",
    "EdDSA",
];

pub(crate) fn check(name: &str) -> Verdict {
    all(&[is_not_none, is_no_encryption, is_known], name)
}

/// RFC 8725 §3.2: "JWT libraries SHOULD NOT generate JWTs using "none" unless explicitly requested to do so by the caller."
fn is_not_none(name: &str) -> Verdict {
    if name.eq_ignore_ascii_case("none") {
        return Err("`none` signs nothing: anyone could write such a token (RFC 8725 §3.2); write `ES256`, for example".into());
    }
    Ok(())
}

/// RFC 7518 §4.1: these are for the other `alg`.
fn is_no_encryption(name: &str) -> Verdict {
    if encryption::KEY_MANAGEMENT.iter().any(|(known, _)| *known == name) {
        return Err(format!(
            "`{name}` encrypts and does not sign: write `alg = \"{name}\"` for a `jwe`, and `algorithm = \"ES256\"` here, for example"
        ));
    }
    Ok(())
}

/// RFC 7518 §3.1 and RFC 8037 §3.1 list them.
fn is_known(name: &str) -> Verdict {
    if KNOWN.contains(&name) {
        return Ok(());
    }
    let meant =
        did_you_mean(&name.to_ascii_uppercase(), KNOWN.iter().copied().filter(|known| *known != "EdDSA"));
    let meant = if name.eq_ignore_ascii_case("eddsa") { ": did you mean `EdDSA`?".to_owned() } else { meant };
    Err(format!(
        "there is no algorithm `{name}`{meant}\nthe algorithms are {} (RFC 7518 §3.1, RFC 8037 §3.1)",
        list(KNOWN)
    ))
}

/// RFC 9068 §2.1 wants asymmetric keys: who checks an HMAC can make one.
pub(crate) fn is_asymmetric(name: &str) -> Verdict {
    if name.starts_with("HS") {
        return Err(format!(
            "`{name}` needs the issuer's secret, with which this server could write tokens of its own (RFC 9068 §2.1): write `ES256`, for example, or use `introspection`"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors() {
        assert!(KNOWN.iter().all(|name| check(name).is_ok()));
        for name in ["none", "None", "NONE"] {
            assert!(check(name).is_err_and(|reason| reason.contains("RFC 8725")));
        }
        assert!(check("es256").is_err_and(|reason| reason.contains("did you mean `ES256`")));
        assert!(check("A256KW").is_err_and(|reason| reason.contains("write `alg = \"A256KW\"`")));
        assert!(check("EDDSA").is_err_and(|reason| reason.contains("did you mean `EdDSA`")));
        for name in ["", "RSA1_5", "ES512", "HS255", "A128KW"] {
            assert!(check(name).is_err(), "{name}");
        }
    }
}
