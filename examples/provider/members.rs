//! The members that an object may have.

use crate::source::Object;

/// A member that is nobody's is a mistake, probably a misspelt one; so is one that asks for what this server cannot do, and one
/// that is there twice.
pub(crate) fn check(
    object: &Object<'_>,
    known: &[&str],
    ignored: &[&str],
    unsupported: &[&str],
) -> Vec<String> {
    let unknown =
        object.names().filter(|name| !known.contains(name) && !is_ignored(name, ignored)).map(|name| {
            if unsupported.contains(&name) {
                return object.mistake(Some(name), None, "this server cannot do what this asks for");
            }
            let nearest = known.iter().map(|known| (strsim::damerau_levenshtein(name, known), known)).min();
            let message = match nearest {
                Some((distance, nearest)) if distance <= 2 || distance * 3 <= nearest.len() => {
                    format!("there is no such member; is it `{nearest}`?")
                }
                _ => format!("there is no such member; there are {}", known.join(", ")),
            };
            object.mistake(Some(name), None, message)
        });
    unknown.chain(object.duplicates()).collect()
}

/// RFC 7591 §2.2: a name may have a language tag, as in `client_name#ja`.
pub(crate) fn is_ignored(name: &str, ignored: &[&str]) -> bool {
    name.contains('#') || ignored.contains(&name)
}
