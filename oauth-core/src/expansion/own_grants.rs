//! The test whether a type in `grants(…)` that is called as a standard grant is one of the application's own: names are as people
//! like them, and only the compiler knows types.

use std::marker::PhantomData;

use oauth_rules::parts;

use super::missing::Missing;
use crate::error::Message;
use crate::grant::{Extension, ExtensionGrantType};

/// Names find items of the type itself, where its bound holds, before those of a trait: [`NotOwnGrant`] has the other.
#[derive(Debug)]
pub struct OwnGrant<T>(PhantomData<T>);

impl<T: ExtensionGrantType> OwnGrant<T> {
    /// True, as the type has `#[extension_grant]`.
    pub const IS_ONE: bool = true;
}

/// The answer for every other type.
pub trait NotOwnGrant {
    /// False, as the type has no `#[extension_grant]`.
    const IS_ONE: bool = false;
}

impl<T> NotOwnGrant for OwnGrant<T> {}

/// The grant that a type stands for, or what stands in for it.
pub type NamedGrant<const IS_OWN: bool, T> = <Naming<IS_OWN> as Named<T>>::Grant;

/// The choice of the grant, by whether it is the application's own.
#[derive(Debug)]
pub struct Naming<const IS_OWN: bool>;

/// The grant of a type.
pub trait Named<T> {
    /// The type in the list.
    type Grant;
}

impl<T> Named<T> for Naming<true> {
    type Grant = Extension<T>;
}

impl<T> Named<T> for Naming<false> {
    type Grant = Missing;
}

/// Refuses types that are none of the application's own. Each is there with the name of the grant that it is called as; `all` are
/// these names.
#[track_caller]
pub const fn check_own_grants(grants: &[(bool, &str)], all: &str) {
    let (mut rest, mut first, mut count) = (grants, "", 0);
    while let [(is_own, name), others @ ..] = rest {
        if !*is_own {
            count += 1;
            if count == 1 {
                first = name;
            }
        }
        rest = others;
    }
    if count > 0 {
        let names = if count == grants.len() { all } else { first };
        Message::of(&parts::standard_grants_have_names, &[names]).fail();
    }
}
