//! Scopes, RFC 6749 §3.3.

mod authentication;
mod bound;
mod declared;
mod registered;
mod required;
mod step_up;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

pub use self::authentication::{AuthenticationRequirements, RequiredAuthentication};
pub use self::bound::Bound;
pub(crate) use self::registered::twins;
pub use self::registered::{RegisteredScope, registered};
pub use self::required::{AnyOf, NamedScopes, RequiredScopes, ScopeType};
pub use self::step_up::StepUp;
use crate::error::{Error, Result};
use oauth_rules::scope::is_scope_token;
use oauth_rules::text::is_equal;

/// A set of scope tokens that keeps the order in which they were given.
///
/// On the wire it is the space-separated string of RFC 6749 §3.3, and so it is in serde. Clones share the tokens.
#[derive(Clone, Default, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ScopeSet(Option<Arc<Vec<Cow<'static, str>>>>);

impl ScopeSet {
    /// The most tokens that [`parse`](Self::parse) takes.
    pub const LIMIT: usize = 128;

    /// The empty set.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Parses the wire form. Repeated tokens count once; the empty string is the empty set.
    ///
    /// # Errors
    ///
    /// `invalid_scope` if there are more than [`LIMIT`](Self::LIMIT) tokens, a character is outside `%x21 / %x23-5B / %x5D-7E`, or if tokens are not separated by
    /// single spaces.
    pub fn parse(text: &str) -> Result<Self> {
        let mut set = Self::new();
        for token in parse(text)? {
            set.insert(token.to_owned());
        }
        Ok(set)
    }

    /// A set of scopes known at compile time; the caller has checked the tokens.
    pub(crate) fn from_static(tokens: impl IntoIterator<Item = &'static str>) -> Self {
        let mut set = Self::new();
        for token in tokens {
            set.insert(token);
        }
        set
    }

    /// A set of tokens that the caller has checked.
    #[cfg(feature = "pages")]
    pub(crate) fn of(tokens: impl IntoIterator<Item = String>) -> Self {
        let mut set = Self::new();
        tokens.into_iter().for_each(|token| set.insert(token));
        set
    }

    fn insert(&mut self, token: impl Into<Cow<'static, str>>) {
        let token = token.into();
        if !self.tokens().contains(&token) {
            Arc::make_mut(self.0.get_or_insert_default()).push(token);
        }
    }

    fn tokens(&self) -> &[Cow<'static, str>] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }

    /// Tells whether the two are clones, which saves looking at their tokens.
    fn shares_with(&self, other: &Self) -> bool {
        self.0.as_ref().zip(other.0.as_ref()).is_some_and(|(own, others)| Arc::ptr_eq(own, others))
    }

    /// Tells whether the two have the same tokens in the same order.
    pub(crate) fn is_written_as(&self, other: &Self) -> bool {
        self.shares_with(other) || self.tokens() == other.tokens()
    }

    pub(crate) fn remove(&mut self, token: &str) {
        if let Some(tokens) = self.0.as_mut().filter(|tokens| tokens.iter().any(|t| t == token)) {
            Arc::make_mut(tokens).retain(|t| t != token);
        }
    }

    /// Tells whether the set has this token.
    pub fn contains(&self, token: &str) -> bool {
        self.tokens().iter().any(|t| t == token)
    }

    /// Tells whether every token of `self` is in `other`.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.shares_with(other) || self.tokens().iter().all(|token| other.contains(token))
    }

    /// The tokens that are in both, in the order of `self`.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let mut both = Self::new();
        let tokens = self.tokens().iter().filter(|token| other.contains(token));
        tokens.for_each(|token| both.insert(token.clone()));
        both
    }

    /// `self` with the tokens of `other` added.
    #[must_use]
    pub fn union(mut self, other: &Self) -> Self {
        other.tokens().iter().for_each(|token| self.insert(token.clone()));
        self
    }

    /// The tokens.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.tokens().iter().map(AsRef::as_ref)
    }

    /// The number of tokens.
    pub fn len(&self) -> usize {
        self.tokens().len()
    }

    /// Tells whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.tokens().is_empty()
    }
}

/// The tokens of the wire form.
fn parse(text: &str) -> Result<impl Iterator<Item = &str>> {
    if text.split(' ').nth(ScopeSet::LIMIT).is_some() {
        return Err(Error::invalid_scope("there are too many scopes"));
    }
    if !text.is_empty() && !text.split(' ').all(is_scope_token) {
        return Err(Error::invalid_scope("the scope is malformed"));
    }
    Ok(text.split(' ').filter(|token| !token.is_empty()))
}

impl fmt::Debug for ScopeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ScopeSet").field(&self.tokens()).finish()
    }
}

/// Two sets are equal whatever their order: RFC 6749 §3.3, "the order does not matter".
impl PartialEq for ScopeSet {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.is_subset(other)
    }
}

impl fmt::Display for ScopeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, token) in self.tokens().iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            f.write_str(token)?;
        }
        Ok(())
    }
}

impl Serialize for ScopeSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl TryFrom<String> for ScopeSet {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        Self::parse(&text)
    }
}

/// Tells whether a scope of this name is among them.
pub(crate) const fn is_declared(mut scopes: &[Scope], name: &str) -> bool {
    while let [scope, rest @ ..] = scopes {
        if is_equal(scope.name.as_bytes(), name.as_bytes()) {
            return true;
        }
        scopes = rest;
    }
    false
}

/// A scope a server declares, with the words its consent page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// The token.
    pub name: &'static str,
    /// The description of what granting it allows, for the person who is asked ("See your calendar").
    pub description: Option<&'static str>,
}

impl Scope {
    /// A scope without a description: the consent page shows its name.
    pub const fn new(name: &'static str) -> Self {
        Self { name, description: None }
    }

    /// A scope with a description.
    pub const fn described(name: &'static str, description: &'static str) -> Self {
        Self { name, description: Some(description) }
    }

    /// Tells whether the two are one scope, of which people are told different things.
    pub(crate) const fn contradicts(&self, other: &Self) -> bool {
        match (self.description, other.description) {
            (Some(own), Some(others)) => {
                is_equal(self.name.as_bytes(), other.name.as_bytes())
                    && !is_equal(own.as_bytes(), others.as_bytes())
            }
            _ => false,
        }
    }
}
