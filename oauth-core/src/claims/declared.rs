//! Rules of what a validator declares as a whole. Names of structs are known to the compiler only.

use oauth_rules::claim;

use super::{ClaimDeclaration, ClaimDestination};
use oauth_rules::text::is_equal;

/// The names of all the claims that are declared.
pub(crate) fn declared_names(declarations: &[ClaimDeclaration]) -> Vec<&'static str> {
    declarations.iter().flat_map(|declaration| declaration.names).copied().collect()
}

/// RFC 7519 §4: "The Claim Names within a JWT Claims Set MUST be unique". The first name that is declared twice.
pub(crate) const fn repeated(mut declarations: &[ClaimDeclaration]) -> Option<&'static str> {
    let all = declarations;
    while let [declaration, rest @ ..] = declarations {
        let mut names = declaration.names;
        while let [name, rest @ ..] = names {
            if times(name, all) > 1 {
                return Some(name);
            }
            names = rest;
        }
        declarations = rest;
    }
    None
}

/// The first name that only the framework may set: [`RESERVED`].
pub(crate) const fn reserved(mut declarations: &[ClaimDeclaration]) -> Option<&'static str> {
    while let [declaration, rest @ ..] = declarations {
        if let Some(name) = first_of(declaration.names, claim::RESERVED) {
            return Some(name);
        }
        declarations = rest;
    }
    None
}

/// The first name that goes where the protocol itself sets it.
pub(crate) const fn of_id_tokens(mut declarations: &[ClaimDeclaration]) -> Option<&'static str> {
    while let [declaration, rest @ ..] = declarations {
        let mut destinations = declaration.to;
        while let [destination, rest @ ..] = destinations {
            let is_own = matches!(destination, ClaimDestination::IdToken | ClaimDestination::Userinfo);
            if is_own && let Some(name) = first_of(declaration.names, claim::OF_ID_TOKENS) {
                return Some(name);
            }
            destinations = rest;
        }
        declarations = rest;
    }
    None
}

/// Tells whether a claim of this name is made anew for each access token.
pub(crate) const fn is_made_for_access_tokens(name: &str, mut declarations: &[ClaimDeclaration]) -> bool {
    while let [declaration, rest @ ..] = declarations {
        let mut destinations = declaration.to;
        while let [destination, rest @ ..] = destinations {
            if matches!(destination, ClaimDestination::AccessToken)
                && first_of(declaration.names, &[name]).is_some()
            {
                return true;
            }
            destinations = rest;
        }
        declarations = rest;
    }
    false
}

const fn times(name: &str, mut declarations: &[ClaimDeclaration]) -> usize {
    let mut times = 0;
    while let [declaration, rest @ ..] = declarations {
        let mut names = declaration.names;
        while let [other, rest @ ..] = names {
            if is_equal(name.as_bytes(), other.as_bytes()) {
                times += 1;
            }
            names = rest;
        }
        declarations = rest;
    }
    times
}

/// The first of the names that is in the list.
const fn first_of(mut names: &[&'static str], list: &[&str]) -> Option<&'static str> {
    while let [name, rest @ ..] = names {
        let mut list = list;
        while let [listed, rest @ ..] = list {
            if is_equal(name.as_bytes(), listed.as_bytes()) {
                return Some(name);
            }
            list = rest;
        }
        names = rest;
    }
    None
}
