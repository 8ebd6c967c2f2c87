//! Response types, RFC 6749 §3.1.1 and Multiple Response Types.

/// A combination that the authorization endpoint can be asked for.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StandardResponseType {
    /// The value of `response_type`.
    pub name: &'static str,
    /// The constant of the run-time type.
    pub constant: &'static str,
}

/// `code`, `token` and `id_token` in any combination (Multiple Response Types §3 and §5), or `none` (§4).
pub const ALL: &[StandardResponseType] = &[
    StandardResponseType { name: "code", constant: "CODE" },
    StandardResponseType { name: "token", constant: "TOKEN" },
    StandardResponseType { name: "id_token", constant: "ID_TOKEN" },
    StandardResponseType { name: "id_token token", constant: "ID_TOKEN_TOKEN" },
    StandardResponseType { name: "code id_token", constant: "CODE_ID_TOKEN" },
    StandardResponseType { name: "code token", constant: "CODE_TOKEN" },
    StandardResponseType { name: "code id_token token", constant: "CODE_ID_TOKEN_TOKEN" },
    StandardResponseType { name: "none", constant: "NONE" },
];

/// Tells whether one of the words of a response type is this (Multiple Response Types §3).
pub fn has(name: &str, word: &str) -> bool {
    name.split(' ').any(|part| part == word)
}

/// The known one that has the same words. RFC 6749 §3.1.1: "the order of values does not matter".
pub fn find(name: &str) -> Option<&'static StandardResponseType> {
    let count = |name: &str| name.split(' ').count();
    ALL.iter()
        .find(|known| count(known.name) == count(name) && known.name.split(' ').all(|word| has(name, word)))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn the_order_does_not_matter() {
        assert_eq!(find("token id_token code").map(|known| known.constant), Some("CODE_ID_TOKEN_TOKEN"));
        assert!(find("code code").is_none() && find("").is_none() && find("code  token").is_none());
    }
}
