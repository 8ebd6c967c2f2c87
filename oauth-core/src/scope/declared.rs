//! The scopes that a request asks for: those that a server declares, and no others.

use super::{Scope, ScopeSet, parse};
use crate::error::{Error, Result};

impl ScopeSet {
    /// Parses the wire form of scopes that are among the declared ones, under the names that these have. Where they are those of
    /// `likely`, and in its order, they share its tokens: a client mostly asks for all that it may have.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse), and if there is another.
    pub(crate) fn parse_declared(text: &str, declared: &[Scope], likely: &Self) -> Result<Self> {
        let find = |token: &str| declared.iter().find(|scope| scope.name == token);
        if likely.len() <= Self::LIMIT
            && likely.is_text(text)
            && likely.iter().all(|token| find(token).is_some())
        {
            return Ok(likely.clone());
        }
        let mut set = Self::new();
        for token in parse(text)? {
            set.insert(find(token).ok_or_else(|| Error::invalid_scope("a scope is unknown"))?.name);
        }
        Ok(set)
    }

    /// Tells whether this is its wire form: no token has a space.
    fn is_text(&self, text: &str) -> bool {
        let mut tokens = self.iter();
        let rest = text.strip_prefix(tokens.next().unwrap_or_default());
        let rest = rest.and_then(|rest| {
            tokens.try_fold(rest, |rest, token| rest.strip_prefix(' ')?.strip_prefix(token))
        });
        rest == Some("")
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, ScopeSet};

    const DECLARED: [Scope; 3] = [Scope::new("jobs"), Scope::new("mail"), Scope::new("jobs.read")];

    #[test]
    fn what_is_asked_for_is_the_same_whatever_is_likely() {
        let likely = ["", "jobs", "jobs mail", "mail jobs", "jobs.read", "jobs other", "other"];
        for likely in likely.map(|likely| ScopeSet::parse(likely).unwrap()) {
            for asked in
                ["", "jobs", "jobs mail", "mail jobs", "jobs.read", "jobs jobs", "jobs mail jobs.read"]
            {
                let parsed = ScopeSet::parse_declared(asked, &DECLARED, &likely).unwrap();
                assert!(
                    parsed.is_written_as(&ScopeSet::parse(asked).unwrap()),
                    "{asked}, where {likely:?} is likely"
                );
            }
            for refused in
                ["other", "jobs other", "jobs  mail", " jobs", "jobs ", "job", "jobsmail", "jobs\tmail"]
            {
                assert!(ScopeSet::parse_declared(refused, &DECLARED, &likely).is_err(), "{refused}");
            }
        }
    }
}
