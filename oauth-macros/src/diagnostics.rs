//! Every error of an expansion, reported at once.

use std::cell::RefCell;
use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// Collects errors until [`into_tokens`](Self::into_tokens) reports them. Dropping it unreported panics: no error is
/// forgotten.
pub(crate) struct Diagnostics {
    errors: RefCell<Option<Vec<syn::Error>>>,
}

impl Diagnostics {
    pub(crate) fn new() -> Self {
        Self { errors: RefCell::new(Some(Vec::new())) }
    }

    /// An error at one token.
    pub(crate) fn error(&self, span: Span, message: impl Display) {
        self.push(syn::Error::new(span, message));
    }

    /// An error over all of `tokens`.
    pub(crate) fn error_over(&self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    pub(crate) fn push(&self, error: syn::Error) {
        if let Some(errors) = self.errors.borrow_mut().as_mut() {
            errors.push(error);
        }
    }

    /// Takes `value`, or keeps its error.
    pub(crate) fn ok<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// The number of errors so far.
    pub(crate) fn len(&self) -> usize {
        self.errors.borrow().as_ref().map_or(0, Vec::len)
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.len() > 0
    }

    /// One `compile_error!` an error.
    pub(crate) fn into_tokens(self) -> TokenStream {
        let errors = self.errors.borrow_mut().take().unwrap_or_default();
        errors.iter().map(syn::Error::to_compile_error).collect()
    }
}

impl Drop for Diagnostics {
    fn drop(&mut self) {
        assert!(
            self.errors.get_mut().is_none() || std::thread::panicking(),
            "the errors of an expansion were not reported"
        );
    }
}

/// The known name that was probably meant.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let (known, score) = known
        .into_iter()
        .map(|candidate| (candidate, similarity(name, candidate)))
        .max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    (score >= 0.6).then_some(known)
}

/// 1 is equal, 0 has nothing in common. A name cut short counts as near.
fn similarity(name: &str, candidate: &str) -> f64 {
    let edits = strsim::normalized_damerau_levenshtein(name, candidate);
    let is_part = name.len() >= 3 && candidate.starts_with(name)
        || name.len() >= 4 && candidate.contains(name)
        || candidate.len() >= 4 && name.contains(candidate);
    if is_part { edits.max(0.6 + edits / 10.0) } else { edits }
}

/// "did you mean `x`?", if anything is near.
pub(crate) fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, known).map(|known| format!(": did you mean `{known}`?")).unwrap_or_default()
}

/// "`a`, `b` and `c`".
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_finds_typos_and_parts() {
        let hooks = ["validate_client_id", "validate_scopes", "authenticate_client"];
        assert_eq!(nearest("validate_cleint_id", hooks), Some("validate_client_id"));
        assert_eq!(nearest("authenticate", hooks), Some("authenticate_client"));
        assert_eq!(nearest("helper", hooks), None);
    }

    #[test]
    #[should_panic(expected = "not reported")]
    fn unreported_errors_panic() {
        Diagnostics::new().error(Span::call_site(), "lost");
    }
}
