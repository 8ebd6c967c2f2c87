//! The `#[scope]` types of a program.

use oauth_rules::start_up::rfc6749_section_3_3_a_scope_says_one_thing;

use super::Scope;

/// The entry that `#[scope]` hands to `inventory`, for [`registered`].
#[derive(Debug)]
#[non_exhaustive]
pub struct RegisteredScope {
    /// The scope.
    pub scope: Scope,
    /// The path of its type.
    pub type_name: &'static str,
}

impl RegisteredScope {
    /// A scope and the path of its type.
    pub const fn new(scope: Scope, type_name: &'static str) -> Self {
        Self { scope, type_name }
    }
}

inventory::collect!(RegisteredScope);

/// The `#[scope]` types that are linked into this program, by name. It is for lists such as `scopes_supported`: a crate that
/// nothing refers to may be missing.
pub fn registered() -> Vec<Scope> {
    let mut scopes: Vec<Scope> = inventory::iter::<RegisteredScope>().map(|found| found.scope).collect();
    scopes.sort_by_key(|scope| scope.name);
    scopes.dedup_by_key(|scope| scope.name);
    scopes
}

/// Types of one of these scopes that tell people different things. RFC 6749 §3.3: the server "SHOULD document its scope
/// requirements", and a person who was told one thing has not allowed the other.
pub(crate) fn twins(declared: &[Scope]) -> Vec<String> {
    let mut types: Vec<_> = inventory::iter::<RegisteredScope>().collect();
    types.sort_by_key(|found| found.type_name);
    let mut found = Vec::new();
    for scope in declared {
        let mut types = types.iter().filter(|found| found.scope.name == scope.name);
        let Some(one) = types.find(|found| found.scope.description.is_some()) else { continue };
        found.extend(types.filter(|other| one.scope.contradicts(&other.scope)).map(|other| {
            let words = |found: &RegisteredScope| {
                format!("`{}` (\"{}\")", found.type_name, found.scope.description.unwrap_or_default())
            };
            rfc6749_section_3_3_a_scope_says_one_thing.says(&[&scope.name, &words(one), &words(other)])
        }));
    }
    found
}
