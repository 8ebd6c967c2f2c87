//! The resources that a server issues tokens for, RFC 8707.

use std::error::Error as StdError;
use std::fmt;

use oauth_rules::resource_indicator;
use oauth_rules::text::is_equal;

use crate::scope::{Scope, ScopeSet, is_declared};

/// A resource that a server issues tokens for (RFC 8707): the URI that clients name as `resource` and that `aud` of a token has,
/// and the scopes that are known there.
///
/// ```
/// use oauth_core::prelude::*;
/// use oauth_core::server::{Resource, ServerConfig};
///
/// const CONFIG: ServerConfig = ServerConfig::new(&[Scope::new("calendar.read"), Scope::new("mail.read")]).resources(&[
///     Resource::new("https://api.example.com/calendar").scopes(&["calendar.read"]),
///     Resource::new("https://api.example.com/everything"),
/// ]);
/// assert!(!CONFIG.resources[0].knows("mail.read") && CONFIG.resources[1].knows("mail.read"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resource {
    /// The URI: https, or http on loopback, without a fragment.
    pub uri: &'static str,
    scopes: Known,
}

/// The scopes that are known at a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    All,
    Names(&'static [&'static str]),
    #[cfg_attr(not(feature = "resource"), allow(dead_code, reason = "`#[resource_server]` names them"))]
    Declared(&'static [Scope]),
}

impl Resource {
    /// A resource where every scope is known.
    pub const fn new(uri: &'static str) -> Self {
        Self { uri, scopes: Known::All }
    }

    /// Sets the scopes that are known there: a token for it has no other (RFC 8707 §2.2).
    #[must_use]
    pub const fn scopes(mut self, names: &'static [&'static str]) -> Self {
        self.scopes = Known::Names(names);
        self
    }

    /// Sets them to those that the resource declares itself.
    #[cfg(feature = "resource")]
    #[must_use]
    pub(crate) const fn declared_scopes(mut self, scopes: &'static [Scope]) -> Self {
        self.scopes = Known::Declared(scopes);
        self
    }

    /// Judges the URI as the start of a server does: for resources that are data, to be told where they were read.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and what to write.
    pub fn check(&self) -> Result<(), InvalidResource> {
        let uri = self.uri;
        resource_indicator::check(uri)
            .map_err(|broken| InvalidResource(format!("the resource `{}` {broken}", uri.escape_debug())))
    }

    /// Tells whether a scope is known there.
    pub const fn knows(&self, scope: &str) -> bool {
        match self.scopes {
            Known::All => true,
            Known::Declared(scopes) => is_declared(scopes, scope),
            Known::Names(mut names) => {
                while let [name, rest @ ..] = names {
                    if is_equal(name.as_bytes(), scope.as_bytes()) {
                        return true;
                    }
                    names = rest;
                }
                false
            }
        }
    }

    /// Tells whether `resource` of a request means this one: the same string, or one that differs in the case of scheme and host,
    /// or in an empty path, which is `/`.
    pub const fn is_meant_by(&self, asked: &str) -> bool {
        resource_indicator::is_same(asked, self.uri)
    }

    /// The first of its scopes that is not among these.
    pub(crate) const fn undeclared_scope(&self, declared: &[Scope]) -> Option<&'static str> {
        match self.scopes {
            Known::All => None,
            Known::Declared(mut scopes) => {
                while let [scope, rest @ ..] = scopes {
                    if !is_declared(declared, scope.name) {
                        return Some(scope.name);
                    }
                    scopes = rest;
                }
                None
            }
            Known::Names(mut names) => {
                while let [name, rest @ ..] = names {
                    if !is_declared(declared, name) {
                        return Some(name);
                    }
                    names = rest;
                }
                None
            }
        }
    }

    /// The scopes that are known there; `None`: all.
    pub(crate) fn known_scopes(&self) -> Option<Vec<&'static str>> {
        match self.scopes {
            Known::All => None,
            Known::Names(names) => Some(names.to_vec()),
            Known::Declared(scopes) => Some(scopes.iter().map(|scope| scope.name).collect()),
        }
    }
}

/// The reason that a URI cannot be a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidResource(String);

impl fmt::Display for InvalidResource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for InvalidResource {}

/// The scopes of these that are known at one of the resources: RFC 8707 §2.2, "the authorization server should adapt the scope
/// value associated with an access token to the value the respective resource is able to process and needs to know".
pub(crate) fn known_at(resources: &[Resource], scopes: &ScopeSet) -> ScopeSet {
    let mut known = scopes.clone();
    for scope in scopes.iter().filter(|scope| !resources.iter().any(|resource| resource.knows(scope))) {
        known.remove(scope);
    }
    known
}
