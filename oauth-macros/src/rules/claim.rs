//! Names of private claims.

use super::{Verdict, all};

/// Claims that only the framework sets: RFC 7519 §4.1, RFC 9068 §2.2, and the members of RFC 7662 §2.2 that a claim
/// must not contradict. The run-time list is `oauth_core::claims::RESERVED`; both
/// are tested with `vectors/reserved_claims.txt`.
pub(crate) const RESERVED: [&str; 12] = [
    "iss",
    "sub",
    "exp",
    "nbf",
    "iat",
    "jti",
    "client_id",
    "scope",
    "active",
    "token_type",
    "auth_time",
    "cnf",
];

/// What the protocol itself puts into ID tokens (OIDC Core §2, §3.1.3.6, §3.3.2.11; Front-Channel Logout §3). The run-time list
/// is in `oauth_core::claims`; both are tested with `vectors/id_token_claims.txt`.
pub(crate) const OF_ID_TOKENS: [&str; 9] =
    ["aud", "nonce", "acr", "amr", "azp", "at_hash", "c_hash", "s_hash", "sid"];

pub(crate) fn check(name: &str) -> Verdict {
    all(&[has_name, is_not_reserved, has_no_blanks], name)
}

/// Nobody could ask for it.
fn has_name(name: &str) -> Verdict {
    if name.is_empty() {
        return Err("has no name".into());
    }
    Ok(())
}

/// RFC 7519 §4.1 and RFC 9068 §2.2 say what these mean; a resource server that reads them must be able to rely on it.
fn is_not_reserved(name: &str) -> Verdict {
    if !RESERVED.contains(&name) {
        return Ok(());
    }
    let section = match name {
        "iss" | "sub" | "exp" | "nbf" | "iat" | "jti" => "RFC 7519 §4.1",
        "client_id" | "scope" | "auth_time" => "RFC 9068 §2.2",
        "cnf" => "RFC 7800 §3.1",
        _ => "RFC 7662 §2.2",
    };
    Err(format!("is set by the framework ({section}): choose another name"))
}

/// Two names that look the same are the same.
fn has_no_blanks(name: &str) -> Verdict {
    match name.chars().find(|c| c.is_control() || c.is_whitespace()) {
        Some(c) => {
            Err(format!("has the character {c:?}: a claim name has no blanks and no control characters"))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_names_are_those_of_the_list() {
        assert!(RESERVED.into_iter().eq(include_str!("vectors/reserved_claims.txt").lines()));
    }

    #[test]
    fn names_of_id_tokens_are_those_of_the_list() {
        assert!(OF_ID_TOKENS.into_iter().eq(include_str!("vectors/id_token_claims.txt").lines()));
    }

    #[test]
    fn vectors() {
        for name in ["tenant", "tier", "https://example.com/roles", "aud", "größe"] {
            assert_eq!(check(name), Ok(()), "{name}");
        }
        assert!(RESERVED.iter().all(|name| check(name).is_err()));
        for name in ["", "a b", "a\n"] {
            assert!(check(name).is_err(), "{name:?}");
        }
    }
}
