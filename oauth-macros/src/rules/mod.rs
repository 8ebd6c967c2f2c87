//! What literals in attributes must look like. Pure functions over text: each returns what is wrong, with the
//! section that says so. One function is one rule of the catalogue; a `check` is the list of those that a text must keep.

pub(crate) mod algorithm;
pub(crate) mod claim;
pub(crate) mod duration;
pub(crate) mod encryption;
pub(crate) mod endpoint_path;
pub(crate) mod entropy;
pub(crate) mod grant_type;
pub(crate) mod issuer;
pub(crate) mod origin;
pub(crate) mod scope;
pub(crate) mod token_prefix;
pub(crate) mod url;

/// What is wrong with a text, in words that follow it.
pub(crate) type Verdict = Result<(), String>;

/// The first that is broken: the later ones may be so because of it.
fn all(rules: &[fn(&str) -> Verdict], text: &str) -> Verdict {
    rules.iter().try_for_each(|rule| rule(text))
}
