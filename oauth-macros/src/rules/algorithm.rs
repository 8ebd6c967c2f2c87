//! Signature algorithms, RFC 7518 §3.1 and RFC 8037 §3.1.

use crate::diagnostics::{did_you_mean, list};
use crate::rules::encryption;

/// What signs here. The names are also those of the run-time enum.
pub(crate) const KNOWN: [&str; 12] = [
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384",
    "EdDSA",
];

/// RFC 8725 §3.1: an application must "only use algorithms" it has chosen; §3.2: "not use `none`".
pub(crate) fn check(name: &str) -> Result<(), String> {
    if KNOWN.contains(&name) {
        return Ok(());
    }
    if name.eq_ignore_ascii_case("none") {
        return Err("`none` signs nothing: anyone could write such a token (RFC 8725 §3.2); write `ES256`, for example".into());
    }
    if encryption::KEY_MANAGEMENT.iter().any(|(known, _)| *known == name) {
        return Err(format!(
            "`{name}` encrypts and does not sign: write `alg = \"{name}\"` for a `jwe`, and `algorithm = \"ES256\"` here, for example"
        ));
    }
    let meant =
        did_you_mean(&name.to_ascii_uppercase(), KNOWN.iter().copied().filter(|known| *known != "EdDSA"));
    let meant = if name.eq_ignore_ascii_case("eddsa") { ": did you mean `EdDSA`?".to_owned() } else { meant };
    Err(format!(
        "there is no algorithm `{name}`{meant}\nthe algorithms are {} (RFC 7518 §3.1, RFC 8037 §3.1)",
        list(KNOWN)
    ))
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
